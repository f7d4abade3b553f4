"""What the document is: its type and its language."""

from __future__ import annotations

import re
from collections import Counter

from emulators.gemini.reader.layout import Cell, Document, folded
from emulators.gemini.reader.wordlist import choice, choices, sections

_TYPES = {title: re.compile(rf"\b{pattern}\b") for title, pattern in choices("types").items()}
_LANGUAGES: dict[str, tuple[frozenset[str], re.Pattern[str]]] = {}
_LISTS = dict(sections("languages"))
for _name in sorted({title.split()[0] for title in _LISTS}):
    _LANGUAGES[_name] = (frozenset(_LISTS[f"{_name} words"]), re.compile(choice(_LISTS[f"{_name} stems"])))


_AS_LABEL = re.compile(
    r"^(?:date|to|for|address|no\b|nr\b|number|#|id\b|total|amount|period|month|ref|type|terms|by|dates)"
)


def document_type(document: Document, *, numbered: bool, total: bool) -> str | None:
    """The type that the title names; an invoice when the document only has an invoice's number."""
    best: tuple[float, str] | None = None
    body = document.body
    for cell in document.cells:
        if cell.page > 1 or len(cell.words) > 7:
            continue
        for name, pattern in _TYPES.items():
            if name == "receipt" and _TYPES["invoice"].search(cell.fold):
                continue  # "Tax Invoice/Cash Memo"
            match = pattern.search(cell.fold)
            if match is None:
                continue
            score = _title_score(document, cell, match, body) - (1.2 if name == "other" else 0.0)
            if score > 1.5 and (best is None or score > best[0]):
                best = (score, name)
            break
    if best is not None:
        return best[1]
    plain = folded(document.text)
    if _TYPES["receipt"].search(plain) and not _TYPES["invoice"].search(plain):
        return "receipt"
    if numbered:
        return "invoice"
    return "receipt" if total and _narrow(document) else ("other" if document.cells and not total else None)


def _title_score(document: Document, cell: Cell, match: re.Match[str], body: float) -> float:
    height = cell.y0 / max(document.height(cell.page), 1)
    covered = (match.end() - match.start()) / max(len(cell.fold), 1)
    score = 2.0 * covered + min(3.0, 4.0 * (cell.size / body - 1)) + (1.0 if height < 0.35 else -1.0)
    letters = cell.text[match.start() : match.end()]
    score += 0.6 if letters.isupper() and len(letters) > 4 else 0.0
    score += 0.3 if cell.bold else 0.0
    score -= 1.2 if match.start() > 0 and covered < 0.5 else 0.0
    # A label with its value ("Order No. 123") is no title; an invoice's may carry its number.
    rest = cell.fold[match.end() :].strip(" :")
    if _AS_LABEL.match(rest) or cell.text.rstrip().endswith(":"):
        score -= 1.0
    if cell.size < 1.15 * body:
        # In plain type, what has a value beside it is a label; and only an invoice is titled that quietly.
        line = document.lines[cell.line]
        beside = cell.index + 1 < len(line.cells)
        score -= 1.5 if beside and line.cells[cell.index + 1].x0 - cell.x1 < 0.3 * document.width(1) else 0.0
    return score


def _narrow(document: Document) -> bool:
    return document.width(1) < 0.55 * document.height(1)


def language(document: Document) -> str | None:
    """The language with most of the commonest words of invoices; those that only it has count more."""
    words = re.findall(r"[a-z]+", folded(document.text))
    counts: Counter[str] = Counter()
    for name, (known, stem) in _LANGUAGES.items():
        counts[name] = sum((word in known) + 2 * bool(stem.fullmatch(word)) for word in words)
    if not words:
        return None
    (name, count), (_, second) = counts.most_common(2)
    return name if count >= 3 and count > 1.15 * second else None
