"""Requests to URLs that a person names: only ever to addresses outside the network that this runs in.

A name is resolved once, every address that it has is checked, and the connection
goes to one of those addresses: a name that means another a moment later changes
nothing (OWASP, Server-Side Request Forgery Prevention, DNS pinning).
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from common.domain.addresses import Network, is_outside
from common.errors import Rejected, Unprocessable

LONGEST_URL = 2048
NAME_SECONDS = 5.0
CONNECT_SECONDS = 4.0
TRIED = 2
"""Addresses of one name."""

SECONDS = 12.0
"""From the connection to the end of the answer."""

SHOWN_BYTES = 16 * 1024
"""What is read of an answer."""

_PORTS = {"http": 80, "https": 443}
_PATH = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Target:
    """A URL whose addresses were checked."""

    scheme: str
    host: str
    port: int
    path: str
    """With its query."""
    addresses: tuple[str, ...]

    @property
    def url(self) -> str:
        """The URL that is called."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host and port as they stand in a URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True)
class Received:
    """The beginning of an answer."""

    status: int
    content_type: str | None
    body: bytes
    truncated: bool
    seconds: float


def target(url: str, query: str, *, own: Collection[str], allowed: Collection[Network]) -> Target:
    """The target that `url` with `query` behind its own names.

    `own` are URLs of this system, which never calls itself; `allowed` are networks
    inside that may be called all the same. Raises Rejected for a URL that is none,
    or that leads to an address inside, Unprocessable for a name that is unknown.
    """
    parts = _parts(url)
    host, port = _place(parts)
    ours = [_place(_parts(each)) for each in own]
    if (host, port) in ours:
        raise Rejected("url must not lead back to this system")
    asked = "&".join(each for each in (parts.query, query) if each)
    path = quote(parts.path or "/", safe=_PATH) + (f"?{quote(asked, safe=_PATH + '?')}" if asked else "")
    addresses = _addresses(host, port)
    if not addresses or not all(is_outside(address, allowed) for address in addresses):
        raise Rejected("url must lead to a public address")
    if any(not is_outside(address) and port == own_port for address in addresses for _, own_port in ours):
        # Inside, one machine has many addresses and names, and the port tells more than they do.
        raise Rejected("url must not lead back to this system")
    return Target(parts.scheme, host, port, path, addresses)


def send(to: Target, method: str, headers: Mapping[str, str], body: bytes) -> Received:
    """Sends one request and reads the beginning of its answer; redirects are not followed.

    Raises Unprocessable where nothing answers, or not in time.
    """
    began = time.monotonic()
    try:
        with _connected(to) as wire, _ended_after(wire, SECONDS):
            if isinstance(wire, ssl.SSLSocket):
                wire.do_handshake()
            connection = http.client.HTTPConnection(to.host, to.port)
            connection.sock = wire
            connection.putrequest(method, to.path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", to.authority)
            for name, value in headers.items():
                connection.putheader(name, value.encode("latin-1"))
            if body or method in ("POST", "PUT", "PATCH"):
                connection.putheader("Content-Length", str(len(body)))
            connection.putheader("Connection", "close")
            connection.endheaders(body or None)
            answer = connection.getresponse()
            content = answer.read(SHOWN_BYTES + 1)
            passed = time.monotonic() - began
            return Received(
                answer.status,
                answer.getheader("Content-Type"),
                content[:SHOWN_BYTES],
                len(content) > SHOWN_BYTES or passed >= SECONDS,
                round(passed, 3),
            )
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unprocessable(f"Not delivered: {_why(error, time.monotonic() - began)}") from error


def _parts(url: str) -> SplitResult:
    if len(url) > LONGEST_URL:
        raise Rejected(f"url must be at most {LONGEST_URL} characters")
    if any(sign.isspace() or not sign.isprintable() or sign == "\\" for sign in url):
        raise Rejected("url must be an http or https URL")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Rejected("url must be an http or https URL") from None
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise Rejected("url must be an http or https URL")
    if parts.username is not None or parts.password is not None:
        raise Rejected("url must not hold a name or a password")
    return parts


def _place(parts: SplitResult) -> tuple[str, int]:
    """Host and port in one form each."""
    try:
        host = (parts.hostname or "").encode("idna").decode().lower().rstrip(".")
    except UnicodeError:
        raise Rejected("url must be an http or https URL") from None
    if not host or "%" in host:
        raise Rejected("url must be an http or https URL")
    return host, parts.port or _PORTS[parts.scheme]


def _addresses(host: str, port: int) -> tuple[str, ...]:
    """Every address of a name. The system's resolver knows no limit in time: it is waited for in a thread."""
    found: list[tuple[str, ...]] = []

    def resolve() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.append(tuple(dict.fromkeys(str(answer[4][0]) for answer in answers)))

    thread = threading.Thread(target=resolve, name="resolve", daemon=True)
    thread.start()
    thread.join(NAME_SECONDS)
    if not found:
        raise Unprocessable("The name in url is not known")
    return found[0]


def _connected(to: Target) -> socket.socket:
    """A connection to one of the checked addresses, whatever the name means by now."""
    last: OSError | None = None
    for address in to.addresses[:TRIED]:
        try:
            plain = socket.create_connection((address, to.port), timeout=CONNECT_SECONDS)
        except OSError as error:
            last = error
            continue
        plain.settimeout(SECONDS)
        return plain if to.scheme == "http" else _tls(plain, to.host)
    raise last or OSError("no address")


def _tls(plain: socket.socket, host: str) -> ssl.SSLSocket:
    """`plain` under TLS whose certificate must be the host's; the handshake is still to come."""
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


@contextmanager
def _ended_after(wire: socket.socket, seconds: float) -> Iterator[None]:
    """Ends `wire` after `seconds` in all: what sends a byte now and then never runs into a time-out."""

    def end() -> None:
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _why(error: Exception, passed: float) -> str:
    if isinstance(error, TimeoutError) or passed >= SECONDS:
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return "its certificate is not valid, or it speaks no TLS"
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there"
    return "the connection failed"
