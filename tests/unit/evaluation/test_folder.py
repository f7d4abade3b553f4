"""The folder's two forms, and what is scored of a document."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from evaluation.folder import BadFolder, samples
from evaluation.sample import CELLS, NO_VENDOR

ROW: dict[str, Any] = {
    "file": "pdf/a.pdf",
    "gt": {
        "vendor_name": "Lieferant GmbH",
        "invoice_number": "471102",
        "invoice_date": "2024-11-15",
        "currency": "EUR",
        "total": 529.87,
        "net_total": 473.0,
        "line_items": [
            {
                "description": "Trennblätter A4",
                "quantity": 20.0,
                "unit": "H87",
                "unit_price": 9.9,
                "total": 198.0,
            }
        ],
    },
    "gt_visible_on_page": {
        "vendor_name": False,
        "invoice_number": True,
        "invoice_date": True,
        "total": True,
        "net_total": False,
        "line_totals": "1/1",
    },
}


def listed(folder: Path, *rows: dict[str, Any]) -> Path:
    (folder / "pdf").mkdir(parents=True)
    (folder / "pdf" / "a.pdf").write_bytes(b"%PDF-1.4")
    (folder / "MANIFEST.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return folder


def pair(folder: Path, name: str, truth: object) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(b"%PDF-1.4")
    (folder / f"{name}.json").write_text(json.dumps(truth), "utf-8")


def test_only_what_a_manifest_calls_visible_is_scored(tmp_path: Path) -> None:
    (sample,) = samples(listed(tmp_path / "set", ROW))
    assert sample.truth["invoice_number"] == "471102"
    assert sample.truth["total_amt"] == Decimal("529.87")
    assert not {"vendor_name", "taxable_amt", "currency"} & set(sample.truth)
    assert sample.silent["currency"] == "EUR"
    assert (sample.group, sample.vendor) == ("set", "Lieferant GmbH")


def test_of_lines_that_a_manifest_calls_visible_the_amounts_are_scored(tmp_path: Path) -> None:
    (sample,) = samples(listed(tmp_path, ROW))
    assert [item["amount"] for item in sample.truth["items"]] == [Decimal("198.0")]
    assert sample.cells == ()


def test_lines_are_left_out_where_not_all_are_visible(tmp_path: Path) -> None:
    row = {**ROW, "gt_visible_on_page": {**ROW["gt_visible_on_page"], "line_totals": "0/1"}}
    (sample,) = samples(listed(tmp_path, row))
    assert "items" not in sample.truth


def test_everything_is_scored_where_nothing_is_said_about_visibility(tmp_path: Path) -> None:
    row = {key: value for key, value in ROW.items() if key != "gt_visible_on_page"}
    (sample,) = samples(listed(tmp_path, row))
    assert {"vendor_name", "taxable_amt", "currency", "items"} <= set(sample.truth)
    assert sample.cells == CELLS


def test_a_contract_is_no_invoice_and_has_no_invoice_number(tmp_path: Path) -> None:
    (sample,) = samples(listed(tmp_path, {**ROW, "document": "contract or order, not an invoice"}))
    assert sample.truth["document_type"] == "other"
    assert sample.truth["invoice_number"] is None


def test_originals_are_scored_whole_and_faulty_ones_left_out(tmp_path: Path) -> None:
    row = {**ROW, "original": "pdf/a.pdf"}
    folder = listed(tmp_path, row, {**row, "deliberately_faulty": True}, ROW)
    (sample,) = samples(folder, originals=True)
    assert sample.truth["vendor_name"] == "Lieferant GmbH"


def test_a_pair_is_scored_in_the_names_of_the_answer_and_null_means_not_on_it(tmp_path: Path) -> None:
    truth = {"total_amt": 12.10, "due_date": None, "items": [{"description": "Pen", "amount": 12.1}]}
    pair(tmp_path / "x", "one", truth)
    (sample,) = samples(tmp_path)
    assert sample.truth["total_amt"] == Decimal("12.1")
    assert sample.truth["due_date"] is None
    assert set(sample.truth) == {"total_amt", "due_date", "items"}
    assert (sample.name, sample.group, sample.vendor) == ("x/one.pdf", "x", NO_VENDOR)


def test_folders_of_both_forms_may_lie_below_one_another(tmp_path: Path) -> None:
    listed(tmp_path / "a", ROW)
    pair(tmp_path / "b" / "c", "one", {"total_amt": 1})
    (tmp_path / "b" / "no-truth.pdf").write_bytes(b"%PDF-1.4")
    assert [sample.group for sample in samples(tmp_path)] == ["a", "b/c"]


def test_a_picture_becomes_a_pdf_of_one_page(tmp_path: Path) -> None:
    picture = BytesIO()
    Image.new("RGB", (300, 150), "white").save(picture, "JPEG")
    (tmp_path / "a.jpg").write_bytes(picture.getvalue())
    (tmp_path / "MANIFEST.jsonl").write_text(json.dumps({"file": "a.jpg", "gt": {"total": 1.5}}), "utf-8")
    (sample,) = samples(tmp_path)
    document = pypdfium2.PdfDocument(sample.pdf())
    assert len(document) == 1
    assert document[0].get_size() == (144.0, 72.0)
    document.close()


@pytest.mark.parametrize("file", ["../outside.pdf", "/etc/hostname", "pdf/none.pdf"])
def test_a_row_can_not_name_a_file_outside_its_folder_or_one_that_is_missing(
    tmp_path: Path, file: str
) -> None:
    (tmp_path / "outside.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(BadFolder, match="line 1"):
        samples(listed(tmp_path / "set", {**ROW, "file": file}))


@pytest.mark.parametrize("row", [{"file": "pdf/a.pdf"}, {"gt": {}}, {"file": 3, "gt": {}}])
def test_a_row_without_a_file_or_a_truth_is_named(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(BadFolder, match="line 1: a row needs file and gt"):
        samples(listed(tmp_path, row))


def test_a_misspelt_field_is_named_instead_of_going_unscored(tmp_path: Path) -> None:
    pair(tmp_path, "one", {"totl_amt": 1})
    with pytest.raises(BadFolder, match=r"one\.json: totl_amt is no field"):
        samples(tmp_path)


def test_a_truth_that_is_no_json_is_named(tmp_path: Path) -> None:
    pair(tmp_path, "one", {})
    (tmp_path / "one.json").write_text("{", "utf-8")
    with pytest.raises(BadFolder, match=r"one\.json"):
        samples(tmp_path)


def test_a_folder_without_ground_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFolder, match="no document with ground truth"):
        samples(tmp_path)
    with pytest.raises(BadFolder, match="is no folder"):
        samples(tmp_path / "none")


def test_a_value_of_the_wrong_kind_is_named_instead_of_counting_as_absent(tmp_path: Path) -> None:
    pair(tmp_path, "one", {"total_amt": "twelve"})
    with pytest.raises(BadFolder, match=r"one\.json: total_amt has no value of its kind"):
        samples(tmp_path)
