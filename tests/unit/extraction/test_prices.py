"""What a call costs, to the last digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from common.config import read
from common.extraction.prices import Endpoint, book, price_of, supported_models

_NOW, _LATER = date(2026, 11, 24), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("model", "when", "prompt", "cached", "answer", "thoughts", "usd"),
    [
        ("gemini-3.5-flash-lite", _NOW, 2000, 0, 600, 0, "0.0021"),
        ("gemini-3.8-flash", _NOW, 2000, 0, 600, 1500, "0.009375"),
        ("gemini-3.8-flash", _LATER, 2000, 0, 600, 1500, "0.01875"),
        ("gemini-3.8-flash", _NOW, 10000, 8000, 600, 1500, "0.009975"),
        ("gemini-3.8-flash", _LATER, 10000, 8000, 600, 1500, "0.01995"),
        ("gemini-2.5-pro", _NOW, 200000, 0, 1000, 1000, "0.270"),
        ("gemini-2.5-pro", _NOW, 200001, 0, 1000, 1000, "0.5300025"),
        ("gemini-2.5-pro", _NOW, 262960, 257955, 1744, 0, "0.10316125"),
    ],
)
def test_prices_are_those_of_two_price_books(  # noqa: PLR0917  the columns of the table above
    model: str, when: date, prompt: int, cached: int, answer: int, thoughts: int, usd: str
) -> None:
    found = price_of(
        "gemini", model, when, input_tokens=prompt, cached_tokens=cached, output_tokens=answer + thoughts
    )
    assert found == Decimal(usd)


@pytest.mark.parametrize(
    ("endpoint", "usd"), [("gemini", "2.8"), ("vertex", "0.5"), ("gemini_v2", "2.8"), ("vertex_v2", "2.8")]
)
def test_each_endpoint_has_its_own_documented_price(endpoint: Endpoint, usd: str) -> None:
    found = price_of(endpoint, "gemini-2.5-flash", _NOW, input_tokens=1_000_000, output_tokens=1_000_000)
    assert found == Decimal(usd)


@pytest.mark.parametrize(
    ("endpoint", "models"),
    [
        (
            "gemini",
            "gemini-2.5-pro gemini-3-pro-preview gemini-3-pro-image-preview "
            "gemini-2.0-flash gemini-2.5-flash",
        ),
        ("vertex", "gemini-2.5-pro gemini-2.5-flash gemini-3-pro-preview gemini-3-pro-image-preview"),
        ("gemini_v2", "gemini-2.5-pro gemini-3-pro-preview gemini-3-pro-image-preview gemini-2.5-flash"),
        ("vertex_v2", "gemini-2.5-pro gemini-3-pro-preview gemini-3-pro-image-preview gemini-2.5-flash"),
    ],
)
def test_supported_models_stand_in_the_documentations_order(endpoint: Endpoint, models: str) -> None:
    assert supported_models(endpoint) == tuple(models.split())


def test_flex_and_batch_cost_half() -> None:
    full = price_of("gemini", "gemini-2.5-pro", _NOW, input_tokens=1000, output_tokens=1000)
    assert full is not None
    for tier in ("flex", "batch"):
        found = price_of("gemini", "gemini-2.5-pro", _NOW, input_tokens=1000, output_tokens=1000, tier=tier)
        assert found == full / 2


def test_a_region_of_vertex_costs_a_tenth_more_for_newer_flash_models() -> None:
    base = price_of("vertex", "gemini-3.5-flash", _NOW, input_tokens=1000, output_tokens=0, location="global")
    region = price_of(
        "vertex", "gemini-3.5-flash", _NOW, input_tokens=1000, output_tokens=0, location="europe-west4"
    )
    assert base is not None
    assert region == base * Decimal("1.1")


def test_an_unknown_model_has_no_price_and_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    assert price_of("gemini", "gemini-9-ultra", _NOW, input_tokens=1, output_tokens=1) is None
    assert "gemini-9-ultra" in caplog.text


def test_a_pinned_version_costs_what_its_model_does() -> None:
    for model in ("gemini-2.0-flash-001", "models/gemini-2.0-flash"):
        assert price_of("gemini", model, _NOW, input_tokens=10**6, output_tokens=0) == Decimal("0.1")


def test_nothing_costs_nothing() -> None:
    assert price_of("gemini", "gemini-2.5-pro", _NOW, input_tokens=0, output_tokens=0) == Decimal(0)


def test_every_part_of_the_book_says_where_it_comes_from_and_when_it_was_read() -> None:
    assert set(book().sources) == {"documented", "current", "conversion"}
    assert all(source.name and source.read <= _LATER for source in book().sources.values())


def test_the_rate_of_the_book_is_the_settings_default() -> None:
    assert book().usd_inr == read({}).usd_inr == 90


@pytest.mark.parametrize("endpoint", ["gemini", "vertex", "gemini_v2", "vertex_v2"])
def test_a_price_that_changes_has_no_gap_and_no_day_with_two(endpoint: Endpoint) -> None:
    for model in ("gemini-3.6-flash", "gemini-3.7-flash", "gemini-3.8-flash"):
        prices = [
            price_of(endpoint, model, day, input_tokens=10**6, output_tokens=10**6, location="global")
            for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30))
        ]
        assert prices == [Decimal("4.5"), Decimal(9), Decimal(9)]
