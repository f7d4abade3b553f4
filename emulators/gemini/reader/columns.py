"""The columns of an items table, by the words at their heads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from emulators.gemini.reader.layout import Cell, folded
from emulators.gemini.reader.page import Word
from emulators.gemini.reader.wordlist import choice, sections

# In this order: the first that fits names the column.
_KINDS = [(kind, re.compile(choice(patterns))) for kind, patterns in sections("columns")]
_NOISE = re.compile(
    r"[(\[](?:eur|usd|inr|gbp|chf|rs\.?|rm|₹|€|\$|£|aud|cad|myr|sgd|euro|in [a-z]{3}|excl?\.?[^)\]]*|"
    r"incl?\.?[^)\]]*|net|netto|ht|ttc|h\.t\.)[)\]]|[₹€$£*:]|"
    r"\b(?:in )?(?:eur|usd|inr|gbp|chf|rs|myr|aud|cad|sgd)\b\.?|"
    r"\b(?:ohne|excl\.?|exkl\.?|inkl\.?|incl\.?|zzgl\.?|before|after|without|ex|hors) ?"
    r"(?:vat|tax|gst|mwst\.?|ust\.?|tva|iva|btw)\b\.?"
)
_TAIL = re.compile(r"[ .]+(?:ht|h\.t\.?|ttc|t\.t\.c\.?|netto|brutto|net|gross|excl\.?|incl\.?)$")


@dataclass
class Column:
    """One column: its kind ("other" when its head says nothing known) and how far its head reaches."""

    kind: str
    x0: float
    x1: float
    text: str = ""


@dataclass
class Head:
    """The heading of a table: its columns from left to right and the lines that it takes."""

    columns: list[Column]
    page: int
    first: int
    last: int

    def column(self, kind: str) -> Column | None:
        return next((column for column in self.columns if column.kind == kind), None)

    @property
    def kinds(self) -> set[str]:
        return {column.kind for column in self.columns}


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str | None:
    """The kind of column that a head's folded text names."""
    plain = " ".join(_NOISE.sub(" ", text).split()).strip(" .-:/|")
    bare = plain or text.strip()
    short = _TAIL.sub("", bare)
    for candidate in (bare, short, bare.replace("- ", "").replace(" -", "-"), bare.replace(" ", "")):
        for kind, pattern in _KINDS:
            if pattern.fullmatch(candidate):
                return kind
    return None


def split(cell: Cell) -> list[tuple[str | None, float, float, str]]:
    """A cell of a heading as its columns: close heads share a cell ("Qty Unit Price Amount")."""
    whole = kind_of(cell.fold)
    words = cell.words
    if len(words) == 1 or (whole is not None and not _apart(words) and not numbered(words)):
        return [(whole, cell.x0, cell.x1, cell.fold)]
    parts: list[tuple[str | None, float, float, str]] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 7), start, -1):
            text = folded(" ".join(word.text for word in words[start:end]))
            kind = kind_of(text)
            if kind is not None:
                parts.append((kind, words[start].x0, words[end - 1].x1, text))
                start = end
                break
        else:
            return _halves(cell)
    return parts


def numbered(words: list[Word]) -> bool:
    """Whether a sign for the line's number stands close before another head: "# Description"."""
    behind = kind_of(folded(" ".join(word.text for word in words[1:])))
    return words[0].text in ("#", "№") and behind not in (None, "pos")


def _halves(cell: Cell) -> list[tuple[str | None, float, float, str]]:
    """A cell of unknown words, cut at its widest gap where that gives the head of a column."""
    words = cell.words
    best: tuple[float, int] | None = None
    for cut in range(1, len(words)):
        pair = [folded(" ".join(word.text for word in part)) for part in (words[:cut], words[cut:])]
        known = sum(kind_of(text) is not None for text in pair)
        gap = words[cut].x0 - words[cut - 1].x1
        if known and gap > 0.5 * cell.size and (best is None or known + gap / 100 > best[0]):
            best = (known + gap / 100, cut)
    if best is None:
        return [(None, cell.x0, cell.x1, cell.fold)]
    parts = (words[: best[1]], words[best[1] :])
    texts = [folded(" ".join(word.text for word in part)) for part in parts]
    return [(kind_of(text), part[0].x0, part[-1].x1, text) for part, text in zip(parts, texts, strict=True)]


def _apart(words: list[Word]) -> bool:
    """Whether words stand further apart than in a phrase, each the head of a column itself."""
    wide = any(b.x0 - a.x1 > 0.55 * max(a.size, 4.0) for a, b in pairwise(words))
    return wide and all(kind_of(folded(word.text)) for word in words)
