"""Ids: positive integers, and the document keys that scatter them."""

from __future__ import annotations

import hashlib

GREATEST = 2**63 - 1
"""The greatest integer that Firestore holds; nothing above it can be an id."""


def can_exist(number: int) -> bool:
    """Whether `number` could be an id at all."""
    return 0 < number <= GREATEST


def scattered_key(text: str) -> str:
    """A document key for `text`, found from it alone, whose neighbours lie far apart.

    Keys in sequence make a hot spot (Google Cloud, "Firestore best practices",
    Document IDs).
    """
    return f"{hashlib.sha256(text.encode()).hexdigest()[:12]}-{text}"
