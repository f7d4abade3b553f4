"""The queue of what waits for a person's look, the history of what one did, and the files that come of it."""

from __future__ import annotations

import csv
import io
import secrets
from decimal import Decimal
from typing import Any

import httpx
import openpyxl
import pytest

from common.domain.exact_json import dumps, loads
from tests import checked_records
from tests.documents import Drawn
from tests.running import RunningCloud

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def user() -> str:
    """A user who has nothing yet."""
    return f"queue-{secrets.token_hex(5)}"


def stored(cloud: RunningCloud, user: str, vendor: str = "Northwind Supplies Ltd", **other: Any) -> int:
    """An invoice with three reasons to look at it."""
    drawn = Drawn(vendor=vendor)
    return checked_records.invoice(
        cloud, checked_records.read_from(drawn, **other), drawn.pdf(), "invoice.pdf", owner=user
    )


def listed(http: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = http.get("/review/", params=query)
    assert answer.status_code == 200, answer.text
    found = loads(answer.text)
    assert isinstance(found, dict)
    return found


def save(http: httpx.Client, body: dict[str, object]) -> httpx.Response:
    return http.post("/check/save/", content=dumps(body), headers={"Content-Type": "application/json"})


def test_a_doubtful_invoice_waits_until_a_person_has_verified_it(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    number = stored(cloud, user)
    found = listed(http, user_id=user)
    assert (found["total"], found["found"]) == (1, 1)
    (waiting,) = found["records"]
    assert waiting["invoice_id"] == number
    assert waiting["vendor_name"] == "Northwind Supplies Ltd"
    assert waiting["file_name"] == "invoice.pdf"
    assert waiting["total_amt"] == Decimal("1416.00")
    assert waiting["codes"] == ["ambiguous_date", "duplicate", "sum_mismatch"]
    assert waiting["check_url"].endswith(f"/check/?invoice_id={number}")
    save(http, {"invoice_id": number, "data": {}, "manual_verified": "Y"})
    assert listed(http, user_id=user)["total"] == 0
    assert [one["invoice_id"] for one in listed(http, user_id=user, state="verified")["records"]] == [number]


def test_what_could_not_be_read_waits_too_and_comes_first(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    stored(cloud, user)
    failed = {"status": False, "message": "PDF cannot be read: it asks for a password", "model": "m"}
    broken = checked_records.invoice(cloud, failed, Drawn().pdf(), "locked.pdf", owner=user, state="failed")
    first, _ = listed(http, user_id=user)["records"]
    assert (first["invoice_id"], first["codes"]) == (broken, ["failed"])
    assert "password" in first["message"]


def test_the_queue_is_filtered_searched_ordered_and_paged(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    numbers = [stored(cloud, user, vendor=f"Vendor {index}") for index in range(5)]
    by_age = listed(http, user_id=user, order="age")
    assert [one["invoice_id"] for one in by_age["records"]] == numbers
    assert [one["vendor_name"] for one in listed(http, user_id=user, q="vendor 3")["records"]] == ["Vendor 3"]
    assert listed(http, user_id=user, q="nobody")["found"] == 0
    assert listed(http, user_id=user, code="duplicate")["found"] == 5
    assert listed(http, user_id=user, code="illegible")["found"] == 0
    assert by_age["codes"] == {"ambiguous_date": 5, "duplicate": 5, "sum_mismatch": 5}
    assert listed(http, user_id=user, **{"from": "2026-03-06"})["found"] == 0
    assert listed(http, user_id=user, **{"from": "2026-03-05", "to": "2026-03-05"})["found"] == 5
    seen: list[int] = []
    token = ""
    while True:
        page = listed(http, user_id=user, order="age", limit=2, **({"page_token": token} if token else {}))
        seen += [one["invoice_id"] for one in page["records"]]
        token = page.get("next_page_token", "")
        if not token:
            break
    assert seen == numbers


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"order": "size"}, "order must be doubt or age"),
        ({"state": "lost"}, "state must be waiting, verified or all"),
        ({"page_token": "x"}, "page_token is not valid"),
        ({"limit": "0"}, "limit must be an integer from 1 to 1000"),
        ({"from": "yesterday"}, "from must be YYYY-MM-DD"),
        ({"format": "doc"}, "format must be one of json, csv, xlsx, ubl, tally"),
    ],
)
def test_a_query_that_is_wrong_is_refused_by_name(
    http: httpx.Client, query: dict[str, str], error: str
) -> None:
    answer = http.get("/review/", params=query)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_a_browser_gets_the_queue_as_a_page(http: httpx.Client) -> None:
    page = http.get("/review/", headers={"Accept": BROWSER})
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert "unsafe" not in page.headers["Content-Security-Policy"]


