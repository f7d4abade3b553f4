"""Text that addresses whoever reads the document, to make them report what it does not say."""

from __future__ import annotations

import re

_READER = r"(?:ai|llm|gpt|gemini|claude|language model|assistant|chatbot|extractor)"
_ACTS = r"(?:must|should|shall|please|return|output|respond|set|use|report|extract|answer|ignore|treat)"
_FIELD = (
    r"(?:total(?:_amt)?|amount|invoice (?:number|total)|vendor(?:_name)?|iban|bank account|json|confidence)"
)
_FORMS = (
    # Ignore all previous instructions.
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}"
    r"\b(?:previous|above|prior|earlier|all|any|other|preceding)\b[^.\n]{0,30}"
    r"\b(?:instruction|prompt|rule|direction|text|content|value|command)s?",
    # You are an AI assistant …
    r"\b(?:you are|act as|as)\s+(?:an?|the)\s+(?:ai|assistant|language model|llm|extraction|chatbot)\b",
    r"\b(?:system|assistant|user)\s*(?:prompt|message|instruction)s?\s*:",
    rf"\b{_READER}\b[^.\n]{{0,40}}\b{_ACTS}\b",
    # Set the total to 1.00.
    rf"\b(?:set|return|output|report|write|change|replace)\b[^.\n]{{0,30}}\b{_FIELD}\b[^.\n]{{0,20}}\b(?:to|as|with)\s",
    r"\bdo not (?:extract|read|report|mention|flag|review|reveal)\b",
    r"\b(?:mark|approve|treat)\b[^.\n]{0,30}"
    r"\b(?:as (?:verified|approved|correct|trusted)|this invoice (?:automatically|without))\b",
    r"\bignorier\w*[^.\n]{0,40}(?:anweisung|vorherig|obig)\w*",
    r"\bignore[rz]\b[^.\n]{0,40}instructions",
    r"\bignora\b[^.\n]{0,40}(?:instruccion|istruzion)\w*",
)
_ORDER = re.compile("|".join(_FORMS))


def order_in(text: str) -> str | None:
    """The first order to a reader in a plain text, as it is written; None for a text without one."""
    match = _ORDER.search(" ".join(text.split()))
    return match[0] if match else None
