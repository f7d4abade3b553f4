"""Invoice numbers as they are printed."""

from __future__ import annotations

import pytest

from emulators.gemini.reader.identifiers import first_number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("INV-2041", "INV-2041"),
        ("# 164463-1", "164463-1"),
        ("No. 2026/0044", "2026/0044"),
        (": KW/26-27/0183 of 3 May", "KW/26-27/0183"),
        ("RE 2026-10482", "RE 2026-10482"),
        ("2019 / 123", "2019 / 123"),
        ("125/A", "125/A"),
        ("471102 vom 15.11.2024", "471102"),
        ("12345678.", "12345678"),
    ],
)
def test_a_number_is_taken_without_its_label(printed: str, number: str) -> None:
    assert first_number(printed) == number


@pytest.mark.parametrize(
    "printed",
    ["", "Date", "1,234.50", "12.03.2026", "1 of 3", "jane@doe.example", "due on receipt", "30 days"],
)
def test_what_is_no_identifier_is_none(printed: str) -> None:
    assert first_number(printed) is None
