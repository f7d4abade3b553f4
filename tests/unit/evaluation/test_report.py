"""A run as JSON, as a page and as text, with hostile text in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from common.domain import exact_json
from evaluation.plots import Bar, Plot
from evaluation.report import Report
from evaluation.tables import Column, Table

HOSTILE = "</td><script src=//evil.example/x.js></script>\x1b[2J\u202e\"'&<img src=x onerror=alert(1)>"


def report(text: str = "Lieferant GmbH") -> Report:
    columns = (
        Column("vendor", "vendor", "text"),
        Column("exact", "exact"),
        Column("share", "share", "share"),
    )
    return Report(
        "extraction",
        datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
        {"folder": text},
        ("wrong_unflagged", "Wrong and unflagged"),
        {"wrong_unflagged": 3, "exact_share": Decimal("0.9"), "usd": Decimal("0.0021")},
        [Table("vendors", "By vendor", columns, [(text, 1234, Decimal("0.985")), (text, 0, None)])],
        [Plot("Values by vendor", ("exact", "missing", "doubt", "wrong"), [Bar(text, (8, 1, 0, 1))])],
    )


class Elements(HTMLParser):
    """Every element of a page with its attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_figure_that_matters_most_stands_first() -> None:
    assert report().as_text().startswith("Wrong and unflagged: 3\n")
    text = Elements(report().as_page()).text
    assert text.index("Wrong and unflagged") < text.index("exact share")


def test_the_page_has_no_script_and_asks_no_host() -> None:
    page = Elements(report().as_page())
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(page.tags)
    assert not {name for name, _ in page.attributes if name in ("src", "href") or name.startswith("on")}
    assert "url(" not in report().as_page()
    assert "svg" in page.tags


def test_text_of_a_document_stays_text_on_the_page() -> None:
    hostile, plain = Elements(report(HOSTILE).as_page()), Elements(report().as_page())
    assert hostile.tags == plain.tags
    assert "<img src=x onerror=alert(1)>" in hostile.text
    assert "\u202e" not in hostile.text


@given(st.text(max_size=60))
def test_no_text_whatever_adds_an_element_to_the_page(text: str) -> None:
    assert Elements(report(text).as_page()).tags == Elements(report().as_page()).tags


def test_a_terminal_gets_no_sign_that_it_would_obey() -> None:
    text = report(HOSTILE).as_text()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)


def test_the_columns_of_a_terminal_stand_below_each_other() -> None:
    lines = report("株式会社").as_text().splitlines()
    head = next(line for line in lines if line.startswith("vendor"))
    row = next(line for line in lines if line.startswith("株"))
    # Each of the four signs takes two columns.
    assert head.index("share") + len("share") == len(row) + 4
    assert row.endswith("1,234  98.5 %")


def test_the_json_has_exact_numbers_by_the_names_of_the_columns(tmp_path: Path) -> None:
    data, page = report().write(tmp_path / "deep" / "er")
    result = exact_json.loads(data.read_text("utf-8"))
    assert isinstance(result, dict)
    assert result["totals"]["usd"] == Decimal("0.0021")
    assert result["tables"]["vendors"] == [
        {"vendor": "Lieferant GmbH", "exact": 1234, "share": Decimal("0.985")},
        {"vendor": "Lieferant GmbH", "exact": 0, "share": None},
    ]
    assert page.read_text("utf-8") == report().as_page()


def test_a_bar_is_as_long_as_its_parts_together() -> None:
    page = report().as_page()
    wide = [
        float(found) for found in re.findall(r'<rect class="\w+" x="[\d.]+" y="\d+" width="([\d.]+)"', page)
    ]
    parts = [each for each in wide if each != 12]
    assert [round(each / parts[-1], 1) for each in parts] == [8.0, 1.0, 1.0]
