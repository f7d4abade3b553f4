"""Language, way of writing and kind of document: read off the whole, and printed nowhere as a value."""

from __future__ import annotations

from decimal import Decimal

from common.extraction import title, tongue
from common.extraction.paper import Paper
from common.extraction.verdict import Verdict

_NOTES = frozenset({"credit_note", "debit_note"})
_SURE = 1.2
"""Weight from which a title outweighs what was read."""
_NEAR = 0.6
"""How much lighter a title may be than the heaviest to be meant."""


def language(paper: Paper, claimed: str) -> Verdict:
    """Whether the document's words are of a language."""
    spoken = tongue.language_of("\n".join(index.text for index in paper.indexes[:5]))
    name = claimed.strip().lower()
    if spoken is None or name in (spoken.lower(), spoken.lower()[:2]) or spoken.lower() in name:
        return Verdict(None, 0.7)
    if name in tongue.NAMES:
        return Verdict(None, 0.3, "not_found", f"The document’s words are {spoken}, not {claimed}.")
    return Verdict(None, 0.55)


def writing(paper: Paper, claimed: str) -> Verdict:
    """Whether the document can be handwritten or made by a computer."""
    pages = [page for page in paper.pages if page.text]
    if claimed == "handwritten" and pages and not any(page.picture for page in paper.pages):
        return Verdict(None, 0.2, "not_found", "The document’s pages are typed text, without a picture.")
    return Verdict(None, 0.7)


def document_type(paper: Paper, kind: str, total: object) -> Verdict:
    """Whether the document calls itself so; `total` tells who owes whom."""
    found = title.kind_of(paper)
    same = next((each for each in title.titles(paper) if each.kind == kind), None)
    nothing_else = found is None or found.kind == "invoice"
    if same is None and kind in _NOTES and nothing_else and not _pays_back(total):
        says = f"Nothing on the document calls it a {kind.replace('_', ' ')}."
        return Verdict(found.found if found else None, 0.3, "wrong_place", says)
    if found is None or {kind, found.kind} == {"invoice", "receipt"}:
        return Verdict(same.found if same else None, 0.8 if same else 0.6, labelled=same is not None)
    if same is not None and same.weight >= found.weight - _NEAR:
        return Verdict(same.found, 0.8, labelled=True)
    of_another = kind == "invoice" and same is not None and found.kind == "other"
    if found.kind != kind and found.weight >= _SURE and not of_another:
        says = f"The document calls itself “{paper.text(found.found)}”."
        return Verdict(found.found, 0.3, "wrong_place", says)
    return Verdict(same.found if same else None, 0.6)


def _pays_back(total: object) -> bool:
    """Whether a total is the buyer's: such a document is a credit note whatever it is called."""
    return isinstance(total, Decimal) and total < 0
