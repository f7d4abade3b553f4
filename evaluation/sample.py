"""A document whose true values are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation import pictures

NO_VENDOR = "(no vendor named)"


@dataclass(frozen=True)
class Sample:
    """One document and what is true of it, in the field names of `data.data`."""

    name: str
    """Its path below the folder that was given."""
    group: str
    """The folder that lists it, as a name: "." for the given folder itself."""
    path: Path
    truth: Mapping[str, Any]
    """A field that is absent is not scored; one that is None is not on the document."""
    vendor: str = NO_VENDOR
    """Who issued it, for the tables; known also where the document does not show it."""
    silent: Mapping[str, Any] = field(default_factory=dict)
    """True values of which nobody says whether the document shows them."""
    original: Path | None = None
    """The same document with its embedded e-invoice, where `path` was stripped of it."""

    def pdf(self) -> bytes:
        """The document as a PDF; a picture is wrapped into one."""
        content = self.path.read_bytes()
        return pictures.as_pdf(content) if self.path.suffix.lower() in pictures.ENDINGS else content
