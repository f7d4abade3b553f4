"""Files over the request limit: announced, sent straight to the bucket, checked, and read like any other."""

from __future__ import annotations

import io
import json
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, IndirectObject, NameObject, NumberObject

from tests.contract.caller import Caller, body, error
from tests.documents import Drawn
from tests.running import RunningCloud, eventually

OVER_32_MIB = 33 * 1024 * 1024
LARGEST = 200 * 1024 * 1024


@pytest.fixture
def caller(http: httpx.Client) -> Caller:
    return Caller.new(http)


def announce(
    caller: Caller, size: int, name: str = "invoice.pdf", *, key: str | None = None, **more: object
) -> httpx.Response:
    wish = {"user_id": caller.user_id, "file_name": name, "size": size, **more}
    return caller.http.post(
        "/upload/url/", json=wish, headers={} if key is None else {"Idempotency-Key": key}
    )


def announced(
    caller: Caller, size: int, name: str = "invoice.pdf", *, key: str | None = None, **more: object
) -> Any:
    response = announce(caller, size, name, key=key, **more)
    assert response.status_code == 201, response.text
    return body(response)


def send(target: Any, content: bytes, **other: str) -> None:
    """Puts the file where the answer says, as a program that knows only that answer does."""
    headers = {**target["headers"], **other}
    response = httpx.request(
        target["method"], target["upload_url"], content=content, headers=headers, timeout=120
    )
    assert response.status_code == 200, response.text


def left_of(cloud: RunningCloud, user_id: str) -> list[object]:
    """Every object, claim and record of the user."""
    claims = [one["name"] for one in cloud.records("object_names") if f"/{user_id}/" in one["name"]]
    records = [one["id"] for one in cloud.records("invoices", auth_id=user_id)]
    return [*cloud.objects(f"docs/{user_id}/"), *claims, *records]


def test_an_invoice_over_32_mib_is_sent_shown_read_and_given_back(
    caller: Caller, cloud: RunningCloud
) -> None:
    drawn = Drawn(padding=OVER_32_MIB)
    pdf = drawn.pdf()
    target = announced(caller, len(pdf), vendor_name="ABC Corp", amt=1500.50, invoice_date="10-12-2024")
    assert target["method"] == "PUT"
    assert 3540 < target["expires_in"] <= 3600
    assert target["file_path"] == f"docs/{caller.user_id}/invoice.pdf"
    assert caller.listed()["invoices"] == []
    assert error(caller.http.get(f"/invoice/{target['invoice_id']}/data/")) == (404, "Invoice not found")
    send(target, pdf)
    (invoice,) = eventually(lambda: caller.listed()["invoices"])
    assert invoice["id"] == target["invoice_id"]
    assert (invoice["vendor_name"], invoice["invoice_date"]) == ("ABC Corp", "2024-12-10")
    assert invoice["amt"] == Decimal("1500.50")
    found = caller.once(invoice["id"], "done", within=120)
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
    moved = caller.http.get(f"/invoice/{invoice['id']}/file/")
    assert moved.status_code == 307
    assert moved.headers["cache-control"] == "no-store"
    assert 0 < int(parse_qs(urlsplit(moved.headers["location"]).query)["X-Goog-Expires"][0]) <= 900
    assert httpx.get(moved.headers["location"], timeout=120).content == pdf
    (claim,) = cloud.records("object_names", name=target["file_path"])
    assert claim["expires"] is None
    assert len(cloud.records("invoice_time", invoice_id=invoice["id"])) == 1


