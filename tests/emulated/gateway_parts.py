"""A real Envoy with the local gateway's configuration, and small functions behind it that tell what came."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx

from emulators.gateway import configuration

ROOT = Path(__file__).parents[2]
TEMPLATE = (ROOT / "infra/terraform/openapi.yaml.tftpl").read_text("utf-8")
FUNCTIONS = ("auth", "upload", "invoices", "extract", "webhook", "check_ui")
ENVOY = Path(sys.executable).with_name("envoy")


@dataclass
class Seen:
    """One request as a function received it."""

    function: str
    method: str
    path: str
    headers: list[tuple[str, str]]
    size: int
    sha256: str

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name]


@dataclass
class Backend:
    """A function that answers with what it saw, or as its query says.

    ?sleep=SECONDS waits; ?status=N answers in HTML; ?break=1 closes without an answer;
    ?rate=BYTES reads so many a second.
    """

    name: str
    port: int = 0
    seen: list[Seen] = field(default_factory=list)
    received: int = 0
    server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        backend = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                backend.handle(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(request.path).query).items()}
        request.close_connection = True
        digest, size = sha256(), 0
        for piece in _body(request):
            digest.update(piece)
            size += len(piece)
            self.received += len(piece)
            if "rate" in asked:
                time.sleep(len(piece) / float(asked["rate"]))
        seen = Seen(
            self.name, request.command, request.path, [*request.headers.items()], size, digest.hexdigest()
        )
        self.seen.append(seen)
        if "break" in asked:
            return
        time.sleep(float(asked.get("sleep", "0")))
        status = int(asked.get("status", "200"))
        html = "status" in asked
        body = b"<h1>mine</h1>" if html else json.dumps(seen.__dict__).encode()
        request.send_response(status)
        request.send_header("Content-Type", "text/html" if html else "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.send_header("Connection", "close")
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)


def _body(request: BaseHTTPRequestHandler) -> Iterator[bytes]:
    if "chunked" in request.headers.get("Transfer-Encoding", ""):
        while size := int(request.rfile.readline().strip() or b"0", 16):
            yield request.rfile.read(size)
            request.rfile.readline()
        request.rfile.readline()
        return
    left = int(request.headers.get("Content-Length", "0"))
    while left and (piece := request.rfile.read1(min(left, 65536))):
        left -= len(piece)
        yield piece


@dataclass
class Gateway:
    """A running Envoy."""

    process: subprocess.Popen[bytes]
    port: int
    admin_port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def memory(self) -> int:
        """Resident bytes of the process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    def logged(self, request_id: str) -> dict[str, object]:
        """The access log's line about a request; it comes within a second of the answer."""
        for _ in range(100):
            for line in self.log.read_text("utf-8").splitlines():
                if request_id in line:
                    entry: dict[str, object] = json.loads(line)
                    return entry
            time.sleep(0.05)
        raise AssertionError(f"nothing about {request_id} in the access log")

    def raw(self, request: bytes, host: str = "127.0.0.1") -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer to these very bytes."""
        with socket.create_connection((host, self.port), timeout=10) as connection:
            connection.sendall(request)
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += _more(connection)
            head, _, body = answer.partition(b"\r\n\r\n")
            status, *lines = head.decode("latin-1").split("\r\n")
            headers = dict(_pair(line) for line in lines)
            if headers.get("connection") == "close":
                while piece := connection.recv(65536):
                    body += piece
            while len(body) < int(headers.get("content-length", "0")) and not request.startswith(b"HEAD "):
                body += _more(connection)
        return int(status.split()[1]), headers, body


def _more(connection: socket.socket) -> bytes:
    piece = connection.recv(65536)
    if not piece:
        raise AssertionError("the gateway closed in the middle of its answer")
    return piece


def _pair(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


@contextmanager
def running(
    folder: Path,
    upstreams: Mapping[str, str],
    *,
    template: str = TEMPLATE,
    cors_origins: Sequence[str] = ("*",),
) -> Iterator[Gateway]:
    """Starts Envoy on free ports, waits until it is ready, and stops it."""
    port, admin_port = free_ports(2)
    config = folder / f"envoy-{port}.json"
    config.write_text(
        json.dumps(
            configuration(template, upstreams, port=port, admin_port=admin_port, cors_origins=cors_origins)
        )
    )
    log = folder / f"access-{port}.log"
    with log.open("wb") as stdout, (folder / f"envoy-{port}.log").open("wb") as stderr:
        process = subprocess.Popen(envoy_command(config), stdout=stdout, stderr=stderr)
    try:
        wait_ready(process, admin_port)
        yield Gateway(process, port, admin_port, log)
    finally:
        process.terminate()
        process.wait(10)


def envoy_command(config: Path) -> list[str]:
    options = ["--concurrency", "1", "--disable-hot-restart", "--file-flush-interval-msec", "100"]
    return [str(ENVOY), "-c", str(config), *options, "-l", "warn"]


def wait_ready(process: subprocess.Popen[bytes], admin_port: int) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(f"Envoy ended with {process.returncode}")
        try:
            if httpx.get(f"http://127.0.0.1:{admin_port}/ready", timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("Envoy was not ready within 10 s")


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
