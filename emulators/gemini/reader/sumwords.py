"""What kind of sum a label names."""

from __future__ import annotations

import re
from functools import lru_cache

from emulators.gemini.reader.dates import MONTH
from emulators.gemini.reader.wordlist import choice, sections

_KINDS = [(kind, choice(patterns)) for kind, patterns in sections("sums")]
# A whole label, in this order: the first that fits names the line.
_WHOLE = [(kind, re.compile(rf"^{pattern}$")) for kind, pattern in _KINDS]
_PART = [(kind, re.compile(rf"^{pattern}(?![a-z])|(?<![a-z]){pattern}$")) for kind, pattern in _KINDS]
TAX_NAME = re.compile(
    r"(?<![a-z])(cgst|sgst|igst|utgst|ugst|cess|gst|hst|pst|qst|vat|mwst|mehrwertsteuer|ust|umsatzsteuer|tva|"
    r"iva|btw|moms|sst|service tax|sales tax|tax|steuer)(?![a-z])"
)
_EDGES = re.compile(r"^[\s:;.,=\-–+*|(/]+|[\s:;.,=\-–+*|(/]+$")
_MONTHS = "|".join(sorted(MONTH, key=len, reverse=True))
_ASIDES = re.compile(
    r"(?:\b(?:vom|of|from|dated|on|per|du|del|van|am) )?\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|"
    rf"(?:\b(?:on|of|from|by) )?\b(?:{_MONTHS})\b\.? \d{{1,2}},? (?:19|20)\d\d\b|"
    r"\([^)]*\)?|\[[^\]]*\]|@ ?|\d+(?:[.,]\d+)?\s*%|"
    r"\b(?:eur|usd|inr|gbp|chf|rm|rs|dem|myr|sgd|cad|aud|aed|euro|in)\b\.?|[$€£₹¥]"
)
# "Takeaway total", "Total for March": a total of something, which is mostly the document's.
_SOME_TOTAL = re.compile(
    r"(?!(?:page|running|previous|item|line|points|qty|quantity|sub|tax|vat|gst|mid|year) )"
    r"(?:\S+ ){1,2}total$|"
    r"total (?:for|of) .{2,30}$"
)
_NET = re.compile(r"[(\[](?:netto|net|excl|exkl|ohne|h\.?t\b|hors|zzgl|before|without|ex\b)")


def cleaned(label: str) -> str:
    """A label without rates, dates, currencies, brackets and marks."""
    text = _ASIDES.sub(" ", label)
    for _ in range(2):
        text = _EDGES.sub("", text)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def kind_of(label: str) -> tuple[str, float] | None:
    """The kind of sum that a folded label names, and how surely (0…1)."""
    text = cleaned(label)
    if not text or len(text) > 60:
        return None
    for kind, pattern in _WHOLE:
        if pattern.match(text):
            return ("net" if kind == "total" and _NET.search(label) else kind), 1.0
    if _SOME_TOTAL.match(text):
        return ("net" if _NET.search(label) else "total"), 0.7
    for kind, pattern in _PART:
        if match := pattern.search(text):
            share = (match.end() - match.start()) / len(text)
            if share >= 0.45:
                return kind, 0.5 + share / 4
    return None
