"""A user's invoices: listed, shown, downloaded, read again."""

from __future__ import annotations

import httpx
import pytest

from tests.contract.caller import Caller, body, error
from tests.documents import Drawn
from tests.running import RunningCloud


@pytest.fixture(scope="module")
def three(http: httpx.Client) -> Caller:
    """A caller with three invoices of different vendors and days."""
    caller = Caller.new(http)
    for vendor, day in (
        ("Alpha GmbH", "2024-01-31"),
        ("Beta alphabet", "2024-02-01"),
        ("Gamma", "2024-03-15"),
    ):
        caller.uploaded(vendor_name=vendor, invoice_date=day)
    for invoice in caller.listed()["invoices"]:
        caller.once(invoice["id"], "done")
    return caller


def vendors(listed: dict[str, list[dict[str, str]]]) -> list[str]:
    return [invoice["vendor_name"] for invoice in listed["invoices"]]


def test_the_list_has_the_newest_last(three: Caller) -> None:
    ids = [invoice["id"] for invoice in three.listed()["invoices"]]
    assert len(ids) == 3
    assert ids == sorted(ids)


def test_the_list_needs_a_user_and_an_unknown_one_has_none(http: httpx.Client) -> None:
    assert error(http.get("/invoices/")) == (400, "user_id is required")
    assert Caller.new(http).listed() == {"invoices": []}
    assert body(http.get("/invoices/", params={"user_id": "../x"})) == {"invoices": []}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"vendor_name": "ALPHA"}, ["Alpha GmbH", "Beta alphabet"]),
        ({"from": "2024-02-01"}, ["Beta alphabet", "Gamma"]),
        ({"to": "2024-02-01"}, ["Alpha GmbH", "Beta alphabet"]),
        ({"from": "2024-02-01", "to": "2024-02-01"}, ["Beta alphabet"]),
        ({"data_fetch": "Y"}, ["Alpha GmbH", "Beta alphabet", "Gamma"]),
        ({"data_fetch": "N"}, []),
        ({"vendor_name": "alpha", "from": "2024-02-01"}, ["Beta alphabet"]),
    ],
)
def test_filters_narrow_the_list(three: Caller, query: dict[str, str], wanted: list[str]) -> None:
    assert vendors(three.listed(**query)) == wanted


def test_pages_lead_through_all_of_them(three: Caller) -> None:
    first = three.listed(limit="2")
    assert vendors(first) == ["Alpha GmbH", "Beta alphabet"]
    second = three.listed(limit="2", page_token=first["next_page_token"])
    assert vendors(second) == ["Gamma"]
    assert "next_page_token" not in second
    exact = three.listed(limit="3")
    assert "next_page_token" not in exact


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"limit": "0"}, "limit must be an integer from 1 to 1000"),
        ({"limit": "1001"}, "limit must be an integer from 1 to 1000"),
        ({"limit": "x"}, "limit must be an integer from 1 to 1000"),
        ({"page_token": "x"}, "page_token is not valid"),
        ({"page_token": "!"}, "page_token is not valid"),
        ({"from": "01-02-2024"}, "from must be YYYY-MM-DD"),
        ({"to": "soon"}, "to must be YYYY-MM-DD"),
        ({"data_fetch": "maybe"}, "data_fetch must be Y or N"),
    ],
)
def test_a_wrong_filter_is_named(three: Caller, query: dict[str, str], text: str) -> None:
    response = three.http.get("/invoices/", params={"user_id": three.user_id, **query})
    assert error(response) == (400, text)


def test_data_shows_the_invoice_and_what_was_read(three: Caller) -> None:
    invoice_id = three.listed()["invoices"][0]["id"]
    found = three.data(invoice_id)
    assert found["invoice"]["data_fetch"] == "Y"
    data = found["invoice_data"]
    assert data["status"] == "OK"
    assert data["manual_verified"] == "N"
    assert data["refetch"] == "N"
    assert data["remarks"] is None
    assert len(data["modified_by"]) == len("2024-12-10T10:30:00")
    assert data["data"]["status"] is True
    assert data["data"]["data"]["invoice_number"].startswith("INV-")
    assert found["processing"]["state"] == "done"
    assert found["processing"]["attempt"] == 1


@pytest.mark.parametrize("part", ["data", "file"])
@pytest.mark.parametrize("number", ["0", "-1", "999999999", "9" * 30, "%2099999999%20"])
def test_an_id_that_does_not_exist_is_unknown(http: httpx.Client, part: str, number: str) -> None:
    assert error(http.get(f"/invoice/{number}/{part}/")) == (404, "Invoice not found")


@pytest.mark.parametrize("number", ["abc", "1e3", "1.0", "true", "1%2F2", "%00"])
def test_an_id_that_is_no_integer_is_no_path_of_ours(http: httpx.Client, number: str) -> None:
    status, _ = error(http.get(f"/invoice/{number}/data/"))
    assert status in (400, 404)
    if number != "%00":
        assert error(http.get(f"/invoice/{number}/data/")) == (404, "Not found")


def test_spaces_around_an_id_are_trimmed(three: Caller) -> None:
    invoice_id = three.listed()["invoices"][0]["id"]
    assert three.http.get(f"/invoice/%20{invoice_id}%20/data/").status_code == 200


def test_a_file_is_served_inline_in_parts_and_only_when_it_changed(http: httpx.Client) -> None:
    caller = Caller.new(http)
    pdf = Drawn().pdf()
    url = f"/invoice/{body(caller.upload(pdf, 'my invoice é.pdf'))['invoice_id']}/file/"
    whole = http.get(url)
    assert whole.content == pdf
    assert whole.headers["content-length"] == str(len(pdf))
    assert whole.headers["content-disposition"].startswith('inline; filename="my invoice _.pdf"')
    part = http.get(url, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, pdf[5:10])
    assert part.headers["content-range"] == f"bytes 5-9/{len(pdf)}"
    last = http.get(url, headers={"Range": "bytes=-4"})
    assert last.content == pdf[-4:]
    same = http.get(url, headers={"If-None-Match": whole.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert http.get(url, headers={"If-None-Match": "*"}).status_code == 304
    stale = http.get(url, headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert stale.status_code == 200
    outside = http.get(url, headers={"Range": f"bytes={len(pdf)}-"})
    assert error(outside) == (416, "Range not satisfiable")


def test_a_file_that_is_gone_is_said_to_be(http: httpx.Client, cloud: RunningCloud) -> None:
    caller = Caller.new(http)
    invoice_id = caller.uploaded()
    caller.once(invoice_id, "done")
    cloud.delete_object(f"docs/{caller.user_id}/invoice.pdf")
    assert error(http.get(f"/invoice/{invoice_id}/file/")) == (404, "File not found on server")


def test_a_refetch_reads_the_invoice_again(http: httpx.Client) -> None:
    caller = Caller.new(http)
    invoice_id = caller.uploaded()
    before = caller.once(invoice_id, "done")
    response = http.post(f"/invoice/{invoice_id}/refetch/")
    assert (response.status_code, body(response)) == (
        200,
        {"message": "Invoice marked for refetching", "invoice_id": invoice_id},
    )
    after = caller.once(invoice_id, "done")
    assert after["invoice_data"]["version"] == before["invoice_data"]["version"] + 1
    assert after["invoice_data"]["data"]["data"] == before["invoice_data"]["data"]["data"]
    assert after["invoice_data"]["id"] == before["invoice_data"]["id"]


def test_a_refetch_of_an_unknown_invoice_is_refused(http: httpx.Client) -> None:
    assert error(http.post("/invoice/999999999/refetch/")) == (404, "Invoice not found")
