"""With text recognition on, a scan's values are found on its picture; without it, a person is asked.

The words that were recognised are kept for that person, who can then take them from the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from emulators.cloud import ALL, LocalOptions
from tests.contract.caller import Caller, body, error
from tests.documents import Drawn
from tests.emulated.test_forget import forget
from tests.environment import clean_environment
from tests.running import RunningCloud, eventually, started

FIELDS = ("vendor_name", "invoice_number", "invoice_date", "subtotal", "tax_amt", "total_amt")


@pytest.fixture(scope="module")
def recognising(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    """A cloud that recognises text in pictures."""
    options = LocalOptions(
        folder=tmp_path_factory.mktemp("recognising"),
        port=0,
        environ=clean_environment(),
        settings={"EXTRACT_OCR": "on"},
        parts=ALL - {"auth", "webhook"},
    )
    with started(options) as running:
        yield running


@pytest.fixture
def caller(recognising: RunningCloud) -> Iterator[Caller]:
    with recognising.client() as http:
        yield Caller.new(http)


def read(cloud: RunningCloud, pdf: bytes) -> tuple[int, dict[str, Any]]:
    """A direct record's id and what stands in its data."""
    with cloud.client() as http:
        files = {"file": ("scan.pdf", pdf, "application/pdf")}
        answer = body(http.post("/invoice/extract-data/", files=files))
    return answer["id"], answer["data"]


def words(caller: Caller, **record: int) -> dict[str, list[Decimal]]:
    """The boxes of what was recognised on the first page, by its text."""
    answer = caller.http.get("/check/words/", params=record)
    assert answer.status_code == 200, answer.text
    (page,) = body(answer)["pages"]
    assert page["page"] == 1
    return {run["text"]: run["box"] for line in page["lines"] for run in line}


def test_with_recognition_a_scans_values_are_found_on_its_picture(recognising: RunningCloud) -> None:
    drawn = Drawn()
    _, data = read(recognising, drawn.scan())
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
    record, data = read(cloud, Drawn().scan())
    assert data["evidence"]["total_amt"] is None
    assert data["data"]["confidence"]["total_amt"] < Decimal("0.5")
    assert "illegible" in {reason["code"] for reason in data["review"]["reasons"]}
    assert "ocr" not in {source["kind"] for source in data["sources"]}
    with cloud.client() as http:
        assert body(http.get("/check/words/", params={"id": record})) == {"pages": []}
        assert body(http.get("/check/data/", params={"id": record}))["words"] is None
    assert cloud.objects(f"results/direct/{record}/") == []


def test_what_was_recognised_is_kept_for_the_person_who_checks(
    caller: Caller, recognising: RunningCloud
) -> None:
    drawn = Drawn(vendor="Quillfeather Supplies")
    number = caller.uploaded(drawn.scan())
    read = caller.once(number, "done")
    found = words(caller, invoice_id=number)
    assert {"Quillfeather Supplies", "Contoso Retail Inc", "Delivery boxes", "1,200.00"} <= found.keys()
    # Where the drawing has it: from 50 on, on a baseline 705 points above the page's foot.
    x0, y0, x1, y1 = found["Contoso Retail Inc"]
    assert abs(x0 - 50) < 4
    assert abs(x1 - 133) < 6
    assert y0 < 842 - 708 < y1
    assert y1 - y0 < 20
    # Nobody else is told of words that are no values, and no log has any.
    assert "Quillfeather" in str(read)
    assert "Bill" not in str(read)
    logs = recognising.folder / "logs"
    assert not any("Quillfeather" in log.read_text("utf-8", "replace") for log in logs.glob("*.log"))


def test_a_correction_keeps_the_words_and_a_new_reading_has_its_own(
    caller: Caller, recognising: RunningCloud
) -> None:
    number = caller.uploaded(Drawn().scan())
    caller.once(number, "done")
    query = {"invoice_id": number}
    first = caller.http.get("/check/words/", params=query)
    assert first.headers["Cache-Control"] == "private, no-cache"
    kept = {"If-None-Match": first.headers["ETag"]}
    correction = {"invoice_id": number, "data": {"po_number": "PO-7"}}
    assert caller.http.post("/check/save/", json=correction).status_code == 200
    assert caller.http.get("/check/words/", params=query, headers=kept).status_code == 304
    caller.http.post(f"/invoice/{number}/refetch/")
    eventually(lambda: caller.data(number)["invoice_data"]["version"] == 3)
    second = caller.http.get("/check/words/", params=query, headers=kept)
    assert (second.status_code, body(second)) == (200, body(first))
    assert body(caller.http.get("/check/data/", params=query))["words"] == second.headers["ETag"].strip('"')
    _, current = recognising.objects(f"results/invoice/{number}/")
    recognising.delete_object(current)
    assert error(caller.http.get("/check/words/", params=query)) == (
        404,
        "Recognised words not found on server",
    )
    assert forget(recognising, caller.user_id)["objects"] == 2  # the file, and the first reading's words
    assert recognising.objects(f"results/invoice/{number}/") == []


def test_where_no_model_answers_the_words_help_who_fills_it_in_by_hand(
    caller: Caller, recognising: RunningCloud
) -> None:
    drawn = Drawn()
    with recognising.failing_model("prompt_blocked"):
        number = caller.uploaded(drawn.scan())
        assert caller.once(number, "failed")["invoice_data"]["status"] == "ERROR"
    assert any(drawn.number in text for text in words(caller, invoice_id=number))
