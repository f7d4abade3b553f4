"""Every setting of the running system, read from the environment here and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Literal

from common.domain.addresses import Network, networks

AuthMode = Literal["open", "token"]
Profile = Literal["v1", "v2"]


class BadSetting(ValueError):
    """A setting has a value that the system can't run with; the message names it."""


@dataclass(frozen=True)
class Settings:
    """The settings table of the README, typed. Amounts in INR, times in seconds."""

    project: str
    bucket: str
    topic: str
    dead_letter_topic: str
    auth_mode: AuthMode
    token_key: str
    """ES256 private key (PEM) that signs login tokens; only the auth function has it."""
    token_public_keys: str
    """JSON Web Key Set that verifies login tokens."""
    link_secret: str
    """Signs the expiring links to /check/ and to large files; empty: links are off."""
    gemini_api_key: str
    gemini_base_url: str
    vertex_project: str
    vertex_location: str
    vertex_base_url: str
    extraction_model: str
    extraction_fallbacks: tuple[str, ...]
    """Models that are asked, in this order, when extraction_model fails."""
    extraction_escalation_model: str
    """The stronger model that is asked for doubtful fields alone; empty: none is."""
    extraction_profile: Profile
    extract_seconds: int
    extract_ocr: bool
    """Whether text in pictures is recognised, so that values of scans are looked for on them."""
    model_seconds: int
    extraction_attempts: int
    usd_inr: Decimal
    gst_qr_keys: str
    cors_origins: tuple[str, ...]
    trusted_hops: int
    """How many proxies of the platform append to X-Forwarded-For; 1 for the local gateway."""
    storage_emulator: str
    """Address of a Cloud Storage emulator; empty: the real service."""
    public_url: str
    """Where callers reach the gateway, without a trailing slash; empty: taken from the request."""
    replay_networks: tuple[Network, ...]
    """Networks inside that webhooks may be replayed to; none: public addresses alone."""


def read(environ: Mapping[str, str]) -> Settings:
    """Settings from `environ`; raises BadSetting for a value that can't be used."""
    return Settings(
        project=environ.get("GOOGLE_CLOUD_PROJECT", "local-invoices"),
        bucket=environ.get("INVOICE_BUCKET", "invoices"),
        topic=environ.get("EXTRACTION_TOPIC", "invoice-files"),
        dead_letter_topic=environ.get("DEAD_LETTER_TOPIC", "invoice-files-dead"),
        auth_mode=_auth_mode(environ.get("AUTH_MODE", "open")),
        token_key=environ.get("TOKEN_KEY", ""),
        token_public_keys=environ.get("TOKEN_PUBLIC_KEYS", ""),
        link_secret=environ.get("LINK_SECRET", ""),
        gemini_api_key=environ.get("GEMINI_API_KEY", ""),
        gemini_base_url=environ.get("GEMINI_BASE_URL", "").rstrip("/"),
        vertex_project=environ.get("VERTEX_PROJECT", ""),
        vertex_location=environ.get("VERTEX_LOCATION", "us-central1"),
        vertex_base_url=environ.get("VERTEX_BASE_URL", "").rstrip("/"),
        extraction_model=environ.get("EXTRACTION_MODEL", "gemini-2.5-pro"),
        extraction_fallbacks=_words(environ.get("EXTRACTION_FALLBACKS", "")),
        extraction_escalation_model=environ.get("EXTRACTION_ESCALATION_MODEL", "").strip(),
        extraction_profile=_profile(environ.get("EXTRACTION_PROFILE", "v1")),
        extract_seconds=_positive(environ, "EXTRACT_SECONDS", 60),
        extract_ocr=_switch(environ, "EXTRACT_OCR"),
        model_seconds=_positive(environ, "MODEL_SECONDS", 120),
        extraction_attempts=_positive(environ, "EXTRACTION_ATTEMPTS", 5),
        usd_inr=_rate(environ.get("USD_INR", "90")),
        gst_qr_keys=environ.get("GST_QR_KEYS", ""),
        cors_origins=_words(environ.get("CORS_ORIGINS", "*")),
        trusted_hops=_positive(environ, "TRUSTED_HOPS", 1),
        storage_emulator=environ.get("STORAGE_EMULATOR_HOST", "").rstrip("/"),
        public_url=environ.get("PUBLIC_URL", "").rstrip("/"),
        replay_networks=_networks(environ.get("REPLAY_NETWORKS", "")),
    )


@cache
def settings() -> Settings:
    """This process's settings, read once."""
    return read(os.environ)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _auth_mode(text: str) -> AuthMode:
    if text == "open":
        return "open"
    if text == "token":
        return "token"
    raise BadSetting(f"AUTH_MODE is {text!r}; it must be open or token")


def _profile(text: str) -> Profile:
    if text == "v1":
        return "v1"
    if text == "v2":
        return "v2"
    raise BadSetting(f"EXTRACTION_PROFILE is {text!r}; it must be v1 or v2")


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "off")
    if text not in ("on", "off"):
        raise BadSetting(f"{name} is {text!r}; it must be on or off")
    return text == "on"


def _positive(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadSetting(f"{name} is {text!r}; it must be a whole number above 0")
    return int(text)


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return networks(text)
    except ValueError:
        raise BadSetting(f"REPLAY_NETWORKS is {text!r}; it must be networks as in 10.1.0.0/16") from None


def _rate(text: str) -> Decimal:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal(0)
    if not (rate.is_finite() and rate > 0):
        raise BadSetting(f"USD_INR is {text!r}; it must be a number above 0")
    return rate
