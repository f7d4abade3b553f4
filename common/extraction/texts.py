"""Longer texts: addresses, terms, descriptions. Found whole, else by their words close together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from common.extraction.page import Box
from common.extraction.paper import Found, Paper
from common.extraction.verdict import Verdict, missing
from common.extraction.vocabulary import plain

_ENOUGH = 0.8
_SHORT = 3


class Parts(NamedTuple):
    """A text found in parts: where each stands, on one page."""

    page: int
    spans: tuple[tuple[int, int], ...]


def ground(paper: Paper, value: str) -> tuple[Verdict, Parts | None]:
    """Where a text stands: whole, or part by part near each other."""
    whole = next(iter(paper.search(letters(value))), None) if len(letters(value)) >= _SHORT else None
    if whole is not None:
        page, start, end = whole
        return Verdict(Found(page, start, end), 0.8), Parts(page, _lines(paper, page, value, start, end))
    best: tuple[float, Parts] | None = None
    parts = [part for part in re.split(r"[,;\n]|\s-\s|\s\|\s", value) if letters(part)]
    words = [word for part in parts for word in part.split() if len(letters(word)) > 1]
    total = sum(len(letters(word)) for word in words)
    if not total:
        return missing(f"“{_short(value)}” is not printed on the document."), None
    for page in range(len(paper.pages)):
        spans, found = _near(paper, page, parts)
        if best is None or found / total > best[0]:
            best = found / total, Parts(page, tuple(spans))
    if best is not None and best[0] >= _ENOUGH and best[1].spans:
        first = best[1].spans[0]
        return Verdict(Found(best[1].page, first[0], first[1]), 0.65), best[1]
    return missing(f"“{_short(value)}” is not printed on the document as it was read."), None


def _lines(paper: Paper, page: int, value: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The span of a text that was found whole, without what stands beside it on its lines."""
    text = paper.pages[page].text
    if "\n" not in text[start:end] and "\t" not in text[start:end]:
        return ((start, end),)
    wanted = letters(value)
    index = paper.indexes[page]
    for compact in (index.rows, index.flow):
        at = compact.text.find(wanted)
        while at >= 0:
            if compact.at[at] == start:
                return runs(compact.at[at : at + len(wanted)], text)
            at = compact.text.find(wanted, at + 1)
    return ((start, end),)


def runs(positions: list[int], text: str) -> tuple[tuple[int, int], ...]:
    """The parts of a text that characters at these positions make up, in one cell and line each."""
    spans: list[tuple[int, int]] = []
    for position in positions:
        if (
            spans
            and position >= spans[-1][1]
            and not set(text[spans[-1][1] : position]) & {"\n", "\t"}
            and position - spans[-1][1] < 6
        ):
            spans[-1] = (spans[-1][0], position + 1)
        else:
            spans.append((position, position + 1))
    return tuple(spans)


def _near(paper: Paper, page: int, parts: Iterable[str]) -> tuple[list[tuple[int, int]], int]:
    """The parts of a text found on a page within a small region, and how many letters they make up."""
    index = paper.indexes[page]
    anchor: Box | None = None
    spans: list[tuple[int, int]] = []
    letters_found = 0
    for part in parts:
        for needle, pieces in ((letters(part), [part]), ("", part.split())):
            hits = []
            for piece in pieces if not needle else [part]:
                wanted = letters(piece)
                if len(wanted) < 2:
                    continue
                hit = _closest(paper, page, wanted, anchor)
                if hit is not None:
                    hits.append((hit, len(wanted)))
            if hits:
                for hit, size in hits:
                    spans.append(hit)
                    letters_found += size
                    box = index.page.spot(*hit)
                    anchor = anchor or box
                break
    return spans, letters_found


def _closest(paper: Paper, page: int, wanted: str, anchor: Box | None) -> tuple[int, int] | None:
    index = paper.indexes[page]
    best: tuple[float, tuple[int, int]] | None = None
    for compact in (index.rows, index.flow):
        for start, end in compact.find(wanted):
            text = index.text
            if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
                continue
            box = index.page.spot(start, end)
            if box is None:
                continue
            away = 0.0 if anchor is None else abs(box.y0 - anchor.y0) + 0.3 * abs(box.x0 - anchor.x0)
            if anchor is not None and away > 150:
                continue
            if best is None or away < best[0]:
                best = away, (start, end)
    return best[1] if best else None


def letters(text: str) -> str:
    """The letters and digits of a text in plain form."""
    return "".join(filter(str.isalnum, plain(text)))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:57] + "…"
