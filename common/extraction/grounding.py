"""Every value against the document: where it stands, and whether that place means it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from common.domain.dates import iso
from common.domain.fields import HEADER_NAMES
from common.extraction import codes, days, kinds, money_kind, parties, party_tax_ids, sums, tax_rows, texts
from common.extraction.country import countries_in
from common.extraction.paper import Found, Paper
from common.extraction.parties import Role
from common.extraction.row import Row
from common.extraction.rows import locate
from common.extraction.sum_names import MEANINGS
from common.extraction.verdict import Verdict, missing

_DAYS = re.compile(
    r"\b(\d{1,3})\s*(?:days?|tage?n?|jours?|d[ií]as?|giorni|dagen|dias|dni|dagar|dage|dager)\b", re.I
)


@dataclass
class Grounds:
    """What the document says about each value."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    parts: dict[str, texts.Parts] = field(default_factory=dict)
    """Texts that stand in several parts."""
    rows: list[Row] = field(default_factory=list)
    taxes: list[dict[str, Found]] = field(default_factory=list)


def ground(paper: Paper, data: dict[str, Any]) -> Grounds:
    """Looks for every value of `data` on the document."""
    grounds = Grounds()
    names = {"vendor": data["vendor_name"], "buyer": data["buyer_name"]}
    for name in HEADER_NAMES:
        value = data[name]
        if value is None:
            continue
        if name in MEANINGS:
            credit = data["document_type"] == "credit_note"
            grounds.verdicts[name] = sums.ground(
                paper, name, value, either_sign=credit or name == "round_off"
            )
        elif name in days.OWN:
            paper.seller = paper.seller or _country(paper, data, grounds)
            grounds.verdicts[name] = _day(paper, data, name)
        elif name in ("invoice_number", "po_number"):
            grounds.verdicts[name] = codes.ground(paper, name, value)
        elif name in ("vendor_name", "buyer_name"):
            role: Role = "vendor" if name == "vendor_name" else "buyer"
            grounds.verdicts[name] = parties.ground_name(
                paper, role, value, names["buyer" if role == "vendor" else "vendor"]
            )
        elif name in ("vendor_tax_id", "buyer_tax_id"):
            role = "vendor" if name == "vendor_tax_id" else "buyer"
            grounds.verdicts[name] = party_tax_ids.ground_tax_id(paper, role, value, names)
        elif name in ("vendor_address", "payment_terms"):
            verdict, parts = texts.ground(paper, value)
            grounds.verdicts[name] = verdict
            if parts is not None:
                grounds.parts[name] = parts
        elif name == "irn":
            grounds.verdicts[name] = _irn(paper, value)
    _same_party(paper, data, grounds)
    if data["currency"] is not None:
        grounds.verdicts["currency"] = money_kind.ground(
            paper, data["currency"], _country(paper, data, grounds)
        )
    _kinds(paper, data, grounds)
    grounds.rows = locate(paper, data["items"])
    grounds.taxes = tax_rows.locate(paper, data["taxes"])
    return grounds


def _day(paper: Paper, data: dict[str, Any], name: str) -> Verdict:
    day = iso(data[name])
    if day is None:
        return Verdict(None, 0.1, "bad_format", f"{data[name]} is no date.")
    other = iso(data["due_date" if name == "invoice_date" else "invoice_date"])
    return days.ground(paper, name, day, other=other, terms=_terms(paper, data))


def _terms(paper: Paper, data: dict[str, Any]) -> int | None:
    """The days of payment that the document prints, where it prints one number."""
    for text in (data["payment_terms"] or "", *(index.text for index in paper.indexes[:5])):
        found = {int(match[1]) for match in _DAYS.finditer(text)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _irn(paper: Paper, value: str) -> Verdict:
    found = next(iter(paper.search(texts.letters(value))), None)
    if found is None:
        return missing("The IRN is not printed anywhere on the document.")
    return Verdict(Found(*found), 0.9, labelled=True)


def _same_party(paper: Paper, data: dict[str, Any], grounds: Grounds) -> None:
    """One name for both parties can't be right for both."""
    vendor, buyer = data["vendor_name"], data["buyer_name"]
    if vendor is None or buyer is None or texts.letters(vendor) != texts.letters(buyer):
        return
    seen = parties.sightings(paper, vendor)
    named = {each.party for each in seen}
    sender = sum(each.sender - each.recipient for each in seen if each.party is None)
    roles = {"vendor", "buyer"}
    if not named & roles and not sender:
        doubtful = {"vendor_name", "buyer_name"}
    elif ("vendor" in named and "buyer" not in named) or (not named & roles and sender > 0):
        doubtful = {"buyer_name"}
    else:
        doubtful = {"vendor_name"}
    for role in sorted(roles):
        if not parties.is_named(paper, role, vendor):
            doubtful.add(f"{role}_name")
    for name in ("vendor_name", "buyer_name"):
        verdict = grounds.verdicts[name]
        if name in doubtful:
            says = f"“{vendor}” is given as seller and as buyer."
            grounds.verdicts[name] = Verdict(verdict.found, 0.2, "wrong_place", says)
        elif verdict.code == "wrong_place":
            grounds.verdicts[name] = Verdict(verdict.found, 0.6)


def _country(paper: Paper, data: dict[str, Any], grounds: Grounds) -> str | None:
    """The seller's country: by tax number or address, the lines below its name, else the only one shown."""
    own = countries_in(filter(None, (data["vendor_tax_id"], data["vendor_address"])))
    if len(own) == 1:
        return next(iter(own))
    verdict = grounds.verdicts.get("vendor_name")
    if verdict is not None and verdict.found is not None:
        text = paper.pages[verdict.found.page].text[verdict.found.start :]
        near = countries_in(["\n".join(text.split("\n")[:7])])
        if len(near) == 1:
            return next(iter(near))
    return next(iter(paper.countries)) if len(paper.countries) == 1 else None


def _kinds(paper: Paper, data: dict[str, Any], grounds: Grounds) -> None:
    """What is read off the whole document."""
    if data["language"] is not None:
        grounds.verdicts["language"] = kinds.language(paper, str(data["language"]))
    if data["type"] is not None:
        grounds.verdicts["type"] = kinds.writing(paper, str(data["type"]))
    if data["document_type"] is not None:
        kind = str(data["document_type"])
        grounds.verdicts["document_type"] = kinds.document_type(paper, kind, data["total_amt"])
