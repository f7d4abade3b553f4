"""Messages between the server and its reading process: a kind, a JSON head and raw bytes."""

from __future__ import annotations

import struct
from typing import IO

_SIZES = struct.Struct(">cQQ")
MAX_BYTES = 2 * 1024**3


def write(stream: IO[bytes], kind: bytes, head: bytes, body: bytes = b"") -> None:
    """Sends one message; `kind` is a single byte."""
    stream.write(_SIZES.pack(kind, len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def read(stream: IO[bytes]) -> tuple[bytes, bytes, bytes]:
    """Receives one message; raises EOFError where the other side has gone, ValueError for nonsense."""
    kind, head, body = _SIZES.unpack(_exactly(stream, _SIZES.size))
    if head + body > MAX_BYTES:
        raise ValueError("message is too large")
    return kind, _exactly(stream, head), _exactly(stream, body)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
