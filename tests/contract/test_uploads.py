"""Uploads as documented."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import httpx
import pytest

from tests.contract.caller import Caller, body, error
from tests.documents import Drawn


@pytest.fixture
def caller(http: httpx.Client) -> Caller:
    return Caller.new(http)


def test_an_invoice_is_stored_with_what_is_said_of_it(caller: Caller) -> None:
    pdf = Drawn().pdf()
    response = caller.http.post(
        "/upload/",
        data={
            "user_id": caller.user_id,
            "vendor_name": "ABC Corp",
            "vendor_tax_id": "TAX123456",
            "invoice_no": "INV-2024-001",
            "invoice_date": "10-12-2024",
            "amt": "1500.50",
            "remarks": "Q4 payment",
        },
        files={
            "file": ("invoice.pdf", pdf, "application/pdf"),
            "supporting_doc_1": ("contract.docx", b"anything", "application/msword"),
        },
    )
    assert response.status_code == 201
    answer = body(response)
    folder = f"docs/{caller.user_id}"
    assert answer == {
        "message": "Invoice uploaded successfully",
        "invoice_id": answer["invoice_id"],
        "file_path": f"{folder}/invoice.pdf",
        "supporting_doc_1": f"{folder}/support1_contract.docx",
        "supporting_doc_2": None,
        "duplicate_of": None,
    }
    invoice = caller.listed()["invoices"][0]
    assert invoice.pop("processing")["state"] in ("queued", "reading", "done")
    assert invoice.pop("data_fetch") in ("N", "Y")
    assert invoice == {
        "id": answer["invoice_id"],
        "auth_id": caller.user_id,
        "file_name": f"{folder}/invoice.pdf",
        "vendor_name": "ABC Corp",
        "vendor_tax_id": "TAX123456",
        "invoice_no": "INV-2024-001",
        "invoice_date": "2024-12-10",
        "amt": Decimal("1500.50"),
        "supporting_doc_1": f"{folder}/support1_contract.docx",
        "supporting_doc_2": None,
        "remarks": "Q4 payment",
    }
    file = caller.http.get(f"/invoice/{answer['invoice_id']}/file/")
    assert file.content == pdf
    assert file.headers["content-type"] == "application/pdf"


def test_auth_id_stands_for_user_id_and_user_id_wins(caller: Caller) -> None:
    files = {"file": ("a.pdf", Drawn().pdf(), "application/pdf")}
    answer = body(caller.http.post("/upload/", data={"auth_id": caller.user_id}, files=files))
    assert answer["file_path"] == f"docs/{caller.user_id}/a.pdf"
    both = {"auth_id": "other", "user_id": caller.user_id}
    answer = body(caller.http.post("/upload/", data=both, files=files))
    assert answer["file_path"] == f"docs/{caller.user_id}/a_2.pdf"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"user_id": ""}, "user_id is required"),
        ({"user_id": "a/b"}, "user_id is not valid"),
        ({"user_id": ".."}, "user_id is not valid"),
        ({"user_id": "x" * 129}, "user_id is not valid"),
        ({"vendor_name": "x" * 31}, "vendor_name must be at most 30 characters"),
        ({"vendor_tax_id": "x" * 31}, "vendor_tax_id must be at most 30 characters"),
        ({"invoice_no": "x" * 31}, "invoice_no must be at most 30 characters"),
        ({"invoice_date": "2024-02-30"}, "invoice_date must be YYYY-MM-DD or DD-MM-YYYY"),
        ({"invoice_date": "yesterday"}, "invoice_date must be YYYY-MM-DD or DD-MM-YYYY"),
        ({"amt": "1,000"}, "amt must be a number"),
        ({"amt": "NaN"}, "amt must be a number"),
        ({"amt": "1e3"}, "amt must be a number"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(
    caller: Caller, fields: dict[str, str], text: str
) -> None:
    assert error(caller.upload(Drawn().pdf(), **fields)) == (400, text)
    assert caller.listed()["invoices"] == []


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("invoice.pdf", b"", "No file uploaded"),
        ("invoice.txt", b"%PDF-1.4", "Only PDF files are allowed"),
        ("invoice.pdf", b"<html>", "Only PDF files are allowed"),
        ("invoice.pdf", b"x" * 1024 + b"%PDF-1.4", "Only PDF files are allowed"),
    ],
)
def test_only_pdf_files_are_allowed(caller: Caller, name: str, content: bytes, text: str) -> None:
    assert error(caller.upload(content, name)) == (400, text)


def test_a_file_is_required(caller: Caller) -> None:
    response = caller.http.post("/upload/", data={"user_id": caller.user_id})
    assert error(response) == (400, "No file uploaded")


def test_the_user_is_asked_for_before_the_file(caller: Caller) -> None:
    assert error(caller.http.post("/upload/", data={"amt": "x"})) == (400, "user_id is required")


def test_thirty_characters_are_counted_as_characters(caller: Caller) -> None:
    assert caller.uploaded(vendor_name="आ" * 30) > 0
    assert caller.listed()["invoices"][0]["vendor_name"] == "आ" * 30


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\Users\\x.pdf", "x.pdf"),
        ("रसीद २०२४ №5.PDF", "रसीद २०२४ №5.PDF"),
        ("two  words.pdf", "two  words.pdf"),
    ],
)
def test_a_name_stays_as_it_is_but_never_leaves_its_folder(caller: Caller, name: str, stored: str) -> None:
    answer = body(caller.upload(Drawn().pdf(), name))
    assert answer["file_path"] == f"docs/{caller.user_id}/{stored}"
    file = caller.http.get(f"/invoice/{answer['invoice_id']}/file/")
    assert file.status_code == 200
    assert "\n" not in file.headers["content-disposition"]


def test_a_taken_name_gets_the_next_number_for_every_kind_of_file(caller: Caller) -> None:
    def send() -> dict[str, str]:
        files = {
            "file": ("invoice.pdf", Drawn().pdf(), "application/pdf"),
            "supporting_doc_1": ("c.pdf", b"1", "application/pdf"),
            "supporting_doc_2": ("c.pdf", b"2", "application/pdf"),
        }
        answer = body(caller.http.post("/upload/", data={"user_id": caller.user_id}, files=files))
        return {
            key: str(answer[key]).rpartition("/")[2]
            for key in ("file_path", "supporting_doc_1", "supporting_doc_2")
        }

    assert [send() for _ in range(3)] == [
        {
            "file_path": "invoice.pdf",
            "supporting_doc_1": "support1_c.pdf",
            "supporting_doc_2": "support2_c.pdf",
        },
        {
            "file_path": "invoice_2.pdf",
            "supporting_doc_1": "support1_c_2.pdf",
            "supporting_doc_2": "support2_c_2.pdf",
        },
        {
            "file_path": "invoice_3.pdf",
            "supporting_doc_1": "support1_c_3.pdf",
            "supporting_doc_2": "support2_c_3.pdf",
        },
    ]


@pytest.mark.parametrize("size", [1, 20 * 1024 * 1024])
def test_two_uploads_of_one_name_at_the_same_moment_keep_both_files(caller: Caller, size: int) -> None:
    documents = [Drawn(padding=size).pdf() for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = [body(answer) for answer in pool.map(caller.upload, documents)]
    names = sorted(answer["file_path"].rpartition("/")[2] for answer in answers)
    assert names == ["invoice.pdf", "invoice_2.pdf"]
    for answer, pdf in zip(answers, documents, strict=True):
        assert caller.http.get(f"/invoice/{answer['invoice_id']}/file/").content == pdf


def test_the_same_bytes_again_make_a_new_invoice_that_says_so(caller: Caller) -> None:
    pdf = Drawn().pdf()
    first = caller.uploaded(pdf)
    answers = [body(caller.upload(pdf)) for _ in range(2)]
    assert [answer["duplicate_of"] for answer in answers] == [first, first]
    assert len({first, *(answer["invoice_id"] for answer in answers)}) == 3
    stranger = Caller.new(caller.http)
    assert body(stranger.upload(pdf))["duplicate_of"] is None


def test_a_repetition_under_one_key_stores_nothing_new(caller: Caller) -> None:
    pdf = Drawn().pdf()
    first = caller.upload(pdf, key="one")
    again = caller.upload(pdf, key="one")
    assert (again.status_code, body(again)) == (201, body(first))
    assert len(caller.listed()["invoices"]) == 1
    other = caller.upload(Drawn().pdf(), key="one")
    assert error(other) == (422, "Idempotency-Key was used for another request")
    assert body(Caller.new(caller.http).upload(pdf, key="one"))["invoice_id"] != body(first)["invoice_id"]


def test_racing_repetitions_under_one_key_get_one_answer(caller: Caller) -> None:
    pdf = Drawn(padding=2_000_000).pdf()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: caller.upload(pdf, key="race"), range(6)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.text for answer in answers if answer.status_code == 201}) == 1
    assert len(caller.listed()["invoices"]) == 1


def test_a_repetition_after_a_refused_request_is_carried_out(caller: Caller) -> None:
    assert caller.upload(b"no pdf", key="again").status_code == 400
    assert caller.upload(Drawn().pdf(), key="again").status_code == 201


def test_a_body_over_32_mib_is_refused(caller: Caller) -> None:
    response = caller.upload(Drawn(padding=32 * 1024 * 1024).pdf())
    assert error(response) == (413, "Payload too large")


def test_an_upload_of_30_mb_works(caller: Caller) -> None:
    pdf = Drawn(padding=30 * 1024 * 1024).pdf()
    invoice_id = caller.uploaded(pdf)
    assert caller.http.get(f"/invoice/{invoice_id}/file/").content == pdf
