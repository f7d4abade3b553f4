"""Requests to URLs that a person names, over real sockets."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from common import outside
from common.domain.addresses import networks
from common.errors import Rejected, Unprocessable
from tests.receiver import RECEIVER, receiver

ALLOWED = networks(f"{RECEIVER}/32")
SYSTEM = "http://localhost:8000"


def target(url: str, query: str = "") -> outside.Target:
    return outside.target(url, query, own=[SYSTEM], allowed=ALLOWED)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://127.0.0.1/",
            "http://localhost/",
            "http://LOCALHOST:1/",
            "http://localhost./",
            "http://127.1/",
        ),
        *("http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://0/", "http://0.0.0.0/"),
        *("http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
        *(
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::1]/",
            "http://[fe80::1]/",
            "http://[fd20:ce::254]/",
        ),
        *("http://169.254.169.254/computeMetadata/v1/", "http://10.0.0.1/", "http://192.168.1.1/"),
        *("http://172.16.0.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/"),
        *("https://127.0.0.1/", "http://１２７.0.0.1/", "http://①②⑦.0.0.1/", "http://127。0。0。1/"),
        *("http://127.0.0.78:80/", "http://0300.0250.1.1/", "http://3232235777/"),
    ],
)
def test_no_way_of_writing_leads_inside(url: str) -> None:
    with pytest.raises(Rejected, match="must lead to a public address"):
        target(url)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://1.1.1.1/",
            "file:///etc/passwd",
            "gopher://1.1.1.1/",
            "javascript:alert(1)",
            "//1.1.1.1/",
            "x",
        ),
        *(
            "http://",
            "http:///path",
            "http://1.1.1.1:99999/",
            "http://1.1.1.1:0/",
            "http://[::1/",
            "http://[x]/",
        ),
        *(
            "http://1.1.1.1\\@127.0.0.1/",
            "http://1.1.1.1/\r\nX: 1",
            "http://1.1.1.1/ x",
            "http://1.1.1.1/\tx",
        ),
        *("http://[fe80::1%25eth0]/", "http://1.1.1.1%00.x/", "http://a..b/", "http://" + "a" * 64 + ".b/"),
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Rejected, match="must be an http or https URL"):
        target(url)


def test_a_url_with_a_password_is_refused_and_not_repeated() -> None:
    for url in ("http://name:word@1.1.1.1/", "http://name@1.1.1.1/", "http://1.1.1.1#@127.0.0.1:80@x/"):
        try:
            found = target(url)
        except Rejected as error:
            assert "word" not in str(error).replace("password", "")
        else:
            assert found.addresses == ("1.1.1.1",)


def test_this_system_is_never_called_by_any_of_its_names() -> None:
    for url in ("http://localhost:8000/webhook/", "http://LOCALHOST.:8000/", f"http://{RECEIVER}:8000/"):
        with pytest.raises(Rejected, match="must not lead back to this system"):
            target(url)
    public = ["https://invoices.example"]
    for url in ("https://invoices.example/", "https://INVOICES.example:443/x", "https://invoices.example./"):
        with pytest.raises(Rejected, match="must not lead back"):
            outside.target(url, "", own=public, allowed=())


def test_a_name_that_nobody_knows_is_told() -> None:
    with pytest.raises(Unprocessable, match="name in url is not known"):
        target("http://nobody.invalid/")


def test_the_querys_of_the_url_and_of_the_hit_are_both_sent() -> None:
    found = target(f"http://{RECEIVER}:81/päth?own=1#part", "shop=7")
    assert found.url == f"http://{RECEIVER}:81/p%C3%A4th?own=1&shop=7"
    assert target("http://1.1.1.1:80").url == "http://1.1.1.1/"


def test_a_request_arrives_as_it_was_planned_and_its_answer_comes_back() -> None:
    with receiver() as there:
        there.status, there.body = 418, b"short"
        received = outside.send(target(f"{there.url}/in?a=1"), "PATCH", {"X-Shop": "4\xe9"}, b"\x00\xff")
    assert (received.status, received.body, received.truncated) == (418, b"short", False)
    (arrived,) = there.arrived
    assert (arrived.method, arrived.path, arrived.body) == ("PATCH", "/in?a=1", b"\x00\xff")
    host = there.url.removeprefix("http://")
    assert arrived.headers == {"Host": host, "X-Shop": "4\xe9", "Content-Length": "2", "Connection": "close"}


def test_the_connection_goes_to_the_checked_address_whatever_the_name_means_by_then() -> None:
    """The name stands for this machine; the address that was checked is another."""
    with receiver() as there:
        port = int(there.url.rpartition(":")[2])
        bound = outside.Target("http", "localhost", port, "/", (RECEIVER,))
        assert outside.send(bound, "GET", {}, b"").status == 200
    assert there.arrived[0].headers["Host"] == f"localhost:{port}"


def test_a_redirect_is_answered_and_not_followed() -> None:
    with receiver() as inside, receiver() as there:
        there.status, there.headers = 302, {"Location": inside.url}
        assert outside.send(target(there.url), "GET", {}, b"").status == 302
    assert inside.arrived == []


def test_no_more_than_the_beginning_of_an_answer_is_read() -> None:
    with receiver() as there:
        there.body = b"x" * 200_000
        received = outside.send(target(there.url), "GET", {}, b"")
    assert (len(received.body), received.truncated) == (outside.SHOWN_BYTES, True)


def test_who_never_ends_and_who_never_begins_are_given_up_in_time() -> None:
    began = time.monotonic()
    with receiver() as there, socket.socket() as silent, ThreadPoolExecutor() as pool:
        there.drips = True
        silent.bind((RECEIVER, 0))
        silent.listen()
        mute = target(f"http://{RECEIVER}:{silent.getsockname()[1]}/")
        without_end, without_beginning, without_handshake = (
            pool.submit(outside.send, to, "GET", {}, b"")
            for to in (target(there.url), mute, replace(mute, scheme="https"))
        )
        assert without_end.result().truncated
        for each in (without_beginning, without_handshake):
            with pytest.raises(Unprocessable, match="no answer in time"):
                each.result()
    assert time.monotonic() - began < outside.SECONDS + 3


def test_what_does_not_listen_or_speaks_no_http_is_told() -> None:
    with socket.socket() as silent:
        silent.bind((RECEIVER, 0))
        port = silent.getsockname()[1]
        with pytest.raises(Unprocessable, match="nothing listens there"):
            outside.send(target(f"http://{RECEIVER}:{port}/"), "GET", {}, b"")
    with receiver() as there, pytest.raises(Unprocessable, match="speaks no TLS"):
        outside.send(target(there.url.replace("http:", "https:")), "GET", {}, b"")


def test_a_certificate_must_be_the_hosts(tmp_path: Path) -> None:
    """In a process of its own, which trusts an authority of the test's."""
    authority, server = _certified(tmp_path)
    program = (
        "import sys; from common import outside\n"
        "to = outside.Target('https', sys.argv[1], int(sys.argv[2]), '/', (sys.argv[3],))\n"
        "print(outside.send(to, 'GET', {}, b'').status)\n"
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server)
    with receiver(tls=context) as there:
        port = there.url.rpartition(":")[2]

        def sent(host: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-c", program, host, port, RECEIVER],
                env={**os.environ, "SSL_CERT_FILE": str(authority)},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )

        assert sent("shop.example").stdout == "200\n"
        assert "certificate is not valid" in sent("other.example").stderr
    assert [arrived.headers["Host"] for arrived in there.arrived] == [f"shop.example:{port}"]


def _certified(folder: Path) -> tuple[Path, Path]:
    """An authority's certificate, and one of shop.example by it with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def certificate(
        name: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        common = [x509.NameAttribute(x509.NameOID.COMMON_NAME, each) for each in (name, issuer)]
        is_authority = name == issuer
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name(common[:1]))
            .issuer_name(x509.Name(common[1:]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(identifier, critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
            )
            .sign(by, hashes.SHA256())
        )

    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    authority, server = folder / "authority.pem", folder / "server.pem"
    pem = serialization.Encoding.PEM
    authority.write_bytes(certificate("test authority", keys[0], "test authority", keys[0]).public_bytes(pem))
    private = keys[1].private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    server.write_bytes(
        certificate("shop.example", keys[1], "test authority", keys[0]).public_bytes(pem) + private
    )
    return authority, server
