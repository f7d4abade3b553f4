"""From what the document says to reasons, checks, evidence and confidence."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from common.extraction import against_xml, identity, line_doubts
from common.extraction.arithmetic import Figures, blame_line_sum, check
from common.extraction.einvoice.invoice import EInvoice
from common.extraction.grounding import Grounds, ground
from common.extraction.gst_qr import GstQr
from common.extraction.line_doubts import unreadable
from common.extraction.missing_lines import unclaimed
from common.extraction.own_line import numbers_on_line, on_one_line
from common.extraction.paper import Paper
from common.extraction.review import Review
from common.extraction.sum_names import MEANINGS
from common.extraction.sums import taxes_printed, witnesses
from common.extraction.texts import letters
from common.extraction.verdict import Verdict

_TAXED = frozenset({"tax", "taxable"})
_MOST_TAXES = 12
"""Printed taxes that are tried for adding up to the total of tax."""


class Judgement:
    """All that is said about one document's values."""

    def __init__(
        self, paper: Paper, data: dict[str, Any], exact: EInvoice | None, qr: GstQr | None = None
    ) -> None:
        self.paper = paper
        self.data = data
        self.exact = exact
        self.qr = qr
        self.blind = [page.number for page in paper.pages if not page.legible]
        self.review = Review()
        self.from_qr: frozenset[str] = self._fill_from_qr()
        self.grounds: Grounds = ground(paper, data)
        self.exact_fields = frozenset(
            name for name, value in (exact.fields if exact else {}).items() if value not in (None, [])
        )
        self._one_net_sum()
        self._header()
        if not self.is_exact("items"):
            line_doubts.note(paper, data["items"], self.grounds.rows, self.blind, self.review)
        self.figures = Figures(
            data,
            paper,
            {name: verdict.strength for name, verdict in self.grounds.verdicts.items()},
            exact.base_quantities if exact else (),
            exact.line_charges if exact else (),
            [numbers_on_line(paper, row) for row in self.grounds.rows],
            [on_one_line(paper, row) for row in self.grounds.rows],
        )
        against_xml.check(paper, data, self.grounds, self.exact_fields, self.review)
        if qr is not None and qr.verdict != "refused":
            identity.against_qr(data, qr, self.review)
        self.figures.confirmed |= identity.check(paper, data, qr, self.review)
        check(self.figures, self.review)
        self._bare()
        missing = self._missing_lines()
        blame_line_sum(self.figures, self.review, missing=missing)

    def _fill_from_qr(self) -> frozenset[str]:
        """Takes from a signed code what nothing else says: all where its signature holds, else the IRN."""
        if self.qr is None or self.qr.verdict == "refused":
            return frozenset()
        names = tuple(self.qr.fields) if self.qr.verdict == "verified" else ("irn",)
        taken = [name for name in names if self.data[name] is None and self.qr.fields[name] is not None]
        for name in taken:
            self.data[name] = self.qr.fields[name]
        return frozenset(taken)

    def is_exact(self, name: str) -> bool:
        """Whether a field's value comes from an embedded e-invoice."""
        return name in self.exact_fields

    def _one_net_sum(self) -> None:
        """One printed sum is subtotal, net total and total where nothing that it could differ by is there."""
        data, verdicts = self.data, self.grounds.verdicts
        if any(data[name] for name in ("discount_amt", "charges_amt", "shipping_amt")):
            return
        nets = [name for name in ("subtotal", "taxable_amt") if data[name] is not None]
        pairs = []
        if len(nets) > 1 and data["subtotal"] == data["taxable_amt"]:
            pairs = [("subtotal", "taxable_amt"), ("taxable_amt", "subtotal")]
            if not data["tax_amt"]:
                pairs += [(name, "total_amt") for name in nets]
        if self._untaxed():
            pairs += [(name, "total_amt") for name in nets]
        for one, other in pairs:
            if (
                data[one] == data[other]
                and verdicts[one].code in (None, "wrong_place")
                and not verdicts[one].labelled
                and verdicts[other].labelled
                and verdicts[other].code is None
            ):
                verdicts[one] = Verdict(verdicts[other].found, 0.7)

    def _untaxed(self) -> bool:
        """Whether neither the values nor the document speak of a sum of tax or of one before it."""
        given = self.data["tax_amt"] or any(row.get("amount") for row in self.data["taxes"])
        return not given and not witnesses(self.paper, _TAXED)

    def _header(self) -> None:
        for name, verdict in self.grounds.verdicts.items():
            if verdict.code is None:
                continue
            if self.is_exact(name) or name in self.from_qr:
                continue
            if name == "tax_amt" and verdict.code == "not_found" and self._sum_of_taxes():
                continue
            if self._unseen(verdict) and name not in ("language", "type", "document_type"):
                self.review.doubt("illegible", unreadable(self.blind, name.replace("_", " ")), name)
            elif verdict.code == "not_found" and verdict.found is None and self._hides(self.data[name]):
                self.review.doubt(
                    "not_found", f"{self.data[name]} stands only in text that nobody sees.", name
                )
            else:
                self.review.doubt(verdict.code, verdict.message, name)
        self._omitted()
        if not self.is_exact("taxes"):
            for row, found in zip(self.data["taxes"], self.grounds.taxes, strict=True):
                if row.get("amount") is None or "amount" in found:
                    continue
                if self.blind:
                    self.review.doubt("illegible", unreadable(self.blind, "taxes"), "taxes")
                else:
                    self.review.doubt(
                        "not_found", f"A tax of {row['amount']} is not printed on the document.", "taxes"
                    )

    def _omitted(self) -> None:
        """A total that the document names and the answer lacks."""
        kind = self.data["document_type"]
        if self.data["total_amt"] is not None or kind == "other":
            return
        named = witnesses(self.paper, MEANINGS["total_amt"].own)
        if named:
            self.review.doubt("not_found", f"The document’s total of {named[-1]} was not read.", "total_amt")

    def _hides(self, value: object) -> bool:
        """Whether a value stands in hidden text."""
        wanted = [letters(str(value))]
        if isinstance(value, Decimal):
            wanted = [letters(f"{value:f}"), letters(f"{value:.2f}")]
        hidden = [letters(each.text) for page in self.paper.pages for each in page.hidden]
        return any(each and each in text for each in wanted for text in hidden)

    def _unseen(self, verdict: Verdict) -> bool:
        """Whether a value was not found for want of text to look in."""
        return bool(self.blind) and verdict.code == "not_found" and verdict.found is None

    def _sum_of_taxes(self) -> bool:
        """Whether the total of tax is the sum of taxes that are printed one by one."""
        rows = self.data["taxes"]
        if not rows:
            printed = taxes_printed(self.paper)[:_MOST_TAXES]
            return any(
                sum(parts) == self.data["tax_amt"]
                for count in (2, 3)
                for parts in itertools.combinations(printed, count)
            )
        located = all("amount" in found for found in self.grounds.taxes)
        amounts = [row.get("amount") for row in rows]
        return len(rows) > 1 and located and None not in amounts and sum(amounts) == self.data["tax_amt"]

    def _bare(self) -> None:
        """A sum that no label calls by its name has to be confirmed by the others."""
        for name, meaning in MEANINGS.items():
            verdict = self.grounds.verdicts.get(name)
            if verdict is None or verdict.found is None or verdict.code is not None or verdict.labelled:
                continue
            if (
                self.is_exact(name)
                or name in self.from_qr
                or name in self.figures.confirmed
                or verdict.strength > 0.4
            ):
                continue
            self.review.doubt(
                "wrong_place",
                f"Nothing beside {self.data[name]} calls it the {meaning.name}, and no sum confirms it.",
                name,
            )

    def _missing_lines(self) -> bool:
        """Notes printed rows that no item stands for; whether some were found."""
        if self.is_exact("items"):
            return False
        rows = unclaimed(self.paper, self.grounds.rows)
        if self.figures.reconciled:
            # The sums fit: what lacks all the same is a line over nothing, with all figures of a line.
            rows = [row for row in rows if not row.amount and row.complete]
        for row in rows[:20]:
            self.review.doubt(
                "missing_line",
                f"Page {row.found.page + 1} prints a line that was not read: “{row.text[:120]}”.",
                "items",
            )
        return bool(rows)
