"""Which party a label names at a place: in front, to the left, or above a block."""

from __future__ import annotations

import re

from common.extraction.page import Box, Cell
from common.extraction.paper import Paper
from common.extraction.printed import Index
from common.extraction.senders import BLOCK_LINES, block_below
from common.extraction.vocabulary import Label, plain

_PARTIES = ("vendor", "buyer", "ship_to", "other_party")
_NAME_WORDS = frozenset({"name", "company", "firma", "nom", "nombre", "nome", "naam", "nazwa"})


def party_at(index: Index, number: int, start: int) -> tuple[str | None, str]:
    """The party that a label names at a cell: in front of it, to its left, or above its block."""
    cell = index.cells[number]
    for label in reversed(index.labels_in(cell.start, start)):
        party = _party(label)
        if party and label.end <= start and _speaks(index, cell, label, start):
            return party, index.text[label.start : label.end]
    for at in range(number - 1, max(-1, number - 4), -1):
        other = index.cells[at]
        if other.line != cell.line:
            break
        for label in index.labels_in(other.start, other.end):
            party = _party(label)
            if party and _only(index, other, label):
                return party, index.text[label.start : label.end]
        text = index.text[other.start : other.end].strip()
        if any(map(str.isalpha, text)):
            if text.endswith(":") or plain(text) in _NAME_WORDS:
                # "Name: | X" within a block: the block's heading speaks.
                return heading(index, at, other.box)
            break
    return heading(index, number, cell.box)


def heading(index: Index, number: int, box: Box) -> tuple[str | None, str]:
    """The party label above a block of lines, within the block's own column."""
    cell = index.cells[number]
    top, lines = box.y0, 0
    last_line = cell.line
    height = max(6.0, box.y1 - box.y0)
    for at in range(number - 1, -1, -1):
        other = index.cells[at]
        if other.line >= cell.line:
            continue
        if abs(other.box.x0 - box.x0) > 3.5 * height and not (
            other.box.x0 <= box.x0 + 2 and other.box.x1 >= box.x0 + 8
        ):
            continue
        if other.box.y1 > top + height * 0.5:
            continue
        if top - other.box.y1 > 2.6 * height:
            return None, ""
        if other.line != last_line:
            lines += 1
            last_line = other.line
        if lines > BLOCK_LINES:
            return None, ""
        for label in index.labels_in(other.start, other.end):
            party = _party(label)
            if party and _only(index, other, label):
                return party, index.text[label.start : label.end]
            if (
                party
                and label.start - other.start <= 1
                and ":" in index.text[label.end : label.end + 2]
                and lines <= 2
            ):
                return party, index.text[label.start : label.end]
        top = min(top, other.box.y0)
    return None, ""


def _party(label: Label) -> str | None:
    for party in _PARTIES:
        if party in label.meanings:
            return party
    return None


def _speaks(index: Index, cell: Cell, label: Label, start: int) -> bool:
    """Whether a label in front of a name, in its cell, names the party: "Bill to: X", "From X"."""
    between = index.text[label.end : start]
    if len(between.split()) > 2 and ":" not in between:
        return False
    return (
        ":" in between
        or label.start - cell.start <= 1
        or len(index.text[label.start : label.end].split()) > 1
    )


def _only(index: Index, cell: Cell, label: Label) -> bool:
    """Whether a cell is a party's label and nothing else."""
    rest = index.text[cell.start : label.start] + " " + index.text[label.end : cell.end]
    words = [
        word
        for word in re.findall(r"[^\W\d_]{2,}", plain(rest))
        if word not in ("name", "address", "details", "the", "party")
    ]
    known = {
        word
        for other in index.labels_in(cell.start, cell.end)
        if _party(other)
        for word in re.findall(r"[^\W\d_]{2,}", index.plain[other.start : other.end])
    }
    return not [word for word in words if word not in known]


def labelled(paper: Paper, role: str) -> list[str]:
    """The texts that a label names as a party."""
    key = f"_labelled:{role}"
    cached = paper.__dict__.get(key)
    if cached is None:
        cached = []
        for index in paper.indexes[:3]:
            for label in index.labels:
                if _party(label) != role:
                    continue
                number = index.cell_at(label.start)
                cell = index.cells[number]
                rest = index.text[label.end : cell.end]
                if ":" in rest[:2] and len(rest.strip(" :")) > 3:
                    cached.append(rest.strip(" :"))
                elif _only(index, cell, label):
                    below = next(block_below(index, cell), None)
                    beside = index.cells[number + 1] if number + 1 < len(index.cells) else None
                    if beside is not None and beside.line == cell.line and ":" in rest[:2]:
                        cached.append(index.text[beside.start : beside.end])
                    elif below is not None:
                        cached.append(index.text[below.start : below.end])
        cached = [
            name for name in cached if sum(map(str.isalpha, name)) > max(2, sum(map(str.isdigit, name)))
        ]
        paper.__dict__[key] = cached
    return list(cached)
