"""Who is calling, as the platform says."""

from __future__ import annotations

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from common.http.caller import client_ip


def request(forwarded: str | None) -> Request:
    headers = [] if forwarded is None else [("X-Forwarded-For", forwarded)]
    environ = EnvironBuilder(headers=headers, environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).get_environ()
    return Request(environ)


@pytest.mark.parametrize(
    ("forwarded", "hops", "seen"),
    [
        (None, 1, "127.0.0.1"),
        ("192.168.1.100", 1, "192.168.1.100"),
        ("6.6.6.6, 192.168.1.100", 1, "192.168.1.100"),
        ("6.6.6.6, 192.168.1.100, 10.0.0.1", 2, "192.168.1.100"),
        ("192.168.1.100", 2, "127.0.0.1"),
        ("2001:db8::1", 1, "2001:db8::1"),
        ("::ffff:192.0.2.7", 1, "192.0.2.7"),
        ("<script>", 1, "127.0.0.1"),
        ("../../etc", 1, "127.0.0.1"),
    ],
)
def test_only_what_the_platforms_own_proxies_added_counts(
    forwarded: str | None, hops: int, seen: str
) -> None:
    assert client_ip(request(forwarded), hops) == seen