def test_of_a_pdf_that_no_model_takes_whole_the_first_pages_are_read_and_the_rest_is_named(
    caller: Caller, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    pdf = _with_pictures(drawn.pdf(), pages=4, each=15 * 1024 * 1024)
    assert 50 * 1024 * 1024 < len(pdf) < 70 * 1024 * 1024
    send(announced(caller, len(pdf)), pdf)
    (invoice,) = eventually(lambda: caller.listed()["invoices"])
    data = caller.once(invoice["id"], "done", within=120)["invoice_data"]["data"]
    assert data["data"]["invoice_number"] == drawn.number
    assert data["pages"]["total"] == 5
    assert data["pages"]["unread"] == [5]
    (reason,) = [each for each in data["review"]["reasons"] if each["code"] == "unread_pages"]
    assert "first 4 pages" in reason["message"]
    (call,) = cloud.records("invoice_time", invoice_id=invoice["id"])
    assert call["outcome"] == "ok"


def test_a_page_that_no_model_takes_is_said_so_before_anything_is_spent(
    caller: Caller, cloud: RunningCloud
) -> None:
    pdf = _with_pictures(b"", pages=1, each=51 * 1024 * 1024)
    send(announced(caller, len(pdf)), pdf)
    (invoice,) = eventually(lambda: caller.listed()["invoices"])
    found = caller.once(invoice["id"], "failed", within=120)["invoice_data"]
    assert found["data"]["message"] == "PDF’s first page alone is over 50 MB, more than a model takes"
    assert found["data"]["usage"]["model_calls"] == 0
    assert cloud.records("invoice_time", invoice_id=invoice["id"]) == []


def _with_pictures(pdf: bytes, *, pages: int, each: int) -> bytes:
    """A document with pages behind it whose pictures are noise of `each` bytes."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf)) if pdf else PdfWriter()
    for number in range(pages):
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/Noise"): _noise(writer, number, each)})}
        )
        drawing = DecodedStreamObject()
        drawing.set_data(b"595 0 0 842 0 0 cm /Noise Do")
        page[NameObject("/Contents")] = writer._add_object(drawing)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _noise(writer: PdfWriter, seed: int, size: int) -> IndirectObject:
    """A picture in grey that nothing makes smaller."""
    rows = size // 1000
    picture = DecodedStreamObject()
    picture.set_data(random.Random(seed).randbytes(1000 * rows))
    for name, value in {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(1000),
        "/Height": NumberObject(rows),
        "/ColorSpace": NameObject("/DeviceGray"),
        "/BitsPerComponent": NumberObject(8),
    }.items():
        picture[NameObject(name)] = value
    return writer._add_object(picture)


def test_size_type_and_one_writing_are_part_of_what_is_signed(caller: Caller) -> None:
    target = announced(caller, 1000)
    signed = parse_qs(urlsplit(target["upload_url"]).query)["X-Goog-SignedHeaders"][0].split(";")
    assert {name.lower() for name in target["headers"]} <= set(signed)
    assert target["headers"]["Content-Type"] == "application/pdf"
    assert target["headers"]["x-goog-content-length-range"] == "1000,1000"
    assert target["headers"]["x-goog-if-generation-match"] == "0"


def test_an_announcement_repeated_under_one_key_is_one_invoice_and_one_address(
    caller: Caller, cloud: RunningCloud
) -> None:
    with ThreadPoolExecutor(6) as pool:
        racing = list(pool.map(lambda _: announce(caller, 1000, key="one"), range(6)))
    answers = [body(one) for one in racing if one.status_code == 201]
    assert len(answers) == 6
    assert len({answer["upload_url"] for answer in answers}) == 1
    assert len(left_of(cloud, caller.user_id)) == 2
    other = announce(caller, 1001, key="one")
    assert error(other) == (422, "Idempotency-Key was used for another request")
    assert error(caller.upload(Drawn().pdf(), key="one"))[0] == 422
    assert announced(Caller.new(caller.http), 1000, key="one")["invoice_id"] != answers[0]["invoice_id"]
    assert announced(caller, 1000, key="two")["file_path"] != answers[0]["file_path"]


def test_a_repeated_announcement_says_how_long_its_address_still_lasts(
    caller: Caller, cloud: RunningCloud
) -> None:
    first = announced(caller, 1000, key="one")
    (kept,) = cloud.snapshots("idempotency_keys", user_id=caller.user_id)
    earlier = json.loads(kept.get("answer"))
    earlier["ends"] = (datetime.fromisoformat(earlier["ends"]) - timedelta(minutes=59)).isoformat()
    kept.reference.update({"answer": json.dumps(earlier)})
    again = announced(caller, 1000, key="one")
    assert again["upload_url"] == first["upload_url"]
    assert 0 < again["expires_in"] <= 60
    assert "ends" not in again


@pytest.mark.parametrize("what", ["another size", "no PDF", "another type"])
def test_a_file_that_is_not_as_announced_leaves_nothing(
    caller: Caller, cloud: RunningCloud, what: str
) -> None:
    pdf = Drawn().pdf()
    target = announced(caller, len(pdf) + (what == "another size"))
    assert len(left_of(cloud, caller.user_id)) == 2
    content = b"x" * len(pdf) if what == "no PDF" else pdf
    send(target, content, **({"Content-Type": "text/plain"} if what == "another type" else {}))
    eventually(lambda: left_of(cloud, caller.user_id) == [])
    assert caller.listed()["invoices"] == []


def test_a_name_that_is_announced_is_taken(caller: Caller) -> None:
    announced(caller, 1000)
    assert body(caller.upload(Drawn().pdf()))["file_path"] == f"docs/{caller.user_id}/invoice_2.pdf"
    assert announced(caller, 1000)["file_path"] == f"docs/{caller.user_id}/invoice_3.pdf"


def test_a_notification_that_comes_again_and_again_is_one_invoice_read_once(
    caller: Caller, cloud: RunningCloud
) -> None:
    pdf = Drawn().pdf()
    target = announced(caller, len(pdf))
    send(target, pdf)
    caller.once(target["invoice_id"], "done") if eventually(lambda: caller.listed()["invoices"]) else None
    generation = httpx.get(cloud.object_url(target["file_path"]), timeout=30).json()["generation"]
    message = {
        "eventType": "OBJECT_FINALIZE",
        "objectId": target["file_path"],
        "objectGeneration": generation,
    }
    for _ in range(5):
        assert cloud.push(message).status_code == 200
    assert len(cloud.records("invoice_time", invoice_id=target["invoice_id"])) == 1
    assert len(caller.listed()["invoices"]) == 1


def test_what_never_comes_is_swept_by_its_age(caller: Caller, cloud: RunningCloud) -> None:
    target = announced(caller, 1000)
    (claim,) = cloud.snapshots("object_names", name=target["file_path"])
    assert claim.get("expires") > datetime.now(UTC) + timedelta(minutes=100)
    claim.reference.update({"expires": datetime.now(UTC) - timedelta(seconds=1)})
    other = Caller.new(caller.http)
    eventually(lambda: other.uploaded() and not left_of(cloud, caller.user_id), within=90)


@pytest.mark.parametrize(
    ("changed", "status", "text"),
    [
        ({"user_id": " "}, 400, "user_id is required"),
        ({"file_name": None}, 400, "file_name is required"),
        ({"size": None}, 400, "size is required"),
        ({"file_name": "invoice.txt"}, 400, "Only PDF files are allowed"),
        ({"size": "many"}, 400, "size must be a valid integer"),
        ({"size": 1.5}, 400, "size must be a valid integer"),
        ({"size": 0}, 400, "No file uploaded"),
        ({"content_type": "text/plain"}, 400, "Only PDF files are allowed"),
        ({"user_id": "a/b"}, 400, "user_id is not valid"),
        ({"vendor_name": "x" * 31}, 400, "vendor_name must be at most 30 characters"),
        ({"invoice_date": "soon"}, 400, "invoice_date must be YYYY-MM-DD or DD-MM-YYYY"),
        ({"amt": "1e3"}, 400, "amt must be a number"),
        ({"amt": True}, 400, "amt must be a string"),
        ({"size": LARGEST + 1}, 413, "Payload too large"),
    ],
)
def test_a_wrong_announcement_is_refused(
    caller: Caller, cloud: RunningCloud, changed: dict[str, object], status: int, text: str
) -> None:
    wish = {"user_id": caller.user_id, "file_name": "invoice.pdf", "size": 1000, **changed}
    assert error(caller.http.post("/upload/url/", json=wish)) == (status, text)
    assert left_of(cloud, caller.user_id) == []


@pytest.mark.parametrize("amount", ["1e-400000000", "1E+300", "123456789012345678", "0.00001"])
def test_an_amount_that_no_column_holds_is_refused(caller: Caller, amount: str) -> None:
    wish = f'{{"user_id": "{caller.user_id}", "file_name": "a.pdf", "size": 9, "amt": {amount}}}'
    response = caller.http.post("/upload/url/", content=wish, headers={"Content-Type": "application/json"})
    assert error(response) == (400, "amt must be a number")


def test_the_largest_that_is_allowed_is_announced(caller: Caller) -> None:
    assert announce(caller, LARGEST).status_code == 201


def test_a_file_that_comes_without_its_metadata_is_still_its_owners(
    caller: Caller, cloud: RunningCloud
) -> None:
    target = announced(caller, 10)
    cloud.put_object(target["file_path"], b"not a PDF.")
    eventually(lambda: left_of(cloud, caller.user_id) == [])
