"""The page of a load run says what was measured, and of no run what it did not show."""

from __future__ import annotations

import re
from datetime import date

from load.page import page, verdict
from load.settings import Ramp
from load.steps import Held

STEPS = [Held(16, 12.5, 0.0, 20.0, 90.0), Held(32, 13.0, 0.25, 1500.0, 2900.0)]
ROUTES = [
    {"Name": name, "Request Count": "1234", "Failure Count": "0", "50%": "12", "95%": "40", "99%": "1900"}
    for name in ("POST /upload/", "Aggregated")
]


def test_the_page_has_every_step_and_route_and_no_placeholder_left() -> None:
    text = page(ROUTES, STEPS, Ramp(16, 2, 20), {"Cores": "2"}, date(2026, 11, 28))
    assert "| 32 | 13.0 | 0.25 | 1,500 | 2,900 |" in text
    assert "| POST /upload/ | 1,234 | 0 | 12 | 40 | 1,900 |" in text
    assert "| all | 1,234 |" in text
    assert "| Cores | 2 |" in text
    assert "Every 20 s" in text
    assert "Measured on 2026-11-28" in text
    assert not re.search(r"\$\w", text)


def test_what_is_held_is_the_step_after_which_more_callers_got_no_more() -> None:
    assert "holds 12 answers a second with 16 callers" in verdict(STEPS)
    assert verdict([STEPS[0]]).startswith("Not saturated")
