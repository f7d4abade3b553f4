"""What documents call things, in a dozen languages, and where a page does so."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+|[#%]")
_JOINT = re.compile(r"[a-z\u00df-\u00ff](?=[A-Z][a-z])")
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){4,}[^\W\d_](?!\S)")
"""A word whose letters are set apart, as in "R E C H N U N G"."""
_PART = 4
"""Letters of a word that was run together with another: "GrossTotal", but not "MwSt"."""
_REST = 2
"""Letters that are left of a word in front of a longer one: "utTotal", where "Takeout" was misread."""
_NEW = tuple.__new__
"""Makes a named tuple in half the time of a call of its class."""
_CURRENCY_WORDS = frozenset(
    {"eur", "usd", "inr", "gbp", "chf", "rs", "in", "euro", "pln", "czk", "sek", "nok", "dkk", "rm", "sgd"}
)

_NET = frozenset(
    (
        "net netto nett excl excluding exclusive exkl exklusive exclusief ohne ht hors neto sin zonder sem"
        " imponibile bez before without"
    ).split()
)
_GROSS = frozenset("gross brutto incl including inclusive inkl mit ttc bruto con inclusief com lordo".split())
_NUMBER_WORDS = frozenset({"nr", "no", "number", "num", "numero", "nummer", "#"})


class Label(NamedTuple):
    """A phrase of a page that says what stands beside or below it."""

    start: int
    end: int
    meanings: frozenset[str]


class Word(NamedTuple):
    """A word of a page in plain form: lower case, no accents."""

    text: str
    start: int
    end: int


_Phrases = list[tuple[tuple[str, ...], frozenset[str]]]
"""Phrases that begin with one word, with their meanings."""


@cache
def _phrases() -> dict[str, _Phrases]:
    """Every phrase with its meanings, by its first word, the longest first."""
    content = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
    meanings: dict[tuple[str, ...], set[str]] = {}
    for meaning, listed in content.items():
        for phrase in re.split(r"[|\n]", listed):
            words = tuple(_WORD.findall(phrase))
            for spelling in {words, tuple(word.replace("ss", "ß") for word in words)} if words else ():
                meanings.setdefault(spelling, set()).add(meaning)
    by_first: dict[str, _Phrases] = {}
    for words, found in meanings.items():
        by_first.setdefault(words[0], []).append((words, frozenset(found)))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_first


def plain(text: str) -> str:
    """`text` in lower case without accents, character for character."""
    if text.isascii():
        return text.lower()
    return text.translate(_PLAIN)


class _Plain(dict[int, str]):
    """Characters in plain form by their codes, found out when they are first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign in "łŁ":
            base = "l"
        elif sign in "øØ":
            base = "o"
        elif sign in "ºª":
            base = "."  # "Nº" is "N.º"
        else:
            base = unicodedata.normalize("NFD", sign.lower())[:1] or sign
        self[code] = base
        return base


_PLAIN = _Plain()


def words(text: str, printed: str) -> list[Word]:
    """The words of a plain text; capitals in `printed` tell apart those that were run together."""
    found: list[Word] = []
    spaced = {match.start(): match for match in _SPACED.finditer(text)}
    joints = (match.end() for match in _JOINT.finditer(printed))
    joint = next(joints, len(text))
    behind = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start < behind:
            continue
        if spaced and start in spaced:
            behind = spaced[start].end()
            found.append(Word(spaced[start][0].replace(" ", ""), start, behind))
            continue
        while joint <= start:
            joint = next(joints, len(text))
        while joint < end:
            cut, joint = joint, next(joints, len(text))
            before, after = cut - start, end - cut
            if min(before, after) < _PART and (before < _REST or after <= _PART):
                continue  # MwSt, GmbH, iPhone
            found.append(Word(text[start:cut], start, cut))
            start = cut
        found.append(_NEW(Word, (text[start:end], start, end)))
    return found


def labels(text: str, found: list[Word]) -> Iterator[Label]:
    """The labels among the words of a plain text, the longest at each place, from left to right.

    A label does not run over a line's end or a wide gap.
    """
    phrases = _phrases()
    said = tuple([word.text for word in found])
    behind = 0
    for at, first in enumerate(said):
        if first not in phrases or found[at].start < behind:
            continue
        label = _label(text, found, at, _begun(said, at, phrases[first]))
        if label is not None:
            yield label
            behind = label.end


def _begun(said: tuple[str, ...], at: int, phrases: _Phrases) -> _Phrases:
    """The phrases that words say from a place on."""
    return [each for each in phrases if said[at : at + len(each[0])] == each[0]]


def _label(text: str, found: list[Word], at: int, phrases: _Phrases) -> Label | None:
    """The longest label at a word, of the phrases that it begins."""
    if found[at].text == "%" and text[max(0, found[at].start - 3) : found[at].start].rstrip()[-1:].isdigit():
        return None  # "21 % IVA": the sign is the number's
    for phrase, meanings in phrases:
        end = at + len(phrase)
        start, stop = found[at].start, found[end - 1].end
        if not _together(text, start, stop):
            continue
        if start > 1 and text[start - 1] == "-" and text[start - 2].isalnum():
            continue  # the tail of a compound, as in MUSTER-KUNDE
        return _completed(text, found, end, Label(start, stop, meanings))
    return None


def _completed(text: str, found: list[Word], end: int, label: Label) -> Label:
    """A label with what the words behind it add: "Rechnung (380) Nr." is a number, "Total excl. VAT" net."""
    kinds = label.meanings
    if any(kind.startswith("title_") for kind in kinds) and "title_other" not in kinds:
        behind = end + 1 if end + 1 < len(found) and text[found[end].start - 1] == "(" else end
        word = found[behind] if behind < len(found) else None
        if word is not None and word.text in _NUMBER_WORDS and _together(text, label.end, word.start):
            return Label(label.start, word.end, kinds | {"invoice_number"})
    if kinds & {"total", "line_amount"} and _is_net(text, found, end):
        return label._replace(meanings=kinds - {"total", "due", "line_amount"} | {"taxable"})
    return label


def _together(text: str, start: int, end: int) -> bool:
    """Whether no line ends and no wide gap lies between two places."""
    return "\n" not in text[start:end] and "\t" not in text[start:end]


def _is_net(text: str, found: list[Word], end: int) -> bool:
    """Whether the words behind a total say that it is without tax, as in "Total (excl. VAT)"."""
    for word in found[end : end + 3]:
        if word.start and set(text[found[end - 1].end : word.start]) & {"\n", "\t"}:
            return False
        if word.text in _NET:
            return True
        if word.text in _GROSS or not word.text.isalpha():
            return False
    return False


def is_currency_word(word: str) -> bool:
    """Whether a word within a label only names the currency, as in "Total EUR"."""
    return word in _CURRENCY_WORDS
