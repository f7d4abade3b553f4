"""/invoice/extract-data/ as documented."""

from __future__ import annotations

import base64

import httpx
import pytest

from tests.contract.caller import body, error
from tests.documents import Drawn

PATH = "/invoice/extract-data/"


def send(
    http: httpx.Client, pdf: bytes, name: str = "invoice.pdf", headers: dict[str, str] | None = None
) -> httpx.Response:
    return http.post(PATH, files={"file": (name, pdf, "application/pdf")}, headers=headers)


def test_a_pdf_is_read_at_once_and_kept(http: httpx.Client) -> None:
    drawn = Drawn()
    pdf = drawn.pdf()
    response = send(http, pdf, f"{drawn.number}.pdf")
    assert response.status_code == 201
    answer = body(response)
    assert answer["filename"] == f"direct_pdf/127_0_0_1/{drawn.number}.pdf"
    assert answer["status"] == "OK"
    data = answer["data"]
    assert data["status"] is True
    assert data["message"] == "PDF processed successfully using raw PDF upload"
    assert data["model"] == "gemini-2.5-pro"
    assert data["data"]["invoice_number"] == drawn.number
    assert {"confidence", "items", "language", "type"} <= set(data["data"])
    found = http.get(f"{PATH}get/", params={"id": answer["id"]})
    assert found.status_code == 200
    record = body(found)
    assert (record["id"], record["data"], record["status"]) == (answer["id"], data, "OK")
    assert base64.b64decode(record["pdf_data"]) == pdf
    file = http.get(f"{PATH}file/", params={"id": answer["id"]})
    assert (file.content, file.headers["content-type"]) == (pdf, "application/pdf")


def test_a_claimed_address_is_not_believed(http: httpx.Client) -> None:
    drawn = Drawn()
    forged = {"X-Forwarded-For": "6.6.6.6", "X-Real-Ip": "6.6.6.6", "Forwarded": "for=6.6.6.6"}
    answer = body(send(http, drawn.pdf(), f"{drawn.number}.pdf", forged))
    assert answer["filename"].startswith("direct_pdf/127_0_0_1/")


def test_a_pdf_that_cannot_be_read_is_kept_with_its_error(http: httpx.Client) -> None:
    broken = b"%PDF-1.7\n" + b"nothing that a PDF has " * 20
    response = send(http, broken)
    assert response.status_code == 201
    answer = body(response)
    assert answer["status"] == "ERROR"
    assert answer["data"]["status"] is False
    assert answer["data"]["message"]
    assert http.get(f"{PATH}file/", params={"id": answer["id"]}).content == broken


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("x.pdf", b"", "No file uploaded"),
        ("x.png", b"%PDF-1.4", "Only PDF files are allowed"),
        ("x.pdf", b"PNG", "Only PDF files are allowed"),
    ],
)
def test_only_pdf_files_are_allowed(http: httpx.Client, name: str, content: bytes, text: str) -> None:
    assert error(send(http, content, name)) == (400, text)


def test_a_file_is_required(http: httpx.Client) -> None:
    assert error(http.post(PATH)) == (400, "No file uploaded")


@pytest.mark.parametrize("part", ["get/", "file/"])
@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({}, (400, "id is required")),
        ({"id": " "}, (400, "id is required")),
        ({"id": "abc"}, (400, "id must be a valid integer")),
        ({"id": "1e3"}, (400, "id must be a valid integer")),
        ({"id": "0"}, (404, "Record not found")),
        ({"id": "99999999"}, (404, "Record not found")),
        ({"id": "9" * 40}, (404, "Record not found")),
    ],
)
def test_a_wrong_id_is_named(
    http: httpx.Client, part: str, query: dict[str, str], answer: tuple[int, str]
) -> None:
    assert error(http.get(PATH + part, params=query)) == answer


def test_the_same_bytes_from_one_address_are_named_as_duplicates(http: httpx.Client) -> None:
    pdf = Drawn().pdf()
    first = body(send(http, pdf))
    assert first["data"]["duplicates"] == []
    second = body(send(http, pdf))
    assert second["data"]["duplicates"] == [first["id"]]
    assert "duplicate" in {reason["code"] for reason in second["data"]["review"]["reasons"]}


def test_a_print_that_lacks_the_vendors_tax_id_is_named_too(http: httpx.Client) -> None:
    number = Drawn().number
    first, second, third = (
        body(send(http, Drawn(number, tax_id=tax_id, padding=size).pdf()))
        for size, tax_id in ((0, None), (0, "GB980780684"), (9, None))
    )
    assert second["data"]["duplicates"] == [first["id"]]
    assert third["data"]["duplicates"] == [first["id"], second["id"]]


def test_a_pdf_over_20_mb_is_given_as_a_link_that_works(http: httpx.Client) -> None:
    pdf = Drawn(padding=20 * 1024 * 1024).pdf()
    record = body(send(http, pdf))
    found = body(http.get(f"{PATH}get/", params={"id": record["id"]}))
    assert found["pdf_data"] is None
    assert httpx.get(found["pdf_url"], timeout=60).content == pdf
