"""What the document says about one value."""

from __future__ import annotations

from dataclasses import dataclass

from common.extraction.paper import Found
from common.extraction.review import Code


@dataclass(frozen=True)
class Verdict:
    """Where a value stands and how well its place fits; `code` and `message` where something is doubtful."""

    found: Found | None
    strength: float
    """0…1: how surely the place means this field."""
    code: Code | None = None
    message: str = ""
    labelled: bool = False
    """Whether a label of the field's own speaks for the value."""


def missing(message: str) -> Verdict:
    """A value that stands nowhere on the document."""
    return Verdict(None, 0.0, "not_found", message)
