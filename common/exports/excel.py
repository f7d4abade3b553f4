"""Records as an Excel workbook: numbers are numbers, dates are dates, texts are nothing but texts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from common.domain.dates import iso
from common.domain.fields import HEADER, ITEM_CELLS, TAX_CELLS, Field
from common.exports.record import Exported, plain

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

EXACT_DIGITS = 15
"""Excel's numbers are IEEE doubles, which hold any number of so many digits."""

LONGEST_TEXT = 32_767
"""Characters of a cell (Microsoft, "Excel specifications and limits")."""


def workbook_of(records: Sequence[Exported]) -> bytes:
    """A sheet of invoices, one of their lines and one of their taxes."""
    import xlsxwriter

    content = io.BytesIO()
    safe = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, safe) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = _sheet(
            book.add_worksheet("Invoices"), ["record", "file_name", "manual_verified"], HEADER, bold
        )
        for row, record in enumerate(records, 1):
            sheet.write_string(row, 0, record.name)
            sheet.write_string(row, 1, record.file_name[:LONGEST_TEXT])
            sheet.write_string(row, 2, "Y" if record.verified else "N")
            for column, field in enumerate(HEADER, 3):
                _write(sheet, (row, column), record.values.get(field.name), field, day)
        for title, cells in (("Lines", ITEM_CELLS), ("Taxes", TAX_CELLS)):
            sheet = _sheet(book.add_worksheet(title), ["record", "line"], cells, bold)
            row = 0
            for record in records:
                for index, line in enumerate(record.items if title == "Lines" else record.taxes, 1):
                    row += 1
                    sheet.write_string(row, 0, record.name)
                    sheet.write_number(row, 1, index)
                    for column, field in enumerate(cells, 2):
                        _write(sheet, (row, column), line.get(field.name), field, day)
    return content.getvalue()


def _sheet(sheet: Worksheet, first: list[str], fields: Sequence[Field], bold: Format) -> Worksheet:
    for column, name in enumerate([*first, *(field.name for field in fields)]):
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(first) + len(fields) - 1, 16)
    return sheet


def _write(sheet: Worksheet, place: tuple[int, int], value: object, field: Field, day: Format) -> None:
    row, column = place
    if value is None:
        return
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        if len(number.normalize().as_tuple().digits) <= EXACT_DIGITS:
            sheet.write_number(row, column, float(number))
        else:  # as a number it would lose its last digits
            sheet.write_string(row, column, plain(number))
        return
    when: date | None = iso(value) if field.kind == "date" else None
    if when is not None and when.year >= 1900:
        sheet.write_datetime(row, column, when, day)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST_TEXT])
