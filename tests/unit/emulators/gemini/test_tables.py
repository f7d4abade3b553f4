"""Tables as browsers print them: centred cells, narrow columns, a sign before the heading."""

from __future__ import annotations

from decimal import Decimal

from tests.unit.emulators.gemini.drawn import Paper
from tests.unit.emulators.gemini.test_reading import items

_COLUMNS = (330.0, 420.0, 540.0)


def _paper(*, font: str = "Helvetica") -> Paper:
    paper = Paper(font=font)
    paper.text(45, 60, "Nordlicht Druck GmbH", size=16)
    paper.lines(45, 78, "Am Markt 3", "18055 Rostock")
    paper.lines(45, 130, "Rechnungsnummer: 2026-114", "Rechnungsdatum: 12.03.2026")
    return paper


def _row(paper: Paper, y: float, *cells: str) -> None:
    for x, text in zip(_COLUMNS, cells, strict=True):
        paper.text(x, y, text, right=True)


def _sums(paper: Paper, y: float, net: str, tax: str, total: str) -> None:
    for step, (name, value) in enumerate((("Nettobetrag", net), ("USt. 19%", tax), ("Gesamtbetrag", total))):
        paper.text(400, y + 14 * step, name)
        paper.text(540, y + 14 * step, f"{value} €", right=True)


def test_the_lines_of_a_description_stay_with_their_row_where_the_figures_stand_level_with_its_middle() -> (
    None
):
    paper = _paper()
    paper.text(45, 200, "# Bezeichnung")
    _row(paper, 200, "Menge", "Einzelpreis", "Betrag")
    paper.text(45, 220, "1 Papier A4")
    _row(paper, 220, "2", "10,00", "20,00")
    paper.lines(55, 240, "Wartung für ein Jahr mit zwei", "Besuchen", step=12)
    paper.text(45, 246, "2")
    _row(paper, 246, "1", "80,00", "80,00")
    paper.lines(55, 272, "Bericht", "über beide Besuche", "mit Bildern", step=12)
    paper.text(45, 284, "3")
    _row(paper, 284, "1", "50,00", "50,00")
    _sums(paper, 330, "150,00", "28,50", "178,50")
    assert [item["description"] for item in items(paper.read())] == [
        "Papier A4",
        "Wartung für ein Jahr mit zwei Besuchen",
        "Bericht über beide Besuche mit Bildern",
    ]


def test_a_quantity_close_before_a_price_is_not_its_thousands() -> None:
    paper = _paper(font="Courier")
    paper.text(45, 200, "Bezeichnung")
    paper.text(326, 200, "Menge", right=True)
    paper.text(370, 200, "Preis", right=True)
    paper.text(540, 200, "Betrag", right=True)
    for y, quantity, price, total in ((220, "8", "863,85", "6.910,80"), (236, "3", "120,00", "360,00")):
        paper.text(45, y, "Papier A4")
        paper.text(326, y, quantity, right=True)
        paper.text(370, y, price, right=True)
        paper.text(540, y, total, right=True)
    _sums(paper, 280, "7.270,80", "1.381,45", "8.652,25")
    assert [(item["quantity"], item["unit_price"]) for item in items(paper.read())] == [
        (8, Decimal("863.85")),
        (3, Decimal("120.00")),
    ]


def test_the_label_of_the_buyers_block_at_the_top_is_nobodys_name() -> None:
    paper = Paper()
    paper.lines(45, 50, "Cliente", "Lucía Fernández", "Calle Mayor 15", "28013 Madrid")
    paper.lines(45, 130, "Café Central", "Av. del Puerto 3", "46021 Valencia")
    paper.text(45, 200, "FACTURA", size=14)
    paper.lines(45, 220, "Número de factura: 2026/014", "Fecha: 05/08/2026")
    paper.text(400, 260, "TOTAL")
    paper.text(540, 260, "42,00 €", right=True)
    found = paper.read()
    assert (found["vendor_name"], found["buyer_name"]) == ("Café Central", "Lucía Fernández")
