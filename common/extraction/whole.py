"""What concerns the document as a whole: pages, several invoices, hidden texts, orders to its reader."""

from __future__ import annotations

import re
from typing import NamedTuple

from common.extraction.codes import named
from common.extraction.document import Document
from common.extraction.orders import order_in
from common.extraction.paper import Paper
from common.extraction.printed import Index
from common.extraction.review import Review
from common.extraction.title import titles
from common.extraction.vocabulary import plain

_SHOWN = 90


class Part(NamedTuple):
    """Pages that belong to one invoice of a file with several."""

    number: str
    first: int
    last: int


def check(document: Document, paper: Paper, data_type: str | None, review: Review) -> None:
    """Notes what is doubtful about the document as a whole."""
    _pages(document, review)
    _hidden(document, review)
    _instructions(document, paper, review)
    _several(paper, review)
    _no_invoice(paper, data_type, review)


def _pages(document: Document, review: Review) -> None:
    lost = [page.number for page in document.pages if not page.readable]
    if lost:
        review.doubt("unread_pages", f"{_pages_named(lost)} can’t be read.")


def _hidden(document: Document, review: Review) -> None:
    for page in document.pages:
        for hidden in page.hidden[:5]:
            review.doubt(
                "hidden_text",
                f"Page {page.number} holds text that nobody sees ({hidden.why}): “{_short(hidden.text)}”. "
                "It was not used.",
            )
            return


def _instructions(document: Document, paper: Paper, review: Review) -> None:
    for page, index in enumerate(paper.indexes):
        order = order_in(index.plain)
        if order is not None:
            review.doubt(
                "instructions",
                f"Page {page + 1} gives orders to its reader: “{_short(order)}”. They were not obeyed.",
            )
            return
    for each in document.pages:
        for hidden in each.hidden:
            order = order_in(plain(hidden.text))
            if order is not None:
                review.doubt(
                    "instructions",
                    f"Page {each.number} gives hidden orders: “{_short(order)}”. They were not obeyed.",
                )
                return


def parts(paper: Paper) -> list[Part]:
    """The invoices of a file by their own numbers and pages; a single one for an ordinary file."""
    found: list[Part] = []
    for page, index in enumerate(paper.indexes):
        numbers = _own_numbers(paper, page, index)
        if not numbers:
            if found:
                found[-1] = found[-1]._replace(last=page + 1)
            continue
        for number in numbers:
            if found and found[-1].number == number:
                found[-1] = found[-1]._replace(last=page + 1)
            else:
                found.append(Part(number, page + 1, page + 1))
    return found


def _own_numbers(paper: Paper, page: int, index: Index) -> list[str]:
    """The numbers that a page's own labels call the invoice's, without those of a list."""
    cached: list[str] = []
    for label in index.labels:
        if "invoice_number" not in label.meanings:
            continue
        line = index.text.find("\n", label.end)
        rest = index.text[label.end : line if line >= 0 else len(index.text)]
        match = re.match(r"[\s:.#\-–]{0,6}([A-Za-z0-9][^\s,;|]*)", rest)
        if match is None or sum(map(str.isdigit, match[1])) < 2:
            continue
        lead = index.plain[index.text.rfind("\n", 0, label.start) + 1 : label.start]
        if re.search(
            r"\b(?:original|against|ref\w*|related|preceding|previous|zu|zur|ursprung\w*|your|for|corrects?|regarding|betreff)\W*$",
            lead,
        ):
            continue
        number = "".join(filter(str.isalnum, plain(match[1])))
        if number not in cached:
            cached.append(number)
    return cached if len(cached) <= 3 else []


def _several(paper: Paper, review: Review) -> None:
    found = parts(paper)
    numbers = list(dict.fromkeys(part.number for part in found))
    if len(numbers) < 2:
        return
    totals = [
        page
        for page, index in enumerate(paper.indexes)
        if any(label.meanings & {"total", "due"} for label in index.labels)
    ]
    first_pages = {part.first - 1 for part in found}
    own_totals = sum(any(part.first - 1 <= page <= part.last - 1 for page in totals) for part in found)
    if own_totals < 2 or (len(first_pages) < 2 and len(_titles_on(paper, min(first_pages))) < 2):
        return
    shown = "; ".join(
        f"{_printed(paper, part)} on {_pages_named(list(range(part.first, part.last + 1)))}"
        for part in found[:8]
    )
    review.doubt(
        "several_invoices",
        f"The file holds {len(numbers)} invoices: {shown}. Only one can be read at a time.",
    )


def _printed(paper: Paper, part: Part) -> str:
    for token in named(paper, frozenset({"invoice_number"})):
        if "".join(filter(str.isalnum, plain(token))) == part.number:
            return token
    return part.number.upper()


def _titles_on(paper: Paper, page: int) -> list[int]:
    return [
        title.found.start
        for title in titles(paper)
        if title.found.page == page and title.kind == "invoice" and title.weight >= 1
    ]


def _no_invoice(paper: Paper, data_type: str | None, review: Review) -> None:
    found = titles(paper)
    best = found[0] if found else None
    if data_type == "other":
        called = (
            f" It calls itself “{paper.text(best.found)}”."
            if best is not None and best.kind == "other"
            else ""
        )
        review.doubt("not_an_invoice", f"The document is no invoice.{called}")
        return
    if best is None or best.kind != "other" or best.weight < 1.2:
        return
    if not any(title.kind != "other" and title.weight >= best.weight - 0.9 for title in found):
        review.doubt(
            "not_an_invoice", f"The document calls itself “{paper.text(best.found)}”, not an invoice."
        )


def _pages_named(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"pages {numbers[0]}–{numbers[-1]}"
    return "pages " + ", ".join(map(str, numbers[:20]))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
