"""Records as files to download: `format` in the query names which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Response

from common import checked
from common.checked import Checked, Parameter
from common.errors import Missing, Rejected, Unprocessable
from common.exports.files import FORMATS, ExportFile, Format, export
from common.exports.record import Exported
from common.http.body import Body


def wanted(asked: Body) -> Format | None:
    """The format that is asked for; None for none, Rejected for one that is not known."""
    kind = asked.text("format")
    if kind is None:
        return None
    if kind not in FORMATS:
        raise Rejected(f"format must be one of {', '.join(FORMATS)}")
    return kind


def of_one(record: Checked, kind: Format) -> Response:
    """One record's file; raises Unprocessable where nothing was read from it."""
    found = _exported(record)
    if found is None:
        raise Unprocessable("The record has no data to export")
    return _file(export([found], kind, found.name))


def of_many(numbers: Sequence[tuple[Parameter, int]], kind: Format) -> Response:
    """The file of all these records that have data."""
    found: list[Exported] = []
    for parameter, number in numbers:
        try:
            exported = _exported(checked.find(parameter, number))
        except Missing:  # gone since it was listed
            continue
        if exported is not None:
            found.append(exported)
    if not found:
        raise Unprocessable("There is no record with data to export")
    return _file(export(found, kind, "invoices"))


def _exported(record: Checked) -> Exported | None:
    read = record.extracted
    if read is None or read.status != "OK":
        return None
    values = {
        name: value
        for name, value in cast("dict[str, object]", read.data.get("data") or {}).items()
        if name != "confidence"
    }
    name = record.file_name.rpartition("/")[2]
    return Exported(record.parameter, record.number, name, read.manual_verified, values)


def _file(file: ExportFile) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
    return Response(file.content, headers=headers, content_type=file.content_type)
