"""Pages without rhyme or reason: the reader always comes to an end, and answers with plain values."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain import exact_json
from emulators.gemini.reader import invoice
from emulators.gemini.reader.page import Page, Word

SCRAPS = (
    "Invoice Rechnung No. Nr. # Date Datum Total Subtotal Tax 19% VAT MwSt. Qty Menge Price Amount "
    "Description HSN/SAC GSTIN 27AAKCS4821M1ZW DE123456789 12.50 1.234,56 $5.00 99,00- (12.00) 01.02.2026 "
    "March 5, 2026 Net 30 days GmbH Ltd. Bill To Ship From Seller 12345 Berlin Street : - · | 0 1 10 "
    "Übertrag CR Rs. 500/- IRN Discount Shipping Round off Paid Balance Due Pos 1/1 ２ ½ ² ß İ ﬁ \u00a0 % %% "
    "( ) .. ,, €"
).split(" ")
PLACES = st.one_of(st.sampled_from([45.0, 200.0, 400.0, 500.0]), st.floats(-20, 600))
LINES = st.one_of(st.integers(8, 60).map(lambda row: 13.0 * row), st.floats(-20, 850))


@st.composite
def words(draw: st.DrawFn) -> Word:
    text = draw(st.one_of(st.sampled_from(SCRAPS), st.text(min_size=1, max_size=12))).strip() or "x"
    x, base = draw(PLACES), draw(LINES)
    size = draw(st.sampled_from([0.1, 8.0, 9.0, 20.0]))
    return Word(text, x, base - size, x + len(text) * size / 2, base, base, size)


PAGES = st.builds(
    Page,
    number=st.just(1),
    width=st.just(595.0),
    height=st.just(842.0),
    words=st.lists(words(), max_size=60),
    recognized=st.booleans(),
)


@settings(deadline=timedelta(seconds=5), max_examples=150)
@given(st.lists(PAGES, min_size=1, max_size=3))
def test_any_page_is_read_to_its_end(pages: list[Page]) -> None:
    for number, page in enumerate(pages, 1):
        page.number = number
    values, text = invoice.read(pages)
    assert isinstance(text, str)
    assert exact_json.loads(exact_json.dumps(values)) is not None
    for name in ("total_amt", "subtotal", "tax_amt", "amount_due"):
        assert isinstance(values.get(name), Decimal | None)
