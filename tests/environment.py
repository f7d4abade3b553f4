"""The environment of a test run, without what its developer has set for real services."""

from __future__ import annotations

import os

OURS = frozenset(
    {
        "AUTH_MODE",
        "CORS_ORIGINS",
        "EXTRACTION_ATTEMPTS",
        "EXTRACTION_ESCALATION_MODEL",
        "EXTRACTION_FALLBACKS",
        "EXTRACTION_MODEL",
        "EXTRACTION_PROFILE",
        "EXTRACT_OCR",
        "EXTRACT_SECONDS",
        "GEMINI_API_KEY",
        "GEMINI_BASE_URL",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "GST_QR_KEYS",
        "LOCAL_PORT",
        "REPLAY_NETWORKS",
        "USD_INR",
        "VERTEX_BASE_URL",
        "VERTEX_LOCATION",
        "VERTEX_PROJECT",
    }
)


def clean_environment() -> dict[str, str]:
    """The machine's own settings alone."""
    return {name: value for name, value in os.environ.items() if name not in OURS}
