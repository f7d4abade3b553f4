"""The check page's parts and a person's corrections, through the function, kept in the real records."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from common.domain.exact_json import dumps, loads
from emulators.cloud.ports import Ports
from tests import checked_records
from tests.documents import Drawn
from tests.running import RunningCloud, eventually

ROOT = Path(__file__).resolve().parents[2]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SECRET = "a secret of this test alone, long enough"


@pytest.fixture
def record(cloud: RunningCloud) -> int:
    """A fresh direct record."""
    drawn = Drawn()
    return checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "invoice.pdf")


@pytest.fixture
def uploaded(cloud: RunningCloud) -> int:
    """A fresh uploaded invoice that has been read."""
    drawn = Drawn()
    return checked_records.invoice(cloud, checked_records.read_from(drawn), drawn.pdf(), "invoice.pdf")


def save(http: httpx.Client, body: dict[str, object], **query: str) -> httpx.Response:
    content = dumps(body)
    return http.post(
        "/check/save/", params=query, content=content, headers={"Content-Type": "application/json"}
    )


def shown(http: httpx.Client, **query: int) -> dict[str, Any]:
    answer = http.get("/check/data/", params=query)
    assert answer.status_code == 200, answer.text
    found = loads(answer.text)
    assert isinstance(found, dict)
    return found


# The page.


def test_the_page_opens_for_a_direct_record_and_for_an_uploaded_invoice(
    http: httpx.Client, record: int, uploaded: int
) -> None:
    for query in ({"id": record}, {"invoice_id": uploaded}):
        answer = http.get("/check/", params=query, headers={"Accept": BROWSER})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "invoice.pdf" in answer.text


@pytest.mark.parametrize(
    ("query", "status", "error"),
    [
        ("", 400, "id is required"),
        ("?id=", 400, "id is required"),
        ("?id=abc", 400, "id must be a valid integer"),
        ("?id=1e3", 400, "id must be a valid integer"),
        ("?invoice_id=abc", 400, "invoice_id must be a valid integer"),
        ("?id=0", 404, "Record not found"),
        ("?id=-4", 404, "Record not found"),
        ("?id=99999999999999999999", 404, "Record not found"),
        ("?invoice_id=999999999", 404, "Record not found"),
    ],
)
def test_a_record_that_cannot_be_shown_is_told_to_programs_and_to_people(
    http: httpx.Client, query: str, status: int, error: str
) -> None:
    for path in ("/check/", "/check"):
        for accept in ("*/*", "application/json", ""):
            answer = http.get(path + query, headers={"Accept": accept})
            assert (answer.status_code, answer.json()) == (status, {"error": error})
        page = http.get(path + query, headers={"Accept": BROWSER})
        assert page.status_code == status
        assert page.headers["Content-Type"].startswith("text/html")
        assert f"<h1>{error}</h1>" in page.text


def test_every_page_has_a_strict_policy_with_a_nonce_of_its_own(http: httpx.Client, record: int) -> None:
    nonces = set()
    for query in (f"?id={record}", f"?id={record}", "?id=0"):
        answer = http.get(f"/check/{query}", headers={"Accept": BROWSER})
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        for loose in ("unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:"):
            assert loose not in policy
        (nonce,) = re.findall(r"'nonce-([^']+)'", policy)
        nonces.add(nonce)
        assert all(f'nonce="{nonce}"' in script for script in re.findall(r"<script[^>]*>", answer.text))
        assert not re.search(r"\sstyle=|\son\w+=", answer.text)
        assert "Set-Cookie" not in answer.headers
    assert len(nonces) == 3


def test_hostile_names_are_text_in_the_page(http: httpx.Client, cloud: RunningCloud) -> None:
    name = "</script><script>alert(1)</script>'\"&.pdf"
    record = checked_records.direct(cloud, checked_records.read_from(Drawn()), Drawn().pdf(), name)
    page = http.get("/check/", params={"id": record}, headers={"Accept": BROWSER}).text
    assert "alert(1)</script>" not in page
    setup = re.search(r'<script type="application/json" id="setup"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert setup is not None
    assert json.loads(setup[1])["file_name"] == name.rpartition("/")[2]


# Its files.


def test_the_pages_files_are_served_for_a_year_and_nothing_else_is(http: httpx.Client, record: int) -> None:
    page = http.get("/check/", params={"id": record}, headers={"Accept": BROWSER}).text
    (base,) = set(re.findall(r"/check/static/[0-9a-f]+", page))
    for path in (
        "check/main.js",
        "page.css",
        "vendor/preact/preact.js",
        "vendor/pdfjs/build/pdf.worker.min.mjs",
    ):
        answer = http.get(f"{base}/{path}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"].split(";")[0] in ("text/javascript", "text/css")
        assert (
            http.get(f"{base}/{path}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        )
        assert http.head(f"{base}/{path}").status_code == 200
    former = http.get("/check/static/0123456789abcdef/check/main.js")
    assert (former.status_code, former.headers["Cache-Control"]) == (200, "no-store")
    hostile = (
        "nothing.js",
        "..%2Fmain.py",
        "%2e%2e/%2e%2e/main.py",
        "/etc/passwd",
        "vendor/lock.json/",
        "check",
        "",
        "%00",
    )
    for path in hostile:
        answer = http.get(f"{base}/{path}")
        assert answer.status_code in (400, 404), path


def test_the_pdf_comes_whole_and_in_parts(http: httpx.Client, record: int) -> None:
    whole = http.get("/check/file/", params={"id": record})
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.content.startswith(b"%PDF-")
    part = http.get("/check/file/", params={"id": record}, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, whole.content[5:10])
    again = http.get("/check/file/", params={"id": record}, headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304


# What is shown.


def test_the_data_comes_with_its_proofs(http: httpx.Client, record: int) -> None:
    found = shown(http, id=record)
    assert found["record"] == {"id": record, "file_name": "invoice.pdf"}
    assert found["data"]["total_amt"] == Decimal("1416.00")
    assert found["evidence"]["total_amt"]["page"] == 1
    assert {check["name"] for check in found["checks"]} >= {"BR-CO-10"}
    assert found["review"]["needed"] is True
    assert (found["version"], found["manual_verified"], found["status"]) == (1, "N", "OK")
    assert found["processing"]["state"] == "done"


def test_an_invoice_that_is_not_read_yet_says_so(http: httpx.Client, cloud: RunningCloud) -> None:
    waiting = checked_records.invoice(
        cloud, None, Drawn().pdf(), "new.pdf", state="reading", stage="asking the model"
    )
    found = shown(http, invoice_id=waiting)
    assert found["data"] is None
    assert (found["processing"]["state"], found["processing"]["stage"]) == ("reading", "asking the model")
    refused = save(http, {"invoice_id": waiting, "data": {"total_amt": 1}})
    assert (refused.status_code, refused.json()) == (400, {"error": "The record has no data to correct"})


# Records that could not be read.

FAILED = {
    "status": False,
    "message": "PDF cannot be read: it asks for a password",
    "model": "gemini-2.5-pro",
    "usage": {"model_calls": 1, "input_tokens": 9, "output_tokens": 0},
}


@pytest.mark.parametrize("parameter", ["id", "invoice_id"])
def test_a_record_that_could_not_be_read_is_filled_in_by_hand(
    http: httpx.Client, cloud: RunningCloud, parameter: str
) -> None:
    pdf = Drawn().pdf()
    number = (
        checked_records.direct(cloud, FAILED, pdf, "locked.pdf")
        if parameter == "id"
        else checked_records.invoice(cloud, FAILED, pdf, "locked.pdf", state="failed", stage="locked")
    )
    values = {
        "vendor_name": "Northwind",
        "currency": "INR",
        "subtotal": 100,
        "tax_amt": 18,
        "total_amt": Decimal("120.00"),
        "items": [{"description": "Bolts", "quantity": 2, "unit_price": 50, "amount": 100}],
    }
    evidence = {"vendor_name": {"page": 1, "box": [50, 48, 265, 66], "text": "Northwind"}}
    tried = save(http, {parameter: number, "data": values, "dry_run": True})
    assert any(
        check["name"] == "BR-CO-15" and check["status"] == "failed" for check in tried.json()["checks"]
    )
    assert shown(http, **{parameter: number})["status"] == "ERROR"
    wrong = {**values, "total_amt": Decimal("118.00")}
    saved = save(
        http,
        {parameter: number, "data": wrong, "evidence": evidence, "version": 1, "manual_verified": "Y"},
    )
    assert (saved.status_code, saved.json()["manual_verified"]) == (200, "Y")
    found = shown(http, **{parameter: number})
    assert (found["status"], found["message"], found["model"]) == ("OK", "Filled in by hand", "by hand")
    assert (found["data"]["total_amt"], found["data"]["invoice_number"]) == (Decimal("118.00"), None)
    assert found["data"]["items"][0]["unit_price"] == 50
    assert found["data"]["confidence"]["total_amt"] == 1
    assert found["evidence"]["vendor_name"]["box"] == [50, 48, 265, 66]
    assert found["processing"]["state"] == "done"
    assert found["usage"]["input_tokens"] == 9
    now, former = found["history"]
    assert (former["status"], former["version"]) == ("ERROR", 1)
    assert {"field": "vendor_name", "item": None, "cell": None, "old": None, "new": "Northwind"} in now[
        "changes"
    ]


def test_an_invoice_that_was_filled_in_is_not_read_over_again(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    number = checked_records.invoice(
        cloud, FAILED, Drawn().pdf(), "locked.pdf", owner="hand-1", state="failed"
    )
    assert save(http, {"invoice_id": number, "data": {"total_amt": 5}}).status_code == 200
    told = http.get(f"/invoice/{number}/data/").json()
    assert (told["invoice"]["data_fetch"], told["processing"]["state"]) == ("Y", "done")
    assert told["invoice_data"]["status"] == "OK"
    again = http.post("/process-invoices/", json={"invoice_id": number, "user_id": "hand-1"})
    assert again.json()["status"] == "already_processed"
    assert shown(http, invoice_id=number)["data"]["total_amt"] == 5


def test_nothing_is_no_way_to_fill_a_record_in(http: httpx.Client, cloud: RunningCloud) -> None:
    number = checked_records.invoice(cloud, FAILED, Drawn().pdf(), "locked.pdf", state="failed")
    nothing: list[dict[str, object]] = [{}, {"total_amt": None, "items": []}]
    for data in nothing:
        refused = save(http, {"invoice_id": number, "data": data, "manual_verified": "Y"})
        assert (refused.status_code, refused.json()["error"]) == (
            400,
            "data must hold a value: nothing was read from this record",
        )
    assert shown(http, invoice_id=number)["version"] == 1


# Corrections.


def test_a_correction_of_a_direct_record_is_read_back_exactly(http: httpx.Client, record: int) -> None:
    amount = Decimal("100000000.12345678")
    answer = save(http, {"id": record, "data": {"total_amt": amount, "po_number": "PO-1"}, "version": 1})
    assert (answer.status_code, answer.json()["message"], answer.json()["version"]) == (200, "Saved", 2)
    found = shown(http, id=record)
    assert str(found["data"]["total_amt"]) == str(amount)
    assert found["data"]["vendor_name"] == "Northwind Supplies Ltd"
    assert found["manual_verified"] == "N"
    assert found["evidence"]["total_amt"] is None
    assert found["data"]["confidence"]["po_number"] == 1


def test_a_typed_value_that_breaks_a_sum_is_doubtful_and_one_that_mends_it_is_not(
    http: httpx.Client, record: int
) -> None:
    save(http, {"id": record, "data": {"total_amt": 1500}})
    broken = shown(http, id=record)
    assert "total_amt" in {reason["field"] for reason in broken["review"]["reasons"]}
    assert broken["data"]["confidence"]["total_amt"] < Decimal("0.5")
    (check,) = [one for one in broken["checks"] if one["name"] == "BR-CO-15"]
    assert check["status"] == "failed"
    assert "1500" in check["message"]
    save(http, {"id": record, "data": {"total_amt": Decimal("1416.00")}})
    mended = shown(http, id=record)
    assert "total_amt" not in {reason["field"] for reason in mended["review"]["reasons"]}
    assert mended["data"]["confidence"]["total_amt"] >= Decimal("0.5")


def test_values_can_be_tried_without_being_stored(http: httpx.Client, record: int) -> None:
    answer = save(http, {"id": record, "data": {"total_amt": 1500}, "dry_run": True})
    assert answer.status_code == 200
    told = answer.json()
    assert told["message"] == "Not saved"
    assert "total_amt" in {reason["field"] for reason in told["review"]["reasons"]}
    assert shown(http, id=record)["version"] == 1


def test_a_verified_invoice_shows_its_corrections_everywhere(
    http: httpx.Client, cloud: RunningCloud, uploaded: int
) -> None:
    lines = [{"description": "Steel brackets", "quantity": 4, "amount": Decimal("990.10")}]
    answer = save(
        http, {"invoice_id": uploaded, "data": {"items": lines}, "manual_verified": "Y", "version": 1}
    )
    assert answer.status_code == 200, answer.text
    found = shown(http, invoice_id=uploaded)
    assert found["manual_verified"] == "Y"
    assert [line["amount"] for line in found["data"]["items"]] == [Decimal("990.10")]
    assert found["review"] == {"needed": False, "reasons": []}
    (stored,) = cloud.records("invoice_data", invoice_id=uploaded)
    assert (stored["manual_verified"], stored["version"], stored["review_needed"]) == (True, 2, False)
    (invoice,) = cloud.records("invoices", id=uploaded)
    assert invoice["version"] == 2
    if "invoices" in cloud.urls:
        told = http.get(f"/invoice/{uploaded}/data/").json()["invoice_data"]
        assert told["manual_verified"] == "Y"
        assert told["data"]["data"]["items"][0]["amount"] == 990.10


def test_who_changed_what_is_kept_and_the_former_version_whole(
    http: httpx.Client, cloud: RunningCloud, record: int
) -> None:
    save(http, {"id": record, "data": {"vendor_name": "Northwind Ltd", "total_amt": 1400}, "version": 1})
    (snapshot,) = cloud.snapshots("invoice_direct_data", id=record)
    account = loads(snapshot.get("result")["correction"])
    assert isinstance(account, dict)
    assert account["by"] is None
    assert [(one["field"], one["old"], one["new"]) for one in account["changes"]] == [
        ("vendor_name", "Northwind Supplies Ltd", "Northwind Ltd"),
        ("total_amt", Decimal("1416.00"), 1400),
    ]
    (former,) = snapshot.reference.collection("history").get(timeout=30)
    whole = loads(former.get("body"))
    assert isinstance(whole, dict)
    assert whole["data"]["total_amt"] == Decimal("1416.00")
    assert former.get("version") == 1


def test_a_mark_that_is_taken_back_brings_the_doubts_back_that_nobody_has_settled(
    http: httpx.Client, record: int
) -> None:
    before = shown(http, id=record)
    assert save(http, {"id": record, "data": {"invoice_date": "2026-05-03"}}).status_code == 200
    assert (
        save(http, {"id": record, "data": {"po_number": "PO-7"}, "manual_verified": "Y"}).status_code == 200
    )
    assert shown(http, id=record)["review"]["reasons"] == []
    taken = save(http, {"id": record, "data": {}, "manual_verified": "N"})
    assert taken.json() == {"message": "Saved", "version": 4, "manual_verified": "N"}
    found = shown(http, id=record)
    assert (found["data"]["invoice_date"], found["data"]["po_number"]) == ("2026-05-03", "PO-7")
    settled = {"ambiguous_date"}
    assert [each["code"] for each in found["review"]["reasons"]] == [
        each["code"] for each in before["review"]["reasons"] if each["code"] not in settled
    ]
    assert found["data"]["confidence"]["total_amt"] < 1
    assert found["data"]["confidence"]["invoice_date"] == 1
    assert found["evidence"]["total_amt"] == before["evidence"]["total_amt"]
    assert found["history"][0]["manual_verified"] == "N"


def test_saving_what_stands_already_makes_no_version(http: httpx.Client, record: int) -> None:
    answer = save(http, {"id": record, "data": {"total_amt": Decimal("1416")}, "version": 1})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_a_save_upon_a_version_that_is_past_changes_nothing_and_shows_both(
    http: httpx.Client, record: int
) -> None:
    assert save(http, {"id": record, "data": {"total_amt": 1}, "version": 1}).status_code == 200
    late = save(http, {"id": record, "data": {"total_amt": 2}, "version": 1})
    assert late.status_code == 409
    assert late.json()["error"] == "The record was changed by another"
    assert late.json()["current"]["data"]["total_amt"] == 1
    assert late.json()["current"]["version"] == 2
    assert shown(http, id=record)["data"]["total_amt"] == 1


@pytest.mark.parametrize("parameter", ["id", "invoice_id"])
def test_of_many_who_save_at_once_one_wins_and_the_others_hear_of_it(
    http: httpx.Client, request: pytest.FixtureRequest, parameter: str
) -> None:
    number = request.getfixturevalue("record" if parameter == "id" else "uploaded")
    bodies = [
        {parameter: number, "data": {"total_amt": amount}, "version": 1} for amount in range(5000, 5006)
    ]
    with ThreadPoolExecutor(len(bodies)) as pool:
        answers = list(pool.map(lambda body: save(http, body), bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
    (won,) = [body for body, answer in zip(bodies, answers, strict=True) if answer.status_code == 200]
    total = won["data"]["total_amt"]
    assert shown(http, **{parameter: number})["data"]["total_amt"] == total
    assert {
        answer.json()["current"]["data"]["total_amt"] for answer in answers if answer.status_code == 409
    } == {total}


def test_a_reading_that_ends_cannot_drop_a_correction_that_it_has_not_seen(
    http: httpx.Client, cloud: RunningCloud, uploaded: int
) -> None:
    checked_records.use_records_of(cloud)
    from common import results
    from common.records import results as records
    from common.records.database import Changed, batch, commit

    former = records.of_invoice(uploaded)
    assert former is not None
    assert save(http, {"invoice_id": uploaded, "data": {"total_amt": 7}}).status_code == 200
    read = results.stored(
        former.id, f"invoice/{uploaded}", checked_records.read_from(Drawn()), version=former.version + 1
    )
    writes = batch()
    records.replace_in(writes, uploaded, read, former)
    with pytest.raises(Changed):
        commit(writes)
    assert shown(http, invoice_id=uploaded)["data"]["total_amt"] == 7


def test_corrections_that_name_no_version_are_all_kept(http: httpx.Client, record: int) -> None:
    fields = ["vendor_name", "buyer_name", "po_number", "payment_terms"]
    with ThreadPoolExecutor(len(fields)) as pool:
        answers = list(
            pool.map(lambda name: save(http, {"id": record, "data": {name: f"new {name}"}}), fields)
        )
    assert [answer.status_code for answer in answers] == [200] * len(fields)
    found = shown(http, id=record)
    assert [found["data"][name] for name in fields] == [f"new {name}" for name in fields]
    assert found["version"] == 1 + len(fields)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "id is required"),
        ({"id": "abc", "data": {}}, "id must be a valid integer"),
        ({"id": True, "data": {}}, "id must be a valid integer"),
        ({"id": None}, "id is required"),
        ({"id": 0}, "data is required"),
        ({"id": 0, "data": []}, "data must be an object"),
        ({"id": 0, "data": {}, "manual_verified": "maybe"}, "manual_verified must be Y or N"),
        ({"id": 0, "data": {}, "manual_verified": True}, "manual_verified must be a string"),
        ({"id": 0, "data": {}, "version": "first"}, "version must be a valid integer"),
        ({"id": 0, "data": {}, "dry_run": "yes"}, "dry_run must be true or false"),
        ({"id": 0, "data": {"total_amt": "12"}}, "total_amt must be a number"),
        ({"id": 0, "data": {"items": [{"amount": "12"}]}}, "items[0].amount must be a number"),
    ],
)
def test_a_body_that_is_wrong_is_refused_by_name(
    http: httpx.Client, record: int, body: dict[str, object], error: str
) -> None:
    answer = save(http, body | ({"id": record} if body.get("id") == 0 and body.get("id") is not True else {}))
    assert (answer.status_code, answer.json()) == (400, {"error": error})


@pytest.mark.parametrize("content", ["{", "[1]", '{"id": NaN}', '{"id": 1, "data": {"total_amt": 1e999}}'])
def test_what_is_no_json_object_is_refused(http: httpx.Client, content: str) -> None:
    answer = http.post("/check/save/", content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()) == (400, {"error": "Invalid JSON"})


def test_an_unknown_record_cannot_be_saved(http: httpx.Client) -> None:
    answer = save(http, {"id": 999999999, "data": {}})
    assert (answer.status_code, answer.json()) == (404, {"error": "Record not found"})


def test_a_result_too_large_for_a_record_is_corrected_all_the_same(http: httpx.Client, record: int) -> None:
    lines = [{"description": f"{index} " + "x" * 1000, "amount": index} for index in range(1200)]
    assert save(http, {"id": record, "data": {"items": lines}, "version": 1}).status_code == 200
    assert save(http, {"id": record, "data": {"total_amt": 5}, "version": 2}).status_code == 200
    found = shown(http, id=record)
    assert found["data"]["total_amt"] == 5
    assert [line["amount"] for line in found["data"]["items"]] == list(range(1200))


# Token mode.


@pytest.fixture(scope="module")
def guarded(cloud: RunningCloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The same function in token mode."""
    checked_records.use_records_of(cloud)
    ports = Ports()
    port = ports.take()
    log = tmp_path_factory.mktemp("guarded") / "log"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "AUTH_MODE": "token",
        "TOKEN_PUBLIC_KEYS": json.dumps(_keys()[1]),
        "LINK_SECRET": SECRET,
    }
    command = [sys.executable, "-m", "functions_framework", "--target", "check_ui", "--host", "127.0.0.1"]
    source = ["--source", str(ROOT / "functions" / "check_ui" / "main.py"), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen([*command, *source], env=environment, stdout=output, stderr=output)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            eventually(lambda: _answers(client), within=30)
            yield client
    finally:
        process.terminate()
        process.wait(20)
        ports.close()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/nowhere").status_code == 404
    except httpx.TransportError:
        return False


_made: list[tuple[str, dict[str, object]]] = []


def _keys() -> tuple[str, dict[str, object]]:
    """A key pair of this test run."""
    from common.tokens import public_keys
    from emulators.cloud.keys import fresh

    if not _made:
        private = fresh().token_key
        _made.append((private, public_keys(private)))
    return _made[0]


def test_in_token_mode_every_part_asks_for_permission(guarded: httpx.Client, record: int) -> None:
    for path in ("/check/", "/check/data/", "/check/file/", "/check/words/"):
        answer = guarded.get(path, params={"id": record})
        assert (answer.status_code, answer.json()) == (401, {"error": "Authentication required"})
    assert save(guarded, {"id": record, "data": {"total_amt": 1}}).status_code == 401
    page = guarded.get("/check/", params={"id": record}, headers={"Accept": BROWSER})
    assert page.status_code == 401
    assert "<h1>Authentication required</h1>" in page.text


def test_an_owners_token_opens_a_record_and_another_users_does_not(
    guarded: httpx.Client, cloud: RunningCloud
) -> None:
    from common.tokens import issue

    drawn = Drawn()
    data = checked_records.read_from(drawn)
    number = checked_records.invoice(cloud, data, drawn.pdf(), "mine.pdf", owner="77")
    mine, other = ({"Authorization": f"Bearer {issue(user, _keys()[0])}"} for user in ("77", "78"))
    for path in ("/check/", "/check/data/", "/check/file/", "/check/words/"):
        assert guarded.get(path, params={"invoice_id": number}, headers=mine).status_code == 200
        refused = guarded.get(path, params={"invoice_id": number}, headers=other)
        assert (refused.status_code, refused.json()) == (403, {"error": "Permission denied"})
    body = dumps({"invoice_id": number, "data": {"total_amt": 3}, "version": 1})
    assert guarded.post("/check/save/", content=body, headers=other).status_code == 403
    assert guarded.post("/check/save/", content=body, headers=mine).status_code == 200
    (stored,) = cloud.records("invoice_data", invoice_id=number)
    account = loads(stored["correction"])
    assert isinstance(account, dict)
    assert account["by"] == "77"


def test_a_signed_link_opens_its_own_record_with_all_its_parts_and_no_other(
    guarded: httpx.Client, cloud: RunningCloud, record: int
) -> None:
    from datetime import timedelta

    from common.links import check_subject
    from common.tokens import sign_link

    link = sign_link(check_subject("id", record), SECRET)
    for path in ("/check/", "/check/data/", "/check/file/", "/check/words/"):
        assert guarded.get(path, params={"id": record, "link": link}).status_code == 200
    page = guarded.get("/check/", params={"id": record, "link": link}, headers={"Accept": BROWSER})
    assert link in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert save(guarded, {"id": record, "data": {"total_amt": 8}}, link=link).status_code == 200
    drawn = Drawn()
    other = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "other.pdf")
    expired = sign_link(check_subject("id", record), SECRET, timedelta(seconds=-1))
    forged = sign_link(check_subject("id", record), "another secret, as long as it must be")
    for number, bad in ((other, link), (record, expired), (record, forged), (record, "nonsense")):
        assert guarded.get("/check/data/", params={"id": number, "link": bad}).status_code == 401
    assert save(guarded, {"id": other, "data": {"total_amt": 8}}, link=link).status_code == 401
