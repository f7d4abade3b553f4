"""Token counts by plain, documented estimates; a stand-in has no tokenizer.

Text: about four characters a token, the rule of thumb that the service's own
documentation gives. Pages: the documented fixed price of a page of a document.
"""

from __future__ import annotations

from dataclasses import dataclass

from emulators.gemini.models import Model

_CHARACTERS = 4
_PAGE = 258
_PAGE_LOW = 66
_PAGE_BY_RESOLUTION = {"LOW": 280, "MEDIUM": 560, "HIGH": 1_120}


def of_text(text: str) -> int:
    return -(-len(text) // _CHARACTERS)


def cut(text: str, tokens: int) -> str:
    """As much of `text` as `tokens` hold."""
    return text[: max(tokens, 0) * _CHARACTERS]


def of_page(model: Model, resolution: str) -> int:
    """Tokens of one page: 258 up to Gemini 2.5; by media resolution, 560 by default, on Gemini 3."""
    word = resolution.removeprefix("MEDIA_RESOLUTION_")
    if model.levels:
        return _PAGE_BY_RESOLUTION.get(word, _PAGE_BY_RESOLUTION["MEDIUM"])
    return _PAGE_LOW if word == "LOW" else _PAGE


def of_thoughts(model: Model, budget: int | None, answer: str) -> int:
    """What a thinking model might think about such an answer, within its budget; 0 when it may not.

    A made-up measure, since nothing here thinks: a start plus half the answer.
    """
    if not model.thinks or budget == 0:
        return 0
    estimate = 200 + of_text(answer) // 2
    return estimate if budget is None else min(estimate, budget)


@dataclass
class Usage:
    """Counts of one call, in tokens. `cached` is a part of the prompt."""

    text: int
    pages: int
    candidates: int = 0
    thoughts: int = 0
    cached: int = 0

    @property
    def prompt(self) -> int:
        return self.text + self.pages

    def details(self) -> list[dict[str, object]]:
        parts = (("TEXT", self.text), ("DOCUMENT", self.pages))
        return [{"modality": name, "tokenCount": count} for name, count in parts if count]

    def metadata(self) -> dict[str, object]:
        """The service's usageMetadata; counts of 0 are left out, as it leaves them out."""
        answer: dict[str, object] = {"promptTokenCount": self.prompt}
        if self.candidates:
            answer["candidatesTokenCount"] = self.candidates
        answer["totalTokenCount"] = self.prompt + self.candidates + self.thoughts
        if self.cached:
            answer["cachedContentTokenCount"] = self.cached
        answer["promptTokensDetails"] = self.details()
        if self.thoughts:
            answer["thoughtsTokenCount"] = self.thoughts
        return answer
