"""The export formats by name, and the file that each makes of one record or of many."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from common.domain.exact_json import dumps
from common.exports.record import Exported

Format = Literal["json", "csv", "xlsx", "ubl", "tally"]
FORMATS: tuple[Format, ...] = ("json", "csv", "xlsx", "ubl", "tally")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class ExportFile:
    """A file to be downloaded."""

    name: str
    content_type: str
    content: bytes


def export(records: Sequence[Exported], kind: Format, name: str) -> ExportFile:
    """The file of `records`, named `name`; raises Unprocessable where one lacks what the format demands."""
    if kind == "json":
        return ExportFile(
            f"{name}.json", "application/json", dumps([_json(each) for each in records]).encode()
        )
    if kind == "csv":
        from common.exports.table import csv_of

        return ExportFile(f"{name}.csv", "text/csv; charset=utf-8", csv_of(records))
    if kind == "xlsx":
        from common.exports.excel import workbook_of

        return ExportFile(f"{name}.xlsx", _XLSX, workbook_of(records))
    if kind == "tally":
        from common.exports.tally import tally_of

        return ExportFile(f"{name}-tally.xml", "application/xml", tally_of(records))
    from common.exports.ubl import ubl_of

    if len(records) == 1:
        return ExportFile(f"{name}-ubl.xml", "application/xml", ubl_of(records[0]))
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for record in records:
            archive.writestr(ZipInfo(f"{record.name}.xml", _ZIP_TIME), ubl_of(record), ZIP_DEFLATED)
    return ExportFile(f"{name}-ubl.zip", "application/zip", content.getvalue())


def _json(record: Exported) -> dict[str, object]:
    return {
        record.parameter: record.number,
        "file_name": record.file_name,
        "manual_verified": "Y" if record.verified else "N",
        "data": record.values,
    }
