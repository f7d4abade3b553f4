"""How much work one PDF may cost, beside the model's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on the reading of one PDF; what goes over them is Unreadable."""

    seconds: int = 60
    pages: int = 1000
    memory_mb: int = 2048
    """Address space that the reading process may take."""
    attachment_bytes: int = 10 * 1024 * 1024
    """An embedded e-invoice over this size is left alone."""
    ocr: bool = False
    """Whether text is recognised in pages that are pictures, where an engine is installed."""
    ocr_pages: int = 20
    """Pictures that are recognised at most; it takes seconds each."""
    characters: int = 20_000
    """Characters read from one page; no printed page has more."""
