"""The local gateway as a caller meets it: real Envoy, small functions behind it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import httpx
import pytest

from emulators.gateway import configuration
from emulators.gateway.bootstrap import loopback_addresses
from emulators.gateway.openapi import Operation, document, operations
from tests.emulated.gateway_parts import (
    FUNCTIONS,
    TEMPLATE,
    Backend,
    Gateway,
    envoy_command,
    free_ports,
    running,
)

MAX_BODY = 32 * 1024 * 1024
SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
OPERATIONS = [*operations(document(TEMPLATE, {name: f"http://{name}" for name in FUNCTIONS}))]
PATHS = sorted({operation.path for operation in OPERATIONS})


@pytest.fixture(scope="module")
def backends() -> Iterator[dict[str, Backend]]:
    made = {name: Backend(name) for name in FUNCTIONS}
    for backend in made.values():
        backend.start()
    yield made
    for backend in made.values():
        backend.stop()


@pytest.fixture(scope="module")
def gateway(backends: dict[str, Backend], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    upstreams = {name: backend.url for name, backend in backends.items()}
    with running(tmp_path_factory.mktemp("gateway"), upstreams) as started:
        yield started


@pytest.fixture
def call(gateway: Gateway) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway.url, timeout=20) as client:
        yield client


@pytest.fixture
def webhook(backends: dict[str, Backend]) -> Backend:
    backends["webhook"].seen.clear()
    return backends["webhook"]


def filled(path: str) -> str:
    """A path of this template."""
    return path.replace("{invoice_id}", "17").replace("{file=**}", "web/a.js").replace("{path=**}", "a/b/c")


def is_the_error(answer: httpx.Response, status: int, text: str) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"error": text}
    assert SANE_ID.fullmatch(answer.headers["x-request-id"])
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "x-request-id" in answer.headers["access-control-expose-headers"]


def described(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


# Routes


@pytest.mark.parametrize("operation", OPERATIONS, ids=described)
@pytest.mark.parametrize("slash", ["", "/"], ids=["bare", "slash"])
def test_every_operation_reaches_its_function_in_both_forms(
    call: httpx.Client, backends: dict[str, Backend], operation: Operation, slash: str
) -> None:
    backend = backends[operation.address.removeprefix("http://")]
    path = filled(operation.path).rstrip("/") + slash or "/"
    answer = call.request(operation.method, path, params={"a": "1"})
    assert answer.status_code == 200
    assert backend.seen[-1].method == operation.method
    assert backend.seen[-1].path == f"{path}?a=1"


@pytest.mark.parametrize("path", PATHS)
def test_a_method_that_a_path_does_not_take_is_405_and_names_those_it_takes(
    call: httpx.Client, path: str
) -> None:
    taken = {operation.method for operation in OPERATIONS if operation.path == path}
    for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - taken:
        answer = call.request(method, filled(path) + "/")
        assert answer.status_code == 405
        assert {*answer.headers["allow"].split(", ")} == taken - {"OPTIONS"}
        if method != "HEAD":
            is_the_error(answer, 405, "Method not allowed")


@pytest.mark.parametrize(
    "path",
    [
        "/docs/x/",
        "/nowhere",
        "/upload/x/",
        "/UPLOAD/",
        "/uploads/",
        "/invoice/1/",
        "/invoice//data/",
        "/webhooks/",
    ],
)
def test_an_unknown_path_is_404(call: httpx.Client, path: str) -> None:
    is_the_error(call.get(path), 404, "Not found")
    is_the_error(call.post(path, content=b"x"), 404, "Not found")


def test_show_takes_get_alone_though_it_lies_below_webhook(call: httpx.Client, webhook: Backend) -> None:
    is_the_error(call.post("/webhook/show/"), 405, "Method not allowed")
    assert not webhook.seen
    assert call.post("/webhook/show/deeper/").status_code == 200
    assert webhook.seen[-1].path == "/webhook/show/deeper/"


def test_an_extracted_record_is_not_taken_for_an_invoice(
    call: httpx.Client, backends: dict[str, Backend]
) -> None:
    assert call.get("/invoice/extract-data/file/?id=1").json()["function"] == "extract"
    assert call.get("/invoice/7/file/?id=1").json()["function"] == "invoices"
    # extract-data is no number, but only the function knows numbers
    assert call.get("/invoice/extract-data/data/").json()["function"] == "invoices"


@pytest.mark.parametrize(
    "path",
    ["/invoice/1%2F2/data/", "/invoice/a%20b/data", "/invoice/%E2%82%AC/data/", "/webhook/%5B1%5D/%0A/%ff"],
)
def test_percent_forms_reach_the_function_as_they_came(gateway: Gateway, path: str) -> None:
    status, _, body = gateway.raw(f"GET {path}?q=%2e%2F&q=a//b/../c HTTP/1.1\r\nHost: h\r\n\r\n".encode())
    assert status == 200
    assert json.loads(body)["path"] == f"{path}?q=%2e%2F&q=a//b/../c"


def test_a_path_can_not_climb_out_of_the_webhook(gateway: Gateway) -> None:
    status, _, body = gateway.raw(b"GET /webhook/%2e%2e/invoices/ HTTP/1.1\r\nHost: h\r\n\r\n")
    assert (status, json.loads(body)["function"]) == (200, "invoices")


def test_head_is_answered_with_headers_alone(gateway: Gateway) -> None:
    for path, status in (("/invoice/1/file/", 200), ("/nowhere", 404), ("/upload", 405)):
        request = f"HEAD {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
        answered, headers, body = gateway.raw(request.encode())
        assert answered == status
        assert int(headers["content-length"]) > 0
        assert body == b""


def test_an_http_1_0_client_is_answered(gateway: Gateway) -> None:
    assert gateway.raw(b"GET /invoices/?user_id=1 HTTP/1.0\r\n\r\n")[0] == 200


@pytest.mark.parametrize("protocol", ["websocket", "h2c", "something/2"])
def test_an_offer_to_change_the_protocol_is_left_alone(gateway: Gateway, protocol: str) -> None:
    offer = f"Connection: Upgrade\r\nUpgrade: {protocol}"
    assert gateway.raw(f"GET /webhook HTTP/1.1\r\nHost: h\r\n{offer}\r\n\r\n".encode())[0] == 200


# Bodies


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "GET", "OPTIONS"])
def test_any_bytes_reach_the_webhook_with_any_method(
    call: httpx.Client, webhook: Backend, method: str
) -> None:
    body = bytes(range(256)) * 40
    headers = {"Content-Type": "application/weird", "X-Signature": "a=b"}
    assert call.request(method, "/webhook/in/", content=body, headers=headers).status_code == 200
    seen = webhook.seen[-1]
    assert (seen.method, seen.size, seen.sha256) == (method, len(body), sha256(body).hexdigest())
    assert seen.header("content-type") == ["application/weird"]
    assert seen.header("x-signature") == ["a=b"]


def test_a_function_is_told_no_more_than_who_called_and_how(call: httpx.Client, webhook: Backend) -> None:
    call.get("/webhook/", headers={"User-Agent": "u", "Accept": "a", "Accept-Encoding": "e"})
    names = {name.lower() for name, _ in webhook.seen[-1].headers}
    caller = {"host", "user-agent", "accept", "accept-encoding"}
    assert names - caller == {"x-forwarded-for", "x-forwarded-proto", "x-request-id"}


def test_a_body_of_32_mib_passes_and_one_byte_more_does_not(
    call: httpx.Client, backends: dict[str, Backend]
) -> None:
    upload = backends["upload"]
    whole = bytes(MAX_BODY)
    assert call.post("/upload/", content=whole).status_code == 200
    assert upload.seen[-1].size == MAX_BODY
    before = upload.received
    is_the_error(call.post("/upload/", content=whole + b"x"), 413, "Payload too large")
    assert upload.received == before


def test_a_body_of_unknown_length_is_counted_as_it_comes(
    gateway: Gateway, backends: dict[str, Backend]
) -> None:
    upload = backends["upload"]
    before = upload.received
    piece = b"10000\r\n" + bytes(65536) + b"\r\n"
    answer = b""
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=20) as connection:
        connection.sendall(b"POST /upload/ HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        # The gateway closes a second after its answer, in the middle of what we send or read.
        with suppress(ConnectionError):
            for _ in range(40 * 16):
                connection.sendall(piece)
        with suppress(ConnectionError):
            while more := connection.recv(65536):
                answer += more
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b'\r\n\r\n{"error":"Payload too large"}\n')
    assert upload.received - before <= MAX_BODY


def test_a_slow_function_gets_a_30_mb_upload_without_the_gateway_holding_it(
    gateway: Gateway, backends: dict[str, Backend]
) -> None:
    before, peak = gateway.memory(), 0
    answers: list[int] = []
    body = bytes(30_000_000)

    def send() -> None:
        answer = httpx.post(f"{gateway.url}/upload/?rate=15000000", content=body, timeout=60)
        answers.append(answer.status_code)

    sender = Thread(target=send)
    sender.start()
    while sender.is_alive():
        peak = max(peak, gateway.memory())
        time.sleep(0.02)
    assert answers == [200]
    assert backends["upload"].seen[-1].size == len(body)
    assert peak - before < 12_000_000


# Who calls


@pytest.mark.parametrize(
    "claim",
    [
        {"X-Forwarded-For": "6.6.6.6"},
        {"X-Forwarded-For": "6.6.6.6, 7.7.7.7", "Forwarded": "for=6.6.6.6", "X-Real-IP": "6.6.6.6"},
        {"X-Envoy-External-Address": "6.6.6.6", "X-Forwarded-Host": "evil", "X-Forwarded-Proto": "https"},
    ],
)
def test_the_client_address_is_the_peer_whatever_it_claims(
    call: httpx.Client, webhook: Backend, claim: dict[str, str]
) -> None:
    call.post("/webhook/", headers=claim)
    seen = webhook.seen[-1]
    assert seen.header("x-forwarded-for") == ["127.0.0.1"]
    assert seen.header("x-forwarded-proto") == ["http"]
    assert "6.6.6.6" not in json.dumps(seen.headers)
    assert "evil" not in json.dumps(seen.headers)


def test_the_gateway_listens_on_every_loopback_address(gateway: Gateway, webhook: Backend) -> None:
    for address in loopback_addresses():
        assert gateway.raw(b"GET /webhook HTTP/1.1\r\nHost: localhost\r\n\r\n", address)[0] == 200
        assert webhook.seen[-1].header("x-forwarded-for") == [address]


def test_the_callers_authorization_comes_twice_as_in_the_cloud(call: httpx.Client, webhook: Backend) -> None:
    call.get("/webhook/", headers={"Authorization": "Bearer t", "X-Forwarded-Authorization": "Bearer forged"})
    assert webhook.seen[-1].header("x-forwarded-authorization") == ["Bearer t"]
    call.get("/webhook/", headers={"X-Forwarded-Authorization": "Bearer forged"})
    assert webhook.seen[-1].header("x-forwarded-authorization") == []


def test_a_caller_can_not_change_the_deadline_or_the_tries(call: httpx.Client, webhook: Backend) -> None:
    headers = {"x-envoy-upstream-rq-timeout-ms": "1", "x-envoy-retry-on": "5xx", "x-envoy-max-retries": "5"}
    assert call.get("/webhook/?sleep=0.2", headers=headers).status_code == 200
    assert call.get("/webhook/?status=500", headers=headers).status_code == 500
    assert len(webhook.seen) == 2


def test_a_header_with_an_underscore_is_refused_as_by_api_gateway(gateway: Gateway) -> None:
    status, _, body = gateway.raw(b"GET /webhook HTTP/1.1\r\nHost: h\r\nX_Forwarded_For: 6\r\n\r\n")
    assert (status, json.loads(body)) == (400, {"error": "Bad request"})


# Request ids


@pytest.mark.parametrize("given", ["a", "A-z_0.9", "x" * 64, "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("path", ["/webhook/", "/nowhere"])
def test_a_sane_request_id_is_kept(call: httpx.Client, webhook: Backend, given: str, path: str) -> None:
    assert call.get(path, headers={"X-Request-Id": given}).headers.get_list("x-request-id") == [given]
    if path == "/webhook/":
        assert webhook.seen[-1].header("x-request-id") == [given]


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, 'a"', "a,b", "ä"])
@pytest.mark.parametrize("path", ["/webhook/", "/nowhere"])
def test_any_other_request_id_is_replaced(
    call: httpx.Client, webhook: Backend, given: str, path: str
) -> None:
    answer = call.get(path, headers={b"X-Request-Id": given.encode()})
    [fresh] = answer.headers.get_list("x-request-id")
    assert SANE_ID.fullmatch(fresh)
    assert fresh != given
    if path == "/webhook/":
        assert webhook.seen[-1].header("x-request-id") == [fresh]


def test_two_calls_without_an_id_get_two(call: httpx.Client) -> None:
    assert call.get("/nowhere").headers["x-request-id"] != call.get("/nowhere").headers["x-request-id"]


# The gateway's own errors


@pytest.mark.parametrize(
    ("request_", "status", "text"),
    [
        (b"nonsense\r\n\r\n", 400, "Bad request"),
        (b"GET /webhook HTTP/1.1\r\n\r\n", 400, "Bad request"),
        (b"GET /webhook/%00 HTTP/1.1\r\nHost: h\r\nX-Request-Id: not sane\r\n\r\n", 400, "Bad request"),
        (b"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400, "Bad request"),
        (
            b"POST /webhook HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            400,
            "Bad request",
        ),
        (b"CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n", 404, "Not found"),
        (
            b"GET /webhook HTTP/1.1\r\nHost: h\r\nA: " + b"x" * 9000 + b"\r\n\r\n",
            431,
            "Request header fields too large",
        ),
        (
            b"GET /webhook HTTP/1.1\r\nHost: h\r\n"
            + b"".join(b"h%d: x\r\n" % n for n in range(95))
            + b"\r\n",
            431,
            "Request header fields too large",
        ),
        (
            b"GET /webhook HTTP/1.1\r\nHost: h\r\n"
            + b"".join(b"h%d: %s\r\n" % (n, b"x" * 8000) for n in range(8))
            + b"\r\n",
            431,
            "Request header fields too large",
        ),
    ],
    ids=["no HTTP", "no host", "a null", "a space", "two lengths", "CONNECT", "one large", "many", "much"],
)
def test_what_is_no_proper_request_is_refused_in_the_contracts_shape(
    gateway: Gateway, request_: bytes, status: int, text: str
) -> None:
    code, headers, body = gateway.raw(request_)
    assert (code, json.loads(body)) == (status, {"error": text})
    assert headers["content-type"] == "application/json"
    assert SANE_ID.fullmatch(headers["x-request-id"])
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("length", [8193, 20_000, 100_000, 1_500_000])
def test_a_url_over_8_kib_is_414(gateway: Gateway, length: int) -> None:
    url = "/webhook/?q=".ljust(length, "x")
    status, _, body = gateway.raw(f"GET {url} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
    assert (status, json.loads(body)) == (414, {"error": "URI too long"})


def test_a_url_of_8_kib_passes(gateway: Gateway) -> None:
    url = "/webhook/?q=".ljust(8192, "x")
    assert gateway.raw(f"GET {url} HTTP/1.1\r\nHost: h\r\n\r\n".encode())[0] == 200


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 429, 500, 502, 503, 504])
def test_a_functions_own_error_is_not_rewritten(call: httpx.Client, status: int) -> None:
    answer = call.get(f"/webhook/?status={status}")
    assert answer.status_code == status
    assert (answer.headers["content-type"], answer.text) == ("text/html", "<h1>mine</h1>")


# Cross-origin


@pytest.mark.parametrize("path", [*map(filled, PATHS), "/nowhere"])
def test_a_preflight_is_answered_for_every_path_and_reaches_no_function(
    call: httpx.Client, backends: dict[str, Backend], path: str
) -> None:
    before = sum(len(backend.seen) for backend in backends.values())
    asked = {"Origin": "http://a.test", "Access-Control-Request-Method": "POST"}
    answer = call.options(path, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"PUT", "PATCH", "DELETE"} <= {*answer.headers["access-control-allow-methods"].split(", ")}
    assert {"authorization", "content-type", "idempotency-key", "range"} <= {
        *answer.headers["access-control-allow-headers"].split(", ")
    }
    assert sum(len(backend.seen) for backend in backends.values()) == before


def test_only_pages_of_named_origins_may_read_errors(backends: dict[str, Backend], tmp_path: Path) -> None:
    upstreams = {name: backend.url for name, backend in backends.items()}
    named = ("http://a.test", "https://b.test:8443")
    with running(tmp_path, upstreams, cors_origins=named) as gateway:
        for origin in (*named, "https://b.test", "http://a.test.evil", "null"):
            shown = origin if origin in named else None
            for answer in (
                httpx.get(f"{gateway.url}/nowhere", headers={"Origin": origin}),
                httpx.delete(f"{gateway.url}/upload/", headers={"Origin": origin}),
                httpx.options(
                    f"{gateway.url}/upload/",
                    headers={"Origin": origin, "Access-Control-Request-Method": "POST"},
                ),
            ):
                assert answer.headers.get("access-control-allow-origin") == shown
                assert answer.headers["vary"] == "origin"


# When a function is slow or away


def test_a_function_that_takes_longer_than_its_deadline_is_504(
    backends: dict[str, Backend], tmp_path: Path
) -> None:
    upstreams = {name: backend.url for name, backend in backends.items()}
    hasty = re.sub(r"deadline: [\d.]+", "deadline: 1.0", TEMPLATE)
    with running(tmp_path, upstreams, template=hasty) as gateway:
        start = time.monotonic()
        answer = httpx.get(f"{gateway.url}/webhook/?sleep=3", timeout=10)
        assert 0.9 < time.monotonic() - start < 2
        is_the_error(answer, 504, "Gateway timeout")
        assert httpx.get(f"{gateway.url}/webhook/?sleep=0.5").status_code == 200


def test_a_function_that_is_away_is_503_until_it_is_back(tmp_path: Path) -> None:
    backend = Backend("webhook")
    backend.start()
    backend.stop()
    with running(tmp_path, dict.fromkeys(FUNCTIONS, backend.url)) as gateway:
        answer = httpx.post(f"{gateway.url}/webhook/", content=b"x", timeout=30)
        is_the_error(answer, 503, "Service unavailable")
        backend.start()
        assert httpx.post(f"{gateway.url}/webhook/", content=b"x").status_code == 200
        backend.stop()


def test_calls_during_a_restart_of_two_seconds_are_answered(tmp_path: Path) -> None:
    backend = Backend("webhook")
    backend.start()
    backend.stop()
    with (
        running(tmp_path, dict.fromkeys(FUNCTIONS, backend.url)) as gateway,
        httpx.Client(limits=httpx.Limits(max_connections=40), timeout=30) as client,
        ThreadPoolExecutor(40) as pool,
    ):
        waiting = [
            pool.submit(client.post, f"{gateway.url}/webhook/{n}", content=b"x" * n) for n in range(40)
        ]
        time.sleep(2)
        backend.start()
        assert {answer.result().status_code for answer in waiting} == {200}
        assert sorted(seen.size for seen in backend.seen) == [*range(40)]
        backend.stop()


def test_what_a_function_has_seen_is_not_sent_again(call: httpx.Client, webhook: Backend) -> None:
    is_the_error(call.post("/webhook/?break=1", content=b"x"), 503, "Service unavailable")
    assert len(webhook.seen) == 1


# Operation


def test_the_access_log_names_the_request_and_tells_nothing_of_it(
    call: httpx.Client, gateway: Gateway
) -> None:
    secret = "s3cr3t"
    call.post(
        f"/webhook/log/?q={secret}",
        content=secret,
        headers={"X-Request-Id": "logged-1", "Authorization": secret, "User-Agent": secret},
    )
    entry = gateway.logged("logged-1")
    assert entry["path"] == "/webhook/log/"
    assert (entry["method"], entry["status"], entry["function"]) == ("POST", 200, "webhook")
    assert entry["client"] == "127.0.0.1"
    assert secret not in gateway.log.read_text("utf-8")


def test_a_second_gateway_on_the_same_port_fails(
    gateway: Gateway, backends: dict[str, Backend], tmp_path: Path
) -> None:
    upstreams = {name: backend.url for name, backend in backends.items()}
    [admin_port] = free_ports(1)
    config = tmp_path / "second.json"
    config.write_text(
        json.dumps(configuration(TEMPLATE, upstreams, port=gateway.port, admin_port=admin_port))
    )
    second = subprocess.run(envoy_command(config), capture_output=True, timeout=20, check=False)
    assert second.returncode != 0
    assert b"Address already in use" in second.stderr


def test_the_admin_interface_is_not_among_the_routes(call: httpx.Client, gateway: Gateway) -> None:
    for path in ("/ready", "/config_dump", "/quitquitquit"):
        is_the_error(call.get(path), 404, "Not found")
    assert httpx.get(f"http://127.0.0.1:{gateway.admin_port}/ready").status_code == 200


def test_odd_characters_in_a_name_stay_one_segment(call: httpx.Client, backends: dict[str, Backend]) -> None:
    name = quote("a b/ü?#[x]", safe="")
    assert call.get(f"/invoice/{name}/data/").json()["function"] == "invoices"
    assert backends["invoices"].seen[-1].path == f"/invoice/{name}/data/"
