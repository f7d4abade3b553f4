"""Numbers that name things: found as whole tokens, next to what calls them so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from common.extraction.paper import Found, Paper
from common.extraction.place import Place
from common.extraction.sum_names import said
from common.extraction.verdict import Verdict, missing
from common.extraction.vocabulary import plain

_SURE = 0.8
_ENOUGH = 0.55
_TOKEN_END = frozenset("-/.#_")


class _Meaning(NamedTuple):
    own: frozenset[str]
    near: frozenset[str]
    name: str


_MEANINGS = {
    "invoice_number": _Meaning(
        frozenset({"invoice_number"}),
        frozenset({"invoice_title", "title_invoice", "title_credit_note"}),
        "invoice number",
    ),
    "po_number": _Meaning(frozenset({"po_number"}), frozenset({"order_number"}), "purchase order number"),
}
_NUMBER_WORDS = frozenset({"#", "no", "nr", "n", "num", "number", "numero", "nummer"})
_WHOLE = re.compile(r"[^\s,;:()\[\]|]+")


def ground(paper: Paper, field: str, value: str) -> Verdict:
    """Where a number of the document stands and whether its label calls it so."""
    meaning = _MEANINGS[field]
    needle = "".join(filter(str.isalnum, plain(value)))
    whole: list[tuple[float, Found]] = []
    part: Found | None = None
    for page, start, end in paper.search(needle):
        if "\n" in paper.pages[page].text[start:end] and len(needle) < 6:
            continue
        if not _bounded(paper.pages[page].text, start, end, value):
            part = part or Found(page, start, end)
            continue
        fit, place = _fit(paper, meaning, page, start, end)
        whole.append((fit, Found(page, start, end, place)))
    if not whole:
        if part is not None:
            return Verdict(
                part,
                0.2,
                "wrong_place",
                f"{value} is only a part of “{_token(paper, part)}” on the document.",
            )
        return missing(f"{value} is not printed anywhere on the document.")
    fit, found = max(whole, key=lambda each: (each[0], -each[1].page, -each[1].start))
    rivals = [each for each in named(paper, meaning.own) if _same(each) != needle]
    confirmed = any(_same(each) == needle for each in named(paper, meaning.own))
    if fit >= _ENOUGH and (
        confirmed or not rivals or (found.place is not None and found.place.meanings & meaning.own)
    ):
        return Verdict(found, fit, labelled=bool(found.place and found.place.meanings & meaning.own))
    instead = f" The document’s {meaning.name} is {rivals[0]}." if rivals else ""
    if fit < 0 and found.place is not None:
        return Verdict(found, 0.2, "wrong_place", f"{value} stands only beside {said(found.place)}.{instead}")
    if rivals or fit < _ENOUGH:
        return Verdict(
            found, 0.25, "wrong_place", f"Nothing beside {value} calls it the {meaning.name}.{instead}"
        )
    return Verdict(found, fit)


def named(paper: Paper, own: frozenset[str]) -> list[str]:
    """The tokens that stand right behind or below a label of one of these meanings."""
    key = "named:" + ",".join(sorted(own))
    cached = paper.__dict__.get(key)
    if cached is None:
        cached = list(_named(paper, own))
        paper.__dict__[key] = cached
    return cached


def _named(paper: Paper, own: frozenset[str]) -> Iterator[str]:
    for page, index in enumerate(paper.indexes[:30]):
        text = index.text
        for label in index.labels:
            if not label.meanings & own:
                continue
            token = _behind(text, label.end)
            if token is not None:
                start = text.index(token, label.end)
                spoken = paper.places(page, start, start + len(token))
                if spoken and spoken[0].meanings & own and spoken[0].strength >= _SURE:
                    yield token


def _behind(text: str, end: int) -> str | None:
    """The first token with a digit right behind a label, in its cell or the next."""
    line = text.find("\n", end)
    rest = text[end : line if line >= 0 else len(text)]
    match = re.match(r"[\s:.#\-–№°ºnNoO]{0,8}?([A-Za-z0-9][^\s,;|]*)", rest)
    if match is None or not any(map(str.isdigit, match[1])):
        return None
    return match[1].rstrip(".:")


def _same(text: str) -> str:
    return "".join(filter(str.isalnum, plain(text)))


def _bounded(text: str, start: int, end: int, value: str) -> bool:
    """Whether `text[start:end]` is a token of its own, and not a part of a longer number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() and not (
        _letters_before(text, start) and text[start].isdigit() and value[0].isdigit()
    ):
        return False
    if after.isalnum():
        return False
    if (
        before in _TOKEN_END
        and start > 1
        and text[start - 2].isalnum()
        and before != "#"
        and not value.startswith(before)
    ):
        # "No.123" and "Nr-5" are labels; "TX-471102" is a longer number.
        word = re.search(r"[^\W\d_]+\.?$", text[max(0, start - 12) : start - 1])
        if not (before == "." and word) and not (
            word and word[0].lower().rstrip(".") in ("no", "nr", "num", "number", "id")
        ):
            return False
    return not (after in _TOKEN_END and after != "." and text[end + 1 : end + 2].isalnum())


def _letters_before(text: str, start: int) -> bool:
    """Whether a label's last letters touch the number: "Invoice No123" (a space lost in the text layer)."""
    word = re.search(r"(?:^|\s)([^\W\d_]+)$", text[max(0, start - 24) : start])
    return bool(word) and word is not None and len(word[1]) > 4


def _token(paper: Paper, found: Found) -> str:
    text = paper.pages[found.page].text
    for match in _WHOLE.finditer(text, max(0, found.start - 60)):
        if match.end() >= found.end:
            return match[0]
    return text[found.start : found.end]


def _below_title(paper: Paper, page: int, start: int) -> bool:
    """Whether the document's title stands on the same line or one of the two above."""
    index = paper.indexes[page]
    line = index.cells[index.cell_at(start)].line
    first = index.page.lines[max(0, line - 2)].start
    return any("title_invoice" in label.meanings for label in index.labels_in(first, start))


def _among_words(paper: Paper, page: int, start: int, end: int) -> bool:
    """Whether a number stands among words, or in a date: "50667 Köln" is no value of a column of numbers."""
    index = paper.indexes[page]
    cell = index.cells[index.cell_at(start)]
    dates = [each for each in index.dates if cell.start <= each.start < cell.end]
    if any(each.start <= start and end <= each.end for each in dates):
        return True
    rest = index.text[cell.start : start] + index.text[end : cell.end]
    for date in dates:
        rest = rest.replace(index.text[date.start : date.end], "")
    return any(map(str.isalpha, rest))


def _fit(paper: Paper, meaning: _Meaning, page: int, start: int, end: int) -> tuple[float, Place | None]:
    spoken = paper.places(page, start, end)
    if spoken and plain(spoken[0].text).strip(" .:") in _NUMBER_WORDS and spoken[0].how == "before":
        # "INVOICE" and below it "# 4711".
        titled = _below_title(paper, page, start) and "invoice_title" in meaning.near
        return (0.65 if titled else 0.3), spoken[0]
    among = _among_words(paper, page, start, end)
    for place in spoken:
        if place.how == "column" and among:
            continue
        if place.meanings & meaning.own:
            return place.strength, place
        if place.meanings & meaning.near:
            return max(0.6, place.strength * 0.8), place
        if place.strength >= 0.6 and place.meanings:
            return -place.strength, place
    return 0.1, None
