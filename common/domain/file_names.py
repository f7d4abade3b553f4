"""Names of files that people send, made safe to be part of an object's name."""

from __future__ import annotations

import unicodedata

LONGEST = 200
"""Bytes of a name in UTF-8, without prefix and suffix."""

# What browsers send for characters that a multipart header can't hold:
# WHATWG HTML, "multipart/form-data encoding algorithm".
_BROWSER_FORMS = {"%22": '"', "%0A": "\n", "%0D": "\r", "%0a": "\n", "%0d": "\r"}
_FALLBACK = "file"


def safe_name(given: str) -> str:
    """The last path part of `given` without control, bidi and unassigned characters, its ending kept.

    Spaces and Unicode stay as they are. A name of which nothing is left is "file".
    """
    for form, character in _BROWSER_FORMS.items():
        given = given.replace(form, character)
    last = given.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if unicodedata.category(character) not in _REMOVED).strip()
    if not kept.strip("."):
        kept = _FALLBACK
    return _shortened(kept)


def numbered(name: str, number: int) -> str:
    """The form that `name` takes when it is the `number`th of that name: invoice_2.pdf."""
    if number == 1:
        return name
    stem, ending = _parted(name)
    return f"{stem}_{number}{ending}"


def is_pdf_name(name: str) -> bool:
    """Whether `name` ends in .pdf, in any case."""
    return name.lower().endswith(".pdf")


_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, ending = _parted(name)
    if len(ending.encode()) > LONGEST // 2:
        stem, ending = name, ""
    room = LONGEST - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore") + ending


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem else (name, "")
