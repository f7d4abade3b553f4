"""AUTH_MODE=token: who reads or writes a user's invoices must be that user."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from emulators.cloud import LocalOptions, local_cloud
from tests.contract.caller import Caller, body, error
from tests.documents import Drawn
from tests.environment import clean_environment

LOGIN_NEEDED = (401, "Authentication required")
NOT_THE_OWNER = (403, "Permission denied")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, str]]:
    """A cloud in token mode: a caller at its gateway, and an API key."""
    options = LocalOptions(
        folder=tmp_path_factory.mktemp("token"),
        port=0,
        environ=clean_environment(),
        settings={"AUTH_MODE": "token"},
    )
    with local_cloud(options) as running, httpx.Client(base_url=running.gateway_url, timeout=60) as http:
        yield http, running.api_key


@pytest.fixture
def logged_in(guarded: tuple[httpx.Client, str]) -> Iterator[Callable[[], Caller]]:
    """Makes callers with an account and its token."""
    http = guarded[0]
    with ExitStack() as clients:

        def log_in() -> Caller:
            account = {"user_name": f"user-{secrets.token_hex(6)}", "user_password": "securepass123"}
            http.post("/signup/", json=account)
            login = body(http.post("/login/", json=account))
            headers = {"Authorization": f"Bearer {login['access_token']}"}
            client = httpx.Client(base_url=http.base_url, timeout=60, headers=headers)
            return Caller(clients.enter_context(client), str(login["user_id"]))

        yield log_in


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/invoices/?user_id=1"),
        ("GET", "/invoice/1/data/"),
        ("GET", "/invoice/1/file/"),
        ("POST", "/invoice/1/refetch/"),
        ("POST", "/process-invoices/"),
        ("POST", "/upload/"),
        ("POST", "/invoice/extract-data/"),
        ("GET", "/invoice/extract-data/get/?id=1"),
        ("GET", "/invoice/extract-data/file/?id=1"),
        ("GET", "/check/?id=1"),
        ("GET", "/status/"),
        ("GET", "/status/?user_id=1"),
        ("GET", "/webhook/show/"),
        ("POST", "/replay/"),
    ],
)
@pytest.mark.parametrize("token", [None, "Bearer nonsense", "Basic abc", "Bearer"])
def test_a_call_without_a_token_that_holds_is_refused(
    guarded: tuple[httpx.Client, str], method: str, path: str, token: str | None
) -> None:
    headers = {} if token is None else {"Authorization": token}
    assert error(guarded[0].request(method, path, headers=headers)) == LOGIN_NEEDED


def test_a_user_reaches_their_own_invoices_and_nobody_elses(logged_in: Callable[[], Caller]) -> None:
    owner, stranger = logged_in(), logged_in()
    invoice_id = owner.uploaded()
    found = owner.once(invoice_id, "done")
    assert [invoice["id"] for invoice in owner.listed()["invoices"]] == [invoice_id]
    for method, path in (
        ("GET", f"/invoices/?user_id={owner.user_id}"),
        ("GET", f"/invoice/{invoice_id}/data/"),
        ("GET", f"/invoice/{invoice_id}/file/"),
        ("POST", f"/invoice/{invoice_id}/refetch/"),
        ("GET", f"/check/?invoice_id={invoice_id}"),
    ):
        assert error(stranger.http.request(method, path)) == NOT_THE_OWNER
    wish = {"invoice_id": invoice_id, "user_id": owner.user_id}
    assert error(stranger.http.post("/process-invoices/", json=wish))[0] == 403
    foreign = Caller(stranger.http, owner.user_id)
    assert error(foreign.upload(Drawn().pdf())) == NOT_THE_OWNER
    assert "link=" in found["check_url"]


def test_a_user_is_told_of_their_own_records_and_calls_alone(logged_in: Callable[[], Caller]) -> None:
    owner, stranger = logged_in(), logged_in()
    owner.once(owner.uploaded(), "done")
    files = {"file": ("invoice.pdf", Drawn().pdf(), "application/pdf")}
    owner.http.post("/invoice/extract-data/", files=files)
    own = body(owner.http.get("/status/"))
    assert (own["user_id"], own["invoices"]["done"], own["direct"]["done"]) == (owner.user_id, 1, 1)
    assert own["usage"]["total"]["calls"] == 2
    foreign = body(stranger.http.get("/status/"))
    assert foreign["user_id"] == stranger.user_id
    assert {*foreign["invoices"].values(), *foreign["direct"].values()} == {0}
    assert foreign["usage"]["total"]["calls"] == 0
    refused = stranger.http.get("/status/", params={"user_id": owner.user_id})
    assert error(refused) == NOT_THE_OWNER


def test_the_pages_open_without_a_token_and_hold_no_ones_records(
    guarded: tuple[httpx.Client, str], logged_in: Callable[[], Caller]
) -> None:
    owner = logged_in()
    owner.once(owner.uploaded(), "done")
    for path in ("/", "/docs/", "/docs/openapi.json"):
        answer = guarded[0].get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert "Northwind" not in answer.text


def test_a_signed_link_opens_the_check_page_of_one_record(logged_in: Callable[[], Caller]) -> None:
    owner = logged_in()
    first, second = owner.uploaded(), owner.uploaded()
    url = owner.once(first, "done")["check_url"]
    with httpx.Client(timeout=60, headers={"Accept": "text/html"}) as anybody:
        assert anybody.get(url).status_code == 200
        other = url.replace(f"invoice_id={first}", f"invoice_id={second}")
        assert anybody.get(other).status_code in (401, 403)
        assert anybody.get(url[:-4] + "AAAA").status_code in (401, 403)


def test_a_direct_record_belongs_to_whoever_sent_it(logged_in: Callable[[], Caller]) -> None:
    owner, stranger = logged_in(), logged_in()
    files = {"file": ("invoice.pdf", Drawn().pdf(), "application/pdf")}
    record = body(owner.http.post("/invoice/extract-data/", files=files))["id"]
    assert owner.http.get("/invoice/extract-data/get/", params={"id": record}).status_code == 200
    assert error(stranger.http.get("/invoice/extract-data/get/", params={"id": record})) == NOT_THE_OWNER


def test_webhooks_and_api_keys_need_no_token(
    guarded: tuple[httpx.Client, str], logged_in: Callable[[], Caller]
) -> None:
    http, api_key = guarded
    assert http.post("/webhook/", json={"a": 1}).status_code == 200
    content = base64.b64encode(Drawn().pdf()).decode()
    order = {"api_key": api_key, "model": "gemini-2.5-flash", "pdf_base64": content}
    assert http.post("/process-pdf/gemini/", json=order).status_code == 200
    assert logged_in().http.get("/webhook/show/").status_code == 200
