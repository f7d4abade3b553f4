"""Which countries a document's own words point to: they decide what "$" and "05/03/2024" mean."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path


@cache
def _marks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    content = tomllib.loads(Path(__file__).with_name("countries.toml").read_text("utf-8"))
    return tuple((country, re.compile(mark)) for country, mark in content.items())


def countries_in(texts: Iterable[str]) -> frozenset[str]:
    """ISO codes of the countries that the texts point to."""
    text = "\n".join(texts)
    return frozenset(country for country, mark in _marks() if mark.search(text))
