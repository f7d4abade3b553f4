"""What reading a document will likely take, before anything is spent."""

from __future__ import annotations

import json
from dataclasses import dataclass

from common.extraction.prepared import Prepared
from common.extraction.request import Profile, instruction, schema

PAGE_TOKENS = 560
"""Input tokens of a page: 258 by the Gemini API's documentation, 560 on Gemini 3 by Vertex AI's."""

_CHARACTERS_A_TOKEN = 4
_PICTURE_CHARACTERS = 2000
"""What stands on a page that is a picture, as far as an estimate can know."""

_FIXED_OUTPUT = {"v1": 700, "v2": 250}
"""Tokens of an answer's names and punctuation, and of thinking about a short document."""


@dataclass(frozen=True)
class Tokens:
    """Tokens of one call, thinking included in `output`."""

    input: int
    output: int


def likely_tokens(prepared: Prepared, profile: Profile) -> Tokens:
    """A cautious estimate: an answer is hardly longer than the document that it quotes."""
    asked = len(instruction(profile)) + len(json.dumps(schema(profile, prepared.wanted)))
    shown = sum(len(page.text) or _PICTURE_CHARACTERS for page in prepared.document.pages)
    return Tokens(
        input=prepared.pages_total * PAGE_TOKENS + (asked + shown) // _CHARACTERS_A_TOKEN,
        output=_FIXED_OUTPUT[profile] + shown // _CHARACTERS_A_TOKEN,
    )
