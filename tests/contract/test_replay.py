"""A logged webhook sent again, to a server of somebody else."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import httpx
import pytest

from tests.contract.caller import body, error
from tests.contract.test_webhooks import hit
from tests.receiver import Receiver, receiver
from tests.running import RunningCloud


@pytest.fixture
def there() -> Iterator[Receiver]:
    with receiver() as listening:
        yield listening


def replay(http: httpx.Client, timestamp: str, url: str, **more: object) -> httpx.Response:
    return http.post("/replay/", json={"timestamp": timestamp, "url": url, **more})


def test_a_hit_arrives_as_it_came_without_its_secrets(http: httpx.Client, there: Receiver) -> None:
    timestamp = hit(
        http,
        "PUT",
        "/webhook/orders/?shop=7",
        content=b'{"amount": 100.10}',
        headers={"Content-Type": "application/json", "X-Shop": "42", "Authorization": "Bearer secret"},
    )
    there.status, there.body = 202, b"genommen"
    answer = body(replay(http, timestamp, f"{there.url}/mine?key=1"))
    (arrived,) = there.arrived
    assert (arrived.method, arrived.path) == ("PUT", "/mine?key=1&shop=7")
    assert arrived.body == b'{"amount":100.10}'
    assert arrived.headers["X-Shop"] == "42"
    assert arrived.headers["Content-Type"] == "application/json"
    assert arrived.headers["X-Webhook-Replay"] == timestamp
    assert "secret" not in str(arrived.headers)
    assert "***" not in str(arrived.headers)
    assert not {name for name in arrived.headers if name.lower().startswith(("x-forwarded", "x-envoy"))}
    assert answer["message"] == "Sent"
    assert (answer["answer"]["status"], answer["answer"]["body"]) == (202, "genommen")
    assert answer["request"]["url"] == f"{there.url}/mine?key=1&shop=7"


def test_a_dry_run_tells_what_would_be_sent_and_sends_nothing(http: httpx.Client, there: Receiver) -> None:
    timestamp = hit(http, json={"event": "payment.success"})
    told = body(replay(http, timestamp, there.url, dry_run=True))
    assert told["message"] == "Not sent"
    assert told["request"]["method"] == "POST"
    assert told["request"]["url"] == f"{there.url}/"
    assert told["request"]["body_bytes"] == len(b'{"event":"payment.success"}')
    assert told["request"]["headers"]["Content-Type"] == "application/json"
    assert "answer" not in told
    assert there.arrived == []


def test_a_body_that_was_logged_in_part_arrives_whole(http: httpx.Client, there: Receiver) -> None:
    timestamp = hit(http, content=b"\xfe" * (1024 * 1024 + 7))
    assert replay(http, timestamp, there.url).status_code == 200
    assert there.arrived[0].body == b"\xfe" * (1024 * 1024 + 7)


def test_what_can_not_be_delivered_is_told(http: httpx.Client, there: Receiver) -> None:
    timestamp = hit(http, json={})
    assert error(replay(http, timestamp, "http://nobody.invalid/")) == (422, "The name in url is not known")
    nobody = there.url.rpartition(":")[0] + ":9"
    assert error(replay(http, timestamp, nobody)) == (422, "Not delivered: nothing listens there")


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost:8080/", "http://[::1]/", "http://[::ffff:127.0.0.1]/"),
        *(
            "http://0x7f000001/",
            "http://2130706433/",
            "http://127.1/",
            "http://10.0.0.1/",
            "http://[fd20:ce::254]/",
        ),
        *("http://169.254.169.254/computeMetadata/v1/", "http://100.64.0.1/", "http://[64:ff9b::7f00:1]/"),
    ],
)
def test_nothing_inside_is_called(http: httpx.Client, url: str) -> None:
    timestamp = hit(http, json={})
    assert error(replay(http, timestamp, url)) == (400, "url must lead to a public address")


def test_no_part_of_this_system_is_called(http: httpx.Client, cloud: RunningCloud) -> None:
    timestamp = hit(http, json={})
    back = (400, "url must not lead back to this system")
    assert error(replay(http, timestamp, cloud.gateway)) == back
    assert error(replay(http, timestamp, cloud.gateway.replace("localhost", "127.0.0.77"))) == back
    for url in cloud.urls.values():
        assert replay(http, timestamp, url).status_code == 400


def test_what_is_missing_or_wrong_is_named_in_this_order(http: httpx.Client, there: Receiver) -> None:
    assert error(http.post("/replay/", json={"url": there.url})) == (400, "timestamp is required")
    assert error(http.post("/replay/", json={"timestamp": "x"})) == (400, "url is required")
    assert error(replay(http, "x", "y", dry_run="yes")) == (400, "dry_run must be true or false")
    assert error(replay(http, "2020-01-01T00:00:00.000000", there.url)) == (404, "Webhook not found")
    assert error(replay(http, "../../x", there.url)) == (404, "Webhook not found")
    assert error(replay(http, hit(http), "ftp://x/")) == (400, "url must be an http or https URL")
    assert there.arrived == []


def test_a_page_of_another_origin_can_not_replay(http: httpx.Client, there: Receiver) -> None:
    timestamp = hit(http, json={})
    asked = {"timestamp": timestamp, "url": there.url}
    foreign: list[dict[str, str]] = [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": str(http.base_url).rstrip("/")},
    ]
    for headers in foreign:
        response = http.post("/replay/", json=asked, headers=headers)
        assert error(response) == (403, "Only this system's own pages may call this")
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        response = http.post("/replay/", content=b"{}", headers={"Content-Type": kind})
        assert error(response) == (400, "Content-Type must be application/json")
    assert there.arrived == []
    own = {"Origin": str(http.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert http.post("/replay/", json=asked, headers=own).status_code == 200
    assert len(there.arrived) == 1


def test_a_replay_takes_nothing_from_the_receiver(http: httpx.Client) -> None:
    mark = secrets.token_hex(6)
    for path in ("/webhook/replay/", "/webhook/show/replay/"):
        hit(http, "POST", path, json={"mark": mark})
    assert http.get("/replay/").status_code == 405
