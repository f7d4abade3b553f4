"""Webhooks as documented."""

from __future__ import annotations

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import httpx
import pytest

from tests.contract.caller import body, error
from tests.running import RunningCloud

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\Z")


def hit(http: httpx.Client, method: str = "POST", path: str = "/webhook/", **how: object) -> str:
    response = http.request(method, path, **how)  # type: ignore[arg-type]
    assert response.status_code == 200, response.text
    if method == "HEAD":
        return ""
    answer = body(response)
    assert answer == {
        "status": "success",
        "message": "Webhook received and logged",
        "timestamp": answer["timestamp"],
        "method": method,
    }
    assert TIMESTAMP.match(answer["timestamp"])
    return str(answer["timestamp"])


def shown(http: httpx.Client, **query: str) -> dict[str, object]:
    response = http.get("/webhook/show/", params=query)
    assert response.status_code == 200, response.text
    answer = body(response)
    assert isinstance(answer, dict)
    return answer


def entry(http: httpx.Client, timestamp: str) -> dict[str, object]:
    logs = shown(http)["logs"]
    assert isinstance(logs, dict)
    found = logs[timestamp]
    assert isinstance(found, dict)
    return found


def test_a_hit_is_logged_as_it_came(http: httpx.Client) -> None:
    event = {"event": "payment.success", "data": {"amount": 100, "currency": "INR"}}
    timestamp = hit(http, json=event, headers={"X-Shop": "42"})
    logged = entry(http, timestamp)
    assert logged["method"] == "POST"
    assert logged["data"] == event
    assert logged["query_params"] is None
    assert logged["content_type"] == "application/json"
    assert logged["client_ip"] == "127.0.0.1"
    headers = logged["headers"]
    assert isinstance(headers, dict)
    assert headers["X-Shop"] == "42"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/webhook", "/webhook/", "/webhook/shop/42/paid", "/webhook/a/", "/webhook/a%0Ab//c"]
)
def test_every_method_is_a_hit_there_and_below(http: httpx.Client, method: str, path: str) -> None:
    timestamp = hit(http, method, path)
    logged = entry(http, timestamp)
    assert (logged["method"], logged["data"]) == (method, None)


def test_a_head_request_is_a_hit(http: httpx.Client) -> None:
    mark = secrets.token_hex(8)
    hit(http, "HEAD", params={"mark": mark})
    logs = shown(http, q=mark, method="HEAD")["logs"]
    assert isinstance(logs, dict)
    assert len(logs) == 1


def test_a_pre_flight_is_answered_and_not_logged(http: httpx.Client) -> None:
    mark = secrets.token_hex(8)
    headers = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    response = http.options("/webhook/", params={"mark": mark}, headers=headers)
    assert response.status_code in (200, 204)
    assert response.headers["access-control-allow-origin"] == "*"
    assert shown(http, q=mark)["logs"] == {}


def test_queries_keep_repeated_keys(http: httpx.Client) -> None:
    timestamp = hit(http, "GET", path="/webhook/?a=1&a=2&b=")
    assert entry(http, timestamp)["query_params"] == {"a": ["1", "2"], "b": ""}


def test_numbers_keep_every_digit(http: httpx.Client) -> None:
    timestamp = hit(
        http,
        content=b'{"amount": 100.10, "id": 12345678901234567890123}',
        headers={"Content-Type": "application/json"},
    )
    assert entry(http, timestamp)["data"] == {"amount": Decimal("100.10"), "id": 12345678901234567890123}


def test_bytes_are_kept_as_base64(http: httpx.Client) -> None:
    timestamp = hit(http, content=b"\xff\x00")
    logged = entry(http, timestamp)
    assert (logged["data"], logged["data_encoding"]) == ("/wA=", "base64")


def test_secrets_in_headers_are_not_logged(http: httpx.Client) -> None:
    secret = secrets.token_hex(16)
    names = ("Authorization", "Cookie", "X-Api-Key", "X-Hub-Signature-256", "X-Gitlab-Token")
    timestamp = hit(http, headers={**dict.fromkeys(names, secret), "X-Mark": "m"})
    headers = entry(http, timestamp)["headers"]
    assert isinstance(headers, dict)
    assert [headers[name] for name in names] == ["***"] * len(names)
    assert secret not in str(shown(http))


def test_a_large_body_is_logged_in_part(http: httpx.Client) -> None:
    timestamp = hit(http, content=b"y" * (1024 * 1024 + 1), headers={"Content-Type": "text/plain"})
    logged = entry(http, timestamp)
    assert logged["data_truncated"] is True
    assert logged["data"] == "y" * 64 * 1024


def test_a_body_of_one_mib_is_logged_whole(http: httpx.Client) -> None:
    timestamp = hit(http, content=b"z" * 1024 * 1024, headers={"Content-Type": "text/plain"})
    logged = entry(http, timestamp)
    assert logged["data"] == "z" * 1024 * 1024
    assert "data_truncated" not in logged


def test_a_body_over_ten_mib_is_refused(http: httpx.Client) -> None:
    response = http.post("/webhook/", content=b"x" * (10 * 1024 * 1024 + 1))
    assert error(response) == (413, "Payload too large")


def test_three_hundred_hits_at_once_are_all_logged_under_their_own_times(http: httpx.Client) -> None:
    mark = secrets.token_hex(8)
    before = shown(http, limit="1")["total_webhooks"]
    with ThreadPoolExecutor(30) as pool:
        times = list(pool.map(lambda n: hit(http, json={"mark": mark, "n": n}), range(300)))
    assert len(set(times)) == 300
    found = shown(http, q=mark, limit="1000")
    logs = found["logs"]
    assert isinstance(logs, dict)
    assert sorted(one["data"]["n"] for one in logs.values()) == list(range(300))
    assert list(logs) == sorted(logs, reverse=True)
    total = found["total_webhooks"]
    assert isinstance(total, int)
    assert isinstance(before, int)
    assert total == before + 300


def test_the_log_is_narrowed_and_paged(http: httpx.Client) -> None:
    mark = secrets.token_hex(8)
    times = [hit(http, method, json={"mark": mark}) for method in ("POST", "PUT", "POST")]
    only_put = shown(http, q=mark.upper(), method="put")["logs"]
    assert isinstance(only_put, dict)
    assert list(only_put) == [times[1]]
    first = shown(http, q=mark, limit="2")
    assert isinstance(first["logs"], dict)
    assert list(first["logs"]) == times[:0:-1]
    second = shown(http, q=mark, limit="2", page_token=str(first["next_page_token"]))
    assert isinstance(second["logs"], dict)
    assert list(second["logs"]) == times[:1]
    assert error(http.get("/webhook/show/", params={"limit": "0"})) == (
        400,
        "limit must be an integer from 1 to 1000",
    )
    assert error(http.get("/webhook/show/", params={"page_token": "x"})) == (400, "page_token is not valid")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_show_takes_get_alone(http: httpx.Client, method: str) -> None:
    response = http.request(method, "/webhook/show/")
    assert error(response) == (405, "Method not allowed")
    assert response.headers["allow"] == "GET"


def test_the_log_file_in_the_bucket_has_the_documented_format(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    timestamp = hit(http, json={"event": "payment.success"})
    logs = shown(http)["logs"]
    file = cloud.read_object("webhook_logs.json")
    from common.domain.exact_json import loads

    kept = loads(file)
    assert isinstance(kept, dict)
    assert kept[timestamp]["data"] == {"event": "payment.success"}
    assert isinstance(logs, dict)
    assert set(logs) <= set(kept)
