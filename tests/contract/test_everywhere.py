"""What holds on every path."""

from __future__ import annotations

import httpx
import pytest

from tests.contract.caller import error

ROUTES = [
    ("POST", "/signup/"),
    ("POST", "/login/"),
    ("POST", "/upload/"),
    ("GET", "/invoices/"),
    ("GET", "/invoice/1/file/"),
    ("GET", "/invoice/1/data/"),
    ("POST", "/invoice/1/refetch/"),
    ("POST", "/process-invoices/"),
    ("POST", "/invoice/extract-data/"),
    ("GET", "/invoice/extract-data/get/"),
    ("GET", "/invoice/extract-data/file/"),
    ("POST", "/process-pdf/gemini/"),
    ("POST", "/process-pdf/vertex/"),
    ("POST", "/process-pdf/gemini/v2/"),
    ("POST", "/process-pdf/vertex/v2/"),
    ("GET", "/"),
    ("GET", "/status/"),
    ("GET", "/docs/"),
    ("GET", "/check/"),
    ("GET", "/webhook/show/"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_path_works_with_and_without_its_trailing_slash(http: httpx.Client, method: str, path: str) -> None:
    with_slash, without = (http.request(method, form) for form in (path, path.rstrip("/")))
    assert with_slash.status_code == without.status_code
    assert with_slash.status_code not in (301, 302, 307, 308)
    if with_slash.status_code >= 400:
        assert error(with_slash) == error(without)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_another_method_is_refused_with_those_that_are_allowed(
    http: httpx.Client, method: str, path: str
) -> None:
    response = http.request("DELETE", path)
    assert error(response) == (405, "Method not allowed")
    assert method in response.headers["allow"].split(", ")


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/docs/nope",
        "/invoice/",
        "/invoice/1/",
        "/upload/x",
        "/process-pdf/",
        "/UPLOAD/",
        "/robots.txt",
        "/a%0Ab",
    ],
)
def test_an_unknown_path_is_not_found(http: httpx.Client, path: str) -> None:
    assert error(http.get(path)) == (404, "Not found")


@pytest.mark.parametrize("path", ["/login/", "/signup/", "/process-invoices/", "/process-pdf/gemini/"])
@pytest.mark.parametrize("content", ["{", "[]", "7", '{"a": NaN}', '"\\ud800"'])
def test_what_is_no_json_object_is_invalid(http: httpx.Client, path: str, content: str) -> None:
    response = http.post(path, content=content, headers={"Content-Type": "application/json"})
    assert error(response) == (400, "Invalid JSON")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("my-id.1_2", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ('"', False), ("é", False)],
)
@pytest.mark.parametrize("path", ["/invoices/?user_id=1", "/nope", "/upload/"])
def test_every_answer_has_a_request_id_the_callers_own_if_it_is_sane(
    http: httpx.Client, path: str, sent: str, kept: bool
) -> None:
    answered = http.get(path, headers=[(b"X-Request-Id", sent.encode())]).headers["x-request-id"]
    assert (answered == sent) is kept
    assert 0 < len(answered) <= 64


@pytest.mark.parametrize("path", ["/invoices/?user_id=1", "/nope", "/upload/", "/invoices/"])
def test_every_answer_may_be_read_by_any_page(http: httpx.Client, path: str) -> None:
    response = http.get(path, headers={"Origin": "https://app.example"})
    assert response.headers.get_list("access-control-allow-origin") == ["*"]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_pre_flight_is_answered(http: httpx.Client, method: str, path: str) -> None:
    headers = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type",
    }
    response = http.options(path, headers=headers)
    assert response.status_code in (200, 204)
    assert response.headers["access-control-allow-origin"] == "*"
    assert method in response.headers["access-control-allow-methods"]
    assert "content-type" in response.headers["access-control-allow-headers"].lower()


def test_a_url_over_8_kib_is_too_long(http: httpx.Client) -> None:
    assert error(http.get("/invoices/", params={"user_id": "x" * 8200})) == (414, "URI too long")
