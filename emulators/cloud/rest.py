"""HTTP to the parts on this machine: never through a proxy, always with a time limit."""

from __future__ import annotations

import asyncio
import http.client
import json
from typing import Any
from urllib.parse import urlsplit

SECONDS = 30.0


def call(method: str, url: str, body: object = None, seconds: float = SECONDS) -> tuple[int, bytes]:
    """Status and body of the answer; `body` goes as JSON. Raises OSError or HTTPException."""
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=seconds)
    try:
        content = None if body is None else json.dumps(body)
        headers = {} if content is None else {"Content-Type": "application/json"}
        connection.request(method, _target(at.path, at.query), content, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def demand(method: str, url: str, body: object = None, *, also: int | None = None) -> Any:
    """The JSON that a 200 carries; None for the status `also`. Raises RuntimeError for another."""
    status, content = call(method, url, body)
    if status == also:
        return None
    if status != http.HTTPStatus.OK:
        raise RuntimeError(f"{method} {url} answered {status}: {content[:300].decode(errors='replace')}")
    return json.loads(content) if content.strip() else None


async def status(url: str, seconds: float) -> int | None:
    """The status of the answer to GET `url`; None where none comes within `seconds`."""
    at = urlsplit(url)
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(at.hostname, at.port)
            try:
                head = f"GET {_target(at.path, at.query)} HTTP/1.1\r\nHost: {at.netloc}\r\n"
                writer.write(f"{head}Connection: close\r\n\r\n".encode())
                line = await reader.readline()
            finally:
                writer.close()
        return int(line.split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _target(path: str, query: str) -> str:
    return (path or "/") + (f"?{query}" if query else "")
