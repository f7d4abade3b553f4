"""Rows of a MANIFEST.jsonl: a document, its true values, and which of them its pages show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from common.domain.fields import ORDER
from common.extraction.answer import tidy
from evaluation.sample import CELLS, NO_VENDOR, Sample, group_of

NAME = "MANIFEST.jsonl"

_NAMES = {"total": "total_amt", "net_total": "taxable_amt", "tax_total": "tax_amt", "line_items": "items"}
"""What manifests call a field, where that is not its name in `data.data`."""

_CELLS = {"total": "amount"}
_DOCUMENT_TYPES = {"380": "invoice", "381": "credit_note", "383": "debit_note", "384": "invoice"}
"""UNTDID 1001, as e-invoices use it."""

_LINES = "line_totals"


def sample(row: Mapping[str, Any], folder: Path, root: Path, *, originals: bool = False) -> Sample | None:
    """The document of a row; None where it has no original and `originals` are asked for.

    Where a row says what is visible, only that is scored: line items only when all of
    them are, and of these the amounts, because a row says no more about them. On the way
    through the e-invoice inside everything counts, except in a document whose e-invoice
    is faulty on purpose. Raises ValueError.
    """
    told, file = row.get("gt"), row.get("original") if originals else row.get("file")
    if originals and (file is None or row.get("deliberately_faulty")):
        return None
    if not isinstance(told, dict) or not isinstance(file, str):
        raise ValueError("a row needs file and gt")
    visible = None if originals else row.get("gt_visible_on_page")
    if visible is not None and not isinstance(visible, dict):
        raise ValueError("gt_visible_on_page is no object")
    true = _truth(told)
    truth, silent = {}, {}
    for name, value in true.items():
        shown = True if visible is None else _shown(name, visible, told)
        if shown:
            truth[name] = value
        elif shown is None:
            silent[name] = value
    if row.get("document"):
        # A contract or an order: it may carry numbers, but none of an invoice.
        truth["document_type"], truth["invoice_number"] = "other", None
    elif str(told.get("doc_type_code")) in _DOCUMENT_TYPES:
        silent["document_type"] = _DOCUMENT_TYPES[str(told["doc_type_code"])]
    path, original = _inside(folder, file), row.get("original")
    return Sample(
        path.relative_to(root).as_posix(),
        group_of(folder, root),
        path,
        truth,
        true.get("vendor_name") or NO_VENDOR,
        CELLS if visible is None else (),
        silent,
        _inside(folder, original) if isinstance(original, str) and not originals else None,
    )


def _truth(told: Mapping[str, Any]) -> dict[str, Any]:
    fields = {_NAMES.get(name, name): value for name, value in told.items()}
    if isinstance(fields.get("items"), list):
        fields["items"] = [
            {_CELLS.get(cell, cell): value for cell, value in line.items() if cell != "unit"}
            for line in fields["items"]
            if isinstance(line, dict)
        ]
    clean = tidy(fields)
    return {name: clean[name] for name in ORDER if clean[name] not in (None, [])}


def _shown(name: str, visible: Mapping[str, Any], told: Mapping[str, Any]) -> bool | None:
    """Whether the pages show a field; None where the row does not say."""
    if name == "items":
        lines = len(told["line_items"])
        return _LINES in visible and visible[_LINES] == f"{lines}/{lines}"
    own = next((key for key, value in _NAMES.items() if value == name and key in told), name)
    return visible[own] is True if own in visible else None


def _inside(folder: Path, file: str) -> Path:
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"{file} lies outside the folder")
    if not path.is_file():
        raise ValueError(f"{file} is missing")
    return path
