"""Which countries a document's own words point to: they decide what "$" and "05/03/2024" mean."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple


class _Marks(NamedTuple):
    """What points to a country."""

    signs: tuple[str, ...]
    names: tuple[str, ...]
    forms: tuple[re.Pattern[str], ...]

    def are_in(self, text: str) -> bool:
        return (
            any(sign in text for sign in self.signs)
            or any(name in text and _is_word_of(text, name) for name in self.names)
            or any(_has_form(text, form) for form in self.forms)
        )


@cache
def _countries() -> dict[str, _Marks]:
    content = tomllib.loads(Path(__file__).with_name("countries.toml").read_text("utf-8"))
    return {
        country: _Marks(
            tuple(filter(None, marks.get("signs", "").split(" | "))),
            tuple(filter(None, marks.get("names", "").split(" | "))),
            tuple(map(re.compile, marks.get("forms", "").splitlines())),
        )
        for country, marks in content.items()
    }


def countries_in(texts: Iterable[str]) -> frozenset[str]:
    """ISO codes of the countries that the texts point to."""
    text = "\n".join(texts)
    return frozenset(country for country, marks in _countries().items() if marks.are_in(text))


def _is_word_of(text: str, name: str) -> bool:
    at = text.find(name)
    while at >= 0:
        if not _goes_on(text, at - 1) and not _goes_on(text, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


def _has_form(text: str, form: re.Pattern[str]) -> bool:
    # A form that began with "\b" would be tried at every character: its beginning is looked at afterwards.
    found = form.search(text)
    while found is not None:
        if not _goes_on(text, found.start() - 1):
            return True
        found = form.search(text, found.start() + 1)
    return False


def _goes_on(text: str, at: int) -> bool:
    """Whether a word has a character at a place."""
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")
