"""With text recognition on, a scan's values are found on its picture; without it, a person is asked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from emulators.cloud import LocalOptions, local_cloud
from tests.contract.caller import body
from tests.documents import Drawn
from tests.environment import clean_environment
from tests.running import RunningCloud

FIELDS = ("vendor_name", "invoice_number", "invoice_date", "subtotal", "tax_amt", "total_amt")


@pytest.fixture(scope="module")
def recognising(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    """A cloud that recognises text in pictures."""
    options = LocalOptions(
        folder=tmp_path_factory.mktemp("recognising"),
        port=0,
        environ=clean_environment(),
        settings={"EXTRACT_OCR": "on"},
        parts=frozenset({"firestore", "storage", "pubsub", "gemini", "extract", "gateway"}),
    )
    with local_cloud(options) as running:
        yield RunningCloud(
            gateway=running.gateway_url,
            api_key=running.api_key,
            urls=dict(running.urls),
            pids=lambda: dict(running.pids),
            folder=options.folder,
        )


def read(cloud: RunningCloud, pdf: bytes) -> dict[str, Any]:
    with cloud.client() as http:
        files = {"file": ("scan.pdf", pdf, "application/pdf")}
        data: dict[str, Any] = body(http.post("/invoice/extract-data/", files=files))["data"]
    return data


def test_with_recognition_a_scans_values_are_found_on_its_picture(recognising: RunningCloud) -> None:
    drawn = Drawn()
    data = read(recognising, drawn.scan())
    assert (data["data"]["invoice_number"], data["data"]["total_amt"]) == (drawn.number, 1416)
    for field in FIELDS:
        assert data["evidence"][field]["source"] == "ocr", field
        assert data["data"]["confidence"][field] > Decimal("0.5"), field
    page, box = data["evidence"]["total_amt"]["page"], data["evidence"]["total_amt"]["box"]
    # Where the drawing has it: right-aligned at 545, some 270 points above the page's foot.
    assert page == 1
    assert abs(box[2] - 545) < 5
    assert 225 < box[1] < 300
    assert {"kind": "ocr", "name": "rapidocr", "verdict": None} in data["sources"]
    assert data["pages"] == {"total": 1, "read": 1, "with_text": 0, "scanned": 1, "unread": []}
    assert "illegible" not in {reason["code"] for reason in data["review"]["reasons"]}


def test_without_it_a_person_has_to_look(cloud: RunningCloud) -> None:
    data = read(cloud, Drawn().scan())
    assert data["evidence"]["total_amt"] is None
    assert data["data"]["confidence"]["total_amt"] < Decimal("0.5")
    assert "illegible" in {reason["code"] for reason in data["review"]["reasons"]}
    assert "ocr" not in {source["kind"] for source in data["sources"]}
