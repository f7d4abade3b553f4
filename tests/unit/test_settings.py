"""Settings: read from the environment in one place, and all of them in the README's table."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from common.config import BadSetting, read

ROOT = Path(__file__).parents[2]
NAME = re.compile(r'"([A-Z][A-Z_]+)"')
ROW = re.compile(r"^\| `([A-Z_]+)` \|([^|]*)\|", re.MULTILINE)
OF_THE_LOCAL_CLOUD = {"LOCAL_PORT"}


def table() -> dict[str, str]:
    """The README's table: each setting's name and default."""
    return {name: default.strip() for name, default in ROW.findall((ROOT / "README.md").read_text("utf-8"))}


def test_the_readme_names_every_setting_that_is_read_and_no_other() -> None:
    names = set(NAME.findall((ROOT / "common/config.py").read_text("utf-8")))
    assert names
    assert set(table()) == names | OF_THE_LOCAL_CLOUD


def test_the_readmes_defaults_are_the_real_ones() -> None:
    settings = read({})
    for name, field in (
        ("AUTH_MODE", settings.auth_mode),
        ("GOOGLE_CLOUD_PROJECT", settings.project),
        ("INVOICE_BUCKET", settings.bucket),
        ("EXTRACTION_TOPIC", settings.topic),
        ("DEAD_LETTER_TOPIC", settings.dead_letter_topic),
        ("VERTEX_LOCATION", settings.vertex_location),
        ("EXTRACTION_MODEL", settings.extraction_model),
        ("EXTRACTION_PROFILE", settings.extraction_profile),
        ("EXTRACTION_ATTEMPTS", settings.extraction_attempts),
        ("EXTRACT_SECONDS", settings.extract_seconds),
        ("MODEL_SECONDS", settings.model_seconds),
        ("USD_INR", settings.usd_inr),
        ("TRUSTED_HOPS", settings.trusted_hops),
        ("CORS_ORIGINS", ",".join(settings.cors_origins)),
    ):
        assert table()[name] == str(field), name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("AUTH_MODE", "closed"),
        ("EXTRACTION_PROFILE", "v3"),
        ("USD_INR", "0"),
        ("USD_INR", "ninety"),
        ("USD_INR", "NaN"),
        ("EXTRACT_SECONDS", "-1"),
        ("EXTRACT_OCR", "yes"),
        ("MODEL_SECONDS", "1.5"),
        ("REPLAY_NETWORKS", "10.0.0.1/8"),
        ("REPLAY_NETWORKS", "the office"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, text: str) -> None:
    with pytest.raises(BadSetting, match=name):
        read({name: text})


def test_a_rate_is_exact() -> None:
    assert read({"USD_INR": "88.4275"}).usd_inr == Decimal("88.4275")
