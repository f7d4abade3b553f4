"""The HTTP side: paths, credentials, bodies, and what a caller sees."""

from __future__ import annotations

import ipaddress
import json
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from urllib.parse import parse_qs, unquote, urlsplit

from emulators.gemini import control, failure, models, routes
from emulators.gemini.calls import Call, Calls
from emulators.gemini.failure import Failure
from emulators.gemini.faults import Faults
from emulators.gemini.generate import Answer, Disconnect, count, generate
from emulators.gemini.readers import Readers

BODY_BYTES = 100 * 1024 * 1024
SIGN = "local stand-in"
_CHUNK = 2_000


class Server(ThreadingHTTPServer):
    """The stand-in, listening. `readers`, `faults` and `calls` are shared by its threads."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int) -> None:
        super().__init__((host, port), Handler)
        self.readers = Readers()
        self.faults = Faults()
        self.calls = Calls()

    def server_close(self) -> None:
        super().server_close()
        self.faults.clear()
        self.readers.end()

    def server_bind(self) -> None:
        """Without the look-up of the host's name that HTTPServer makes, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up is no event."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "gemini-stand-in"
    sys_version = ""
    timeout = 300
    # One packet an answer: head and body leave together.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the list of calls is the log, and it has no content."""

    def _answer(self) -> None:
        url = urlsplit(self.path)
        path = unquote(url.path)
        try:
            raw = self._body()
            if path.startswith("/control/"):
                if not _is_loopback(self.client_address[0]):
                    raise failure.no_such_path(path)
                faults, calls = self.server.faults, self.server.calls
                self._send(200, control.answer(self.command, path, raw, faults, calls))
            else:
                self._serve(path, parse_qs(url.query), raw)
        except Failure as refused:
            self._send(refused.code, refused.body())
        except Disconnect:
            self.close_connection = True

    def _serve(self, path: str, query: dict[str, list[str]], raw: bytes) -> None:
        route = routes.parse(path)
        if route is None:
            raise failure.no_such_path(path)
        self._check_credentials(route, query)
        if not route.action:
            self._list(route)
            return
        started = time.monotonic()
        call = Call(path, route.service, route.model)
        try:
            self._act(route, query, raw, call)
        except Failure as refused:
            call.status = refused.code
            call.outcome = refused.status if call.outcome == "ok" else call.outcome
            raise
        except Disconnect:
            call.status = 0
            raise
        except Exception:
            call.status, call.outcome = 500, "INTERNAL"
            raise failure.internal() from None
        finally:
            call.seconds = round(time.monotonic() - started, 4)
            self.server.calls.add(call)

    def _act(self, route: routes.Route, query: dict[str, list[str]], raw: bytes, call: Call) -> None:
        if self.command != "POST":
            raise failure.wrong_method()
        model = models.find(route.model)
        known = route.action in ("generateContent", "streamGenerateContent", "countTokens")
        if model is None or not known:
            raise failure.unknown_model(route.service, route.model, route.version, route.parent, route.action)
        readers = self.server.readers
        if route.action == "countTokens":
            self._send(200, count(raw, model, route.service, readers, call))
            return
        answer = generate(raw, model, route.service, readers=readers, faults=self.server.faults, call=call)
        if route.action == "streamGenerateContent":
            self._stream(answer, sse=query.get("alt") == ["sse"])
        else:
            self._send(200, answer.body())

    def _check_credentials(self, route: routes.Route, query: dict[str, list[str]]) -> None:
        """Any key or token will do, but there must be one, where the service looks for it."""
        key = self.headers.get("x-goog-api-key") or query.get("key", [""])[0]
        bearer = self.headers.get("Authorization", "")
        has_bearer = bearer.lower().startswith("bearer ") and bool(bearer[7:].strip())
        # Vertex AI takes keys only on its express paths, which name no project.
        keyed = bool(key.strip()) and (route.service == "gemini" or route.parent == "publishers/google")
        if not keyed and not has_bearer:
            raise failure.no_credentials(route.service)

    def _list(self, route: routes.Route) -> None:
        if self.command != "GET":
            raise failure.wrong_method()
        vertex = route.service == "vertex"
        if not route.model:
            name = "publisherModels" if vertex else "models"
            listed = [
                model.publisher_description() if vertex else model.description()
                for model in models.MODELS.values()
            ]
            self._send(200, {name: listed})
            return
        found = models.find(route.model)
        if found is None:
            raise failure.unknown_model(route.service, route.model, route.version, route.parent, "GetModel")
        self._send(200, found.publisher_description() if vertex else found.description())

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            self.close_connection = True
            raise Failure(411, "INVALID_ARGUMENT", "Length Required")
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()):
            self.close_connection = True
            raise failure.invalid("Bad Content-Length.")
        if int(length) > BODY_BYTES:
            self.close_connection = True
            raise failure.invalid(f"Request payload size exceeds the limit: {BODY_BYTES} bytes.")
        return self.rfile.read(int(length))

    def _send(self, code: int, answer: dict[str, object]) -> None:
        data = json.dumps(answer, ensure_ascii=False).encode()
        self._head(code, "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, answer: Answer, *, sse: bool) -> None:
        """The answer in pieces: server-sent events, or one JSON array of them."""
        whole, pieces = answer.text, []
        for start in range(0, max(len(whole), 1), _CHUNK):
            answer.text = whole[start : start + _CHUNK]
            pieces.append(answer.body())
        for piece in pieces[:-1]:
            for candidate in piece.get("candidates", []):  # type: ignore[attr-defined]
                candidate.pop("finishReason")
        if sse:
            data = "".join(
                f"data: {json.dumps(piece, ensure_ascii=False)}\r\n\r\n" for piece in pieces
            ).encode()
        else:
            data = json.dumps(pieces, ensure_ascii=False).encode()
        self._head(200, "text/event-stream" if sse else "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _head(self, code: int, content_type: str) -> None:
        self.send_response(code, HTTPStatus(code).phrase)
        self.send_header("Content-Type", content_type)
        self.send_header("x-stand-in", SIGN)


def _is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
