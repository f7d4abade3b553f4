"""Child processes that read documents, each bounded in time and memory, and replaced when it dies.

A PDF can keep PDFium busy for minutes or crash it, so none is opened in this
process. Text is read by two children; pictures go to a third one, which loads
the OCR engine once it is needed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import queue
import select
import struct
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from common.domain import exact_json
from emulators.gemini import failure
from emulators.gemini.request import Blob

PAGES = 1_000
TEXT_SECONDS = 20
SCAN_SECONDS = 110
_KEPT = 64
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Reading:
    """What a child found: `text` of the pages, `values` by the names of the fields."""

    pages: int = 0
    text: str = ""
    values: dict[str, object] = field(default_factory=dict)


class _Died(Exception):
    """The child ended, or ran over its time."""


class _Child:
    """One reading process. It answers one job at a time over its pipes."""

    def __init__(self, kind: str, seconds: int) -> None:
        self._seconds = seconds
        self._process = subprocess.Popen(
            [sys.executable, "-m", "emulators.gemini.reader", kind, str(seconds)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, job: str, blobs: list[Blob]) -> dict[str, object]:
        """The child's answer to `job`; raises _Died."""
        head = exact_json.dumps(
            {"job": job, "blobs": [{"mime_type": blob.mime_type, "size": len(blob.data)} for blob in blobs]}
        ).encode()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(struct.pack(">I", len(head)) + head)
            for blob in blobs:
                self._process.stdin.write(blob.data)
            self._process.stdin.flush()
            deadline = time.monotonic() + self._seconds + 2
            (size,) = struct.unpack(">I", self._take(4, deadline))
            answer = exact_json.loads(self._take(size, deadline))
        except (OSError, ValueError, struct.error) as error:
            raise _Died from error
        if not isinstance(answer, dict):
            raise _Died
        return answer

    def _take(self, size: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        data = b""
        while len(data) < size:
            ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            chunk = os.read(pipe, size - len(data)) if ready else b""
            if not chunk:
                raise _Died
            data += chunk
        return data

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not yet sent to a dead child
                    pipe.close()


class _Pool:
    """A few children of one kind; a job waits for a free one."""

    def __init__(self, kind: str, count: int, seconds: int) -> None:
        self._kind, self._seconds = kind, seconds
        self._places: queue.Queue[_Child | None] = queue.Queue()
        for _ in range(count):
            self._places.put(None)
        self._count = count

    def ask(self, job: str, blobs: list[Blob]) -> dict[str, object]:
        try:
            child = self._places.get(timeout=self._seconds * 2)
        except queue.Empty:
            raise failure.overloaded() from None
        try:
            child = child or _Child(self._kind, self._seconds)
            return child.ask(job, blobs)
        except _Died:
            if child is not None:
                child.end()
            child = None
            raise failure.unprocessable() from None
        finally:
            self._places.put(child)

    def start(self) -> None:
        """Starts the children ahead of the first job."""
        for _ in range(self._count):
            self._places.put(self._places.get() or _Child(self._kind, self._seconds))

    def end(self) -> None:
        while True:
            try:
                child = self._places.get_nowait()
            except queue.Empty:
                return
            if child is not None:
                child.end()


class Readers:
    """Reads documents. The last readings are kept by content, so that a repeated call costs nothing."""

    def __init__(self) -> None:
        self._text = _Pool("text", 2, TEXT_SECONDS)
        self._scan = _Pool("scan", 1, SCAN_SECONDS)
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._lock = threading.Lock()

    def start(self) -> None:
        self._text.start()

    def end(self) -> None:
        self._text.end()
        self._scan.end()

    def pages(self, blobs: list[Blob]) -> int:
        """How many pages `blobs` have; raises Failure (400) where the service would."""
        if not blobs:
            return 0
        with self._lock:
            known = self._kept.get(_key(blobs))
        return known.pages if known else _counted(self._text.ask("count", blobs))

    def read(self, blobs: list[Blob]) -> Reading:
        """What stands in `blobs`; raises Failure (400) for what can't be read."""
        if not blobs:
            return Reading()
        key = _key(blobs)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        answer = self._text.ask("read", blobs)
        _counted(answer)
        if answer.get("scanned"):
            answer = self._scan.ask("read", blobs)
        reading = _reading(answer)
        with self._lock:
            self._kept[key] = reading
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return reading


def _key(blobs: list[Blob]) -> str:
    digest = hashlib.sha256()
    for blob in blobs:
        digest.update(f"{blob.mime_type} {len(blob.data)} ".encode() + blob.data)
    return digest.hexdigest()


def _counted(answer: dict[str, object]) -> int:
    """The page count of a child's answer, within the service's limits."""
    pages = answer.get("pages")
    if not isinstance(pages, int) or pages < 1:
        raise failure.no_pages()
    if pages > PAGES:
        raise failure.invalid(
            f"The document contains {pages} pages which exceeds the supported page limit of {PAGES}."
        )
    return pages


def _reading(answer: dict[str, object]) -> Reading:
    found = answer.get("values")
    return Reading(_counted(answer), str(answer.get("text", "")), found if isinstance(found, dict) else {})