# History.


def test_every_version_is_told_and_can_be_seen_again(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    number = stored(cloud, user)
    save(http, {"invoice_id": number, "data": {"total_amt": 1400}})
    save(http, {"invoice_id": number, "data": {"total_amt": Decimal("1416.00")}, "manual_verified": "Y"})
    now = loads(http.get("/check/data/", params={"invoice_id": number}).text)
    assert isinstance(now, dict)
    told = [(one["version"], one["corrected"], one["manual_verified"]) for one in now["history"]]
    assert told == [(3, True, "Y"), (2, True, "N"), (1, False, "N")]
    assert now["history"][1]["changes"] == [
        {"field": "total_amt", "item": None, "cell": None, "old": Decimal("1416.00"), "new": 1400}
    ]
    then = loads(http.get("/check/data/", params={"invoice_id": number, "version": 2}).text)
    assert isinstance(then, dict)
    assert (then["version"], then["data"]["total_amt"]) == (2, 1400)
    gone = http.get("/check/data/", params={"invoice_id": number, "version": 9})
    assert (gone.status_code, gone.json()) == (404, {"error": "Version not found"})


# Files.


def test_a_corrected_record_holds_the_same_values_in_the_api_and_in_each_export(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    total, price = Decimal("98765432.1234"), Decimal("0.00012345")
    number = stored(cloud, user)
    lines = [
        {"description": "=cmd|' /C calc'!A0", "quantity": 3, "unit_price": price, "amount": Decimal("9.99")}
    ]
    body = {"invoice_id": number, "data": {"total_amt": total, "items": lines, "due_date": "2026-04-30"}}
    assert save(http, body).status_code == 200

    def exported(kind: str) -> httpx.Response:
        answer = http.get("/check/data/", params={"invoice_id": number, "format": kind})
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="invoice-{number}')
        return answer

    api = loads(http.get(f"/invoice/{number}/data/").text)
    assert isinstance(api, dict)
    values = api["invoice_data"]["data"]["data"]
    assert (values["total_amt"], values["items"][0]["unit_price"]) == (total, price)
    records = loads(exported("json").text)
    assert isinstance(records, list)
    (told,) = records
    assert (told["data"]["total_amt"], told["data"]["items"]) == (total, values["items"])
    (row,) = csv.DictReader(io.StringIO(exported("csv").content.decode("utf-8-sig")))
    assert (Decimal(row["total_amt"]), Decimal(row["item_unit_price"])) == (total, price)
    assert row["item_description"] == "'=cmd|' /C calc'!A0"
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx").content))
    head = [cell.value for cell in book["Invoices"][1]]
    cells = dict(zip(head, book["Invoices"][2], strict=True))
    assert Decimal(repr(cells["total_amt"].value)) == total
    assert cells["due_date"].is_date
    line = dict(zip([cell.value for cell in book["Lines"][1]], book["Lines"][2], strict=True))
    assert Decimal(repr(line["unit_price"].value)) == price
    assert (line["description"].value, line["description"].data_type) == ("=cmd|' /C calc'!A0", "s")
    ubl = exported("ubl").text
    assert f">{total}<" in ubl
    assert f">{price:f}<" in ubl
    assert ">=cmd|' /C calc'!A0<" in ubl
    assert f">{total}<" in exported("tally").text


def test_a_filtered_set_is_exported_at_once(http: httpx.Client, cloud: RunningCloud, user: str) -> None:
    numbers = [stored(cloud, user) for _ in range(3)]
    save(http, {"invoice_id": numbers[0], "data": {}, "manual_verified": "Y"})
    answer = http.get("/review/", params={"user_id": user, "state": "all", "order": "age", "format": "json"})
    told = loads(answer.text)
    assert isinstance(told, list)
    assert {one["invoice_id"] for one in told} == set(numbers)
    answer = http.get("/review/", params={"user_id": user, "state": "verified", "format": "json"})
    told = loads(answer.text)
    assert isinstance(told, list)
    assert [(one["invoice_id"], one["manual_verified"]) for one in told] == [(numbers[0], "Y")]
    nobody = http.get("/review/", params={"user_id": f"{user}-x", "format": "csv"})
    assert (nobody.status_code, nobody.json()) == (422, {"error": "There is no record with data to export"})


def test_what_a_format_demands_and_a_record_lacks_is_told(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    number = stored(cloud, user, invoice_number=None)
    answer = http.get("/check/data/", params={"invoice_id": number, "format": "ubl"})
    assert (answer.status_code, answer.json()) == (422, {"error": "UBL demands invoice_number"})
