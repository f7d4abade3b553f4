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
_CURRENCY_WORDS = frozenset(
    {"eur", "usd", "inr", "gbp", "chf", "rs", "in", "euro", "pln", "czk", "sek", "nok", "dkk", "rm", "sgd"}
)

_NET = frozenset(
    "net netto nett excl excluding exclusive exkl ohne ht hors neto sin exclusief zonder sem imponibile bez exklusive before without".split()
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


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
    """Every phrase with its meanings, by its first word, the longest first."""
    content = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
    meanings: dict[tuple[str, ...], set[str]] = {}
    for meaning, listed in content.items():
        for phrase in re.split(r"[|\n]", listed):
            words = tuple(_WORD.findall(phrase))
            for spelling in {words, tuple(word.replace("ss", "ß") for word in words)} if words else ():
                meanings.setdefault(spelling, set()).add(meaning)
    by_first: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for words, found in meanings.items():
        by_first.setdefault(words[0], []).append((words, frozenset(found)))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_first


def plain(text: str) -> str:
    """`text` in lower case without accents, character for character."""
    if text.isascii():
        return text.lower()
    return "".join(_plain(sign) for sign in text)


@cache
def _plain(sign: str) -> str:
    if sign == "ł" or sign == "Ł":
        return "l"
    if sign == "ø" or sign == "Ø":
        return "o"
    base = unicodedata.normalize("NFD", sign.lower())[:1]
    return base or sign


def words(text: str) -> list[Word]:
    """The words of a text that is already plain."""
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]


def labels(text: str, found: list[Word]) -> Iterator[Label]:
    """The labels among the words of a plain text, the longest at each place, from left to right.

    A label does not run over a line's end or a wide gap.
    """
    phrases = _phrases()
    at = 0
    while at < len(found):
        for phrase, meanings in phrases.get(found[at].text, ()):
            end = at + len(phrase)
            if end <= len(found) and all(
                found[at + step].text == phrase[step] for step in range(1, len(phrase))
            ):
                start, stop = found[at].start, found[end - 1].end
                if "\n" in text[start:stop] or "\t" in text[start:stop]:
                    continue
                if start > 1 and text[start - 1] == "-" and text[start - 2].isalnum():
                    continue  # the tail of a compound, as in MUSTER-KUNDE
                if (
                    end < len(found)
                    and found[end].text in _NUMBER_WORDS
                    and any(m.startswith("title_") for m in meanings)
                ):
                    between = text[stop : found[end].start]
                    if "\n" not in between and "\t" not in between and "title_other" not in meanings:
                        meanings, stop, end = meanings | {"invoice_number"}, found[end].end, end + 1
                if meanings & {"total", "line_amount"} and _is_net(text, found, end):
                    meanings = meanings - {"total", "due", "line_amount"} | {"taxable"}
                yield Label(start, stop, meanings)
                at = end - 1
                break
        at += 1


def _is_net(text: str, found: list[Word], end: int) -> bool:
    """Whether the words behind a total say that it is without tax: "Total (excl. VAT)", "Rechnungssumme Netto"."""
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
