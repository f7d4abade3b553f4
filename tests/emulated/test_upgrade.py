"""A roll-out: records of the former release are read by this one, and this one's by the former.

tests/records_of_0_1 was written by release 0.1 (tests/former_records.py): one record of each collection
and state, the lease of a reader that is no more among them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emulators.cloud import LocalOptions
from tests import former_records as former
from tests.contract.caller import Caller, body
from tests.documents import Drawn
from tests.environment import clean_environment
from tests.running import RunningCloud, eventually, started


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    """This release on the records of the former one."""
    options = LocalOptions(folder=tmp_path_factory.mktemp("upgraded"), port=0, environ=clean_environment())
    with started(options) as cloud:
        former.restore(cloud)
        yield cloud


@pytest.fixture
def caller(upgraded: RunningCloud) -> Iterator[Caller]:
    with upgraded.client() as http:
        yield Caller(http, former.USER)


def test_former_invoices_are_listed_and_shown_with_what_was_read(caller: Caller) -> None:
    invoices = {invoice["id"]: invoice for invoice in caller.listed()["invoices"]}
    assert {1, 2, 3} <= invoices.keys()
    assert invoices[1]["vendor_name"] == "ABC Corp"
    shown = caller.data(1)
    assert shown["invoice_data"]["data"]["data"]["invoice_number"] == "INV-2025-4711"
    assert shown["invoice_data"]["status"] == "OK"
    file = caller.http.get("/invoice/1/file/")
    assert file.content == (former.KEPT / former.PDF).read_bytes()
    assert caller.http.get("/check/data/", params={"invoice_id": 1}).status_code == 200
    assert caller.http.get("/check/data/", params={"id": 1}).status_code == 200
    assert body(caller.http.get("/check/words/", params={"invoice_id": 1})) == {"pages": []}


def test_a_former_invoice_is_read_again_and_its_history_goes_on(
    caller: Caller, upgraded: RunningCloud
) -> None:
    before = caller.data(1)["invoice_data"]["version"]
    assert caller.http.post("/invoice/1/refetch/").status_code == 200
    eventually(lambda: caller.data(1)["invoice_data"]["version"] > before)
    (current,) = upgraded.snapshots("invoice_data", invoice_id=1)
    kept = {one.get("version") for one in current.reference.collection("history").get(timeout=30)}
    assert {1, 2} <= kept


def test_a_former_failure_can_be_processed(caller: Caller) -> None:
    answer = caller.http.post("/process-invoices/", json={"invoice_id": 2, "user_id": former.USER})
    assert answer.status_code == 200
    assert caller.data(2)["invoice"]["data_fetch"] == "Y"


def test_a_reading_that_the_former_release_did_not_end_is_taken_over(
    caller: Caller, upgraded: RunningCloud
) -> None:
    (lease,) = upgraded.snapshots("leases", invoice_id=3) or [None]
    assert lease is not None
    call = lease.get("call")
    upgraded.put_object("docs/1/slow.pdf", (former.KEPT / former.PDF).read_bytes())
    assert caller.once(3, "done")["processing"]["attempt"] == 2
    assert upgraded.usage_row(call)["outcome"] == "interrupted"


def test_a_former_account_logs_in_and_its_name_stays_taken(caller: Caller) -> None:
    account = {"user_name": "former", "user_password": former.PASSWORD}
    answer = caller.http.post("/login/", json=account)
    assert (answer.status_code, body(answer)["user_id"]) == (200, 1)
    assert caller.http.post("/signup/", json=account).status_code == 400


def test_a_former_key_is_in_force_with_its_budget(caller: Caller, upgraded: RunningCloud) -> None:
    content = base64.b64encode(Drawn().pdf()).decode()
    order = {"api_key": former.KEY, "model": "gemini-2.5-flash", "pdf_base64": content}
    assert caller.http.post("/process-pdf/gemini/", json=order).status_code == 200
    assert upgraded.records("budget_days")


def test_former_direct_records_and_hits_are_shown(caller: Caller) -> None:
    record = body(caller.http.get("/invoice/extract-data/get/", params={"id": 1}))
    assert record["data"]["data"]["invoice_number"] == "INV-2025-4711"
    hits = body(caller.http.get("/webhook/show/"))
    assert [hit["data"] for hit in hits["logs"].values()] == [{"event": "former"}]


def test_a_former_idempotency_key_gets_its_former_answer(caller: Caller, upgraded: RunningCloud) -> None:
    (key,) = upgraded.snapshots("idempotency_keys")
    key.reference.update({"expires": datetime.now(UTC) + timedelta(hours=1)})
    pdf = (former.KEPT / former.PDF).read_bytes()
    said = {"vendor_name": "ABC Corp", "amt": "1500.50", "invoice_date": "2024-12-10"}
    answer = caller.upload(pdf, key=former.REPEATED, **said)
    assert body(answer)["invoice_id"] == 1


def test_ids_go_on_where_they_were(caller: Caller) -> None:
    assert caller.uploaded() > 3


def shape(fields: dict[str, Any]) -> dict[str, str]:
    return {name: type(value).__name__ for name, value in fields.items()}


def test_this_releases_records_have_all_that_the_former_one_reads(
    caller: Caller, upgraded: RunningCloud
) -> None:
    """A field that the former release reads may be neither missing nor of another type."""
    number = caller.uploaded(key="a-new-key")
    caller.once(number, "done")
    caller.http.post("/signup/", json={"user_name": "newer", "user_password": "x", "mobile_no": "1"})
    caller.http.post("/webhook/", json={"event": "newer"})
    pdf = Drawn().pdf()
    caller.http.post("/invoice/extract-data/", files={"file": ("new.pdf", pdf, "application/pdf")})
    stored = former.kept()
    for collection in set(former.COLLECTIONS) - {"leases", "budget_reservations", "sequences"}:
        types: dict[str, set[str]] = {}
        for path, fields in stored.items():
            if path.startswith(f"{collection}/") and "/history/" not in path:
                for name, kind in shape(fields).items():
                    types.setdefault(name, {"NoneType"}).add(kind)
        newer = [
            one
            for one in upgraded.snapshots(collection)
            if f"{collection}/{one.id}" not in stored and collection != "budget_days"
        ]
        assert newer or collection == "budget_days", collection
        for one in newer:
            now = shape({**(one.to_dict() or {})})
            now = {name: kind.replace("DatetimeWithNanoseconds", "datetime") for name, kind in now.items()}
            assert types.keys() <= now.keys(), (collection, types.keys() - now.keys())
            for name, kinds in types.items():
                assert now[name] in kinds or kinds == {"NoneType"}, (collection, name, now[name], kinds)


def test_what_a_later_release_adds_is_ignored(caller: Caller, upgraded: RunningCloud) -> None:
    number = caller.uploaded()
    caller.once(number, "done")
    for collection, field in (("invoices", "id"), ("invoice_data", "invoice_id"), ("object_names", "owner")):
        for one in upgraded.snapshots(collection, **{field: number}):
            one.reference.update({"a_field_of_tomorrow": {"is": "unknown"}})
    assert caller.data(number)["invoice_data"]["status"] == "OK"
    assert caller.http.post(f"/invoice/{number}/refetch/").status_code == 200
    eventually(lambda: caller.data(number)["invoice_data"]["version"] == 2)


def test_what_a_record_may_lack_has_a_default(caller: Caller, upgraded: RunningCloud) -> None:
    from google.cloud.firestore import DELETE_FIELD

    number = caller.uploaded()
    caller.once(number, "done")
    lacking = {
        "invoices": ("id", "vendor_name amt remarks supporting_doc_1 refetch sha256 generation version"),
        "invoice_data": (
            "invoice_id",
            "body_object words_object remarks manual_verified version review_needed summary",
        ),
    }
    for collection, (field, names) in lacking.items():
        (one,) = upgraded.snapshots(collection, **{field: number})
        one.reference.update(dict.fromkeys(names.split(), DELETE_FIELD))
    shown = caller.data(number)
    assert shown["invoice"]["amt"] is None
    assert (shown["invoice_data"]["version"], shown["invoice_data"]["refetch"]) == (1, "N")
    assert any(invoice["id"] == number for invoice in caller.listed()["invoices"])


def test_the_stored_records_are_of_every_collection_and_could_not_be_empty() -> None:
    collections = {path.partition("/")[0] for path in former.kept()}
    assert collections == set(former.COLLECTIONS)
    assert any("/history/" in path for path in former.kept())


def test_the_file_of_the_stored_records_is_the_one_that_they_were_read_from() -> None:
    import hashlib

    digest = hashlib.sha256((former.KEPT / former.PDF).read_bytes()).hexdigest()
    (first, *_) = [f for p, f in former.kept().items() if p.startswith("invoices/") and f["id"] == 1]
    assert first["sha256"] == digest
