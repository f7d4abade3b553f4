"""The performance page: every placeholder filled, every row with both sides, its ratio and its rounds."""

from __future__ import annotations

import re
from datetime import date

from benchmarks.measure import Comparison, Spread
from benchmarks.report import page, table

TABLES = (
    "cold_start",
    "cold_read",
    "one_invoice",
    "many_invoices",
    "pages",
    "einvoices",
    "first_page",
    "held",
    "save",
    "upload",
    "ids",
    "webhook",
    "gateway",
)


def row(name: str, subject: float, baseline: float) -> Comparison:
    sides = [Spread(value, value / 2, value * 2) for value in (subject, baseline)]
    return Comparison(name, "ms", sides[0], sides[1], Spread(subject / baseline, 0.5, 12.34), 7)


def test_a_row_has_medians_with_their_ends_and_the_ratio_stands_out() -> None:
    text = table([row("this ÷ that", 3000, 20)])
    assert text.splitlines()[2] == (
        "| this ÷ that | 3,000 (1,500–6,000) ms | 20.0 (10.0–40.0) ms | **150** (0–12) | 7 |"
    )


def test_the_page_has_every_table_and_no_placeholder_left() -> None:
    tables = {name: [row(f"row of {name}", 2.0, 1.5)] for name in TABLES}
    text = page(tables, Spread(8, 7, 9), {"Cores": "2"}, date(2026, 11, 24))
    for name in TABLES:
        assert f"| row of {name} |" in text
    assert "Measured on 2026-11-24" in text
    assert "| Cores | 2 |" in text
    assert "held 8 (7–9) MiB more" in text
    assert "adds 0.50 ms" in text
    assert not re.search(r"\$\w", text)
