"""The server's side of reading: hands PDFs to reading processes and ends those that take too long."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, TypeAlias

from common.errors import Unavailable, Unreadable
from common.extraction import frames
from common.extraction.document import Document, decode
from common.extraction.limits import Limits
from common.extraction.worker import COPY, DOCUMENT, READ, READY, SHORTEN, UNREADABLE

Answer: TypeAlias = tuple[bytes, bytes, bytes]
"""A kind, a JSON head and raw bytes."""

_ROOT = Path(__file__).parents[2]
_START_SECONDS = 30
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(16 * 1024**2), "MALLOC_TRIM_THRESHOLD_": str(64 * 1024**2)}
"""Drawings are freed and needed again page by page. Left to itself, the C library gives each back to the
system and has the next one's memory cleared anew, until it has met a larger one (mallopt(3))."""
_USES = 50
"""After so many PDFs a process is replaced, so that nothing piles up in it."""


class _Process:
    """One reading process."""

    def __init__(self) -> None:
        # An environment of its own: a file that takes the process over finds no key in it.
        self._child = subprocess.Popen(
            [sys.executable, "-m", "common.extraction.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={
                "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)]),
                "LC_ALL": "C.UTF-8",
                **_MEMORY,
            },
            close_fds=True,
        )
        self.owner = os.getpid()
        self.uses = 0
        self.timed_out = False
        try:
            kind, _, _ = self._within(_START_SECONDS, lambda: frames.read(self._out))
            if kind != READY:
                raise ValueError("unexpected greeting")
        except (EOFError, ValueError, OSError) as fault:
            self.end()
            raise Unavailable("the PDF reader does not start") from fault

    def do(self, task: bytes, head: dict[str, object], pdf: bytes, limits: Limits) -> Answer:
        """What the process answers; raises Unreadable for what it can't read."""
        self.uses += 1
        asked = json.dumps({**head, "limits": asdict(limits)}).encode()
        try:
            answer = self._within(limits.seconds, lambda: self._ask(task, asked, pdf))
        except (EOFError, ValueError, OSError) as fault:
            raise self._broken(limits) from fault
        if answer[0] == UNREADABLE:
            raise Unreadable(str(json.loads(answer[1])))
        return answer

    def _broken(self, limits: Limits) -> Unreadable:
        self.end()
        if self.timed_out:
            return Unreadable(f"PDF took more than {limits.seconds} seconds to read")
        return Unreadable("PDF is broken: reading it fails")

    def end(self) -> None:
        """Ends the process and waits for it."""
        self.uses = _USES
        self._child.kill()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(5)

    @property
    def alive(self) -> bool:
        return self.owner == os.getpid() and self.uses < _USES and self._child.poll() is None

    @property
    def _out(self) -> IO[bytes]:
        assert self._child.stdout is not None
        return self._child.stdout

    def _ask(self, task: bytes, head: bytes, pdf: bytes) -> Answer:
        assert self._child.stdin is not None
        frames.write(self._child.stdin, task, head, pdf)
        return frames.read(self._out)

    def _within(self, seconds: float, work: Callable[[], Answer]) -> Answer:
        def stop() -> None:
            self.timed_out = True
            self._child.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            return work()
        finally:
            timer.cancel()


_idle: list[_Process] = []
_lock = threading.Lock()


def read(pdf: bytes, limits: Limits) -> Document:
    """Every page and attachment of `pdf`; raises Unreadable, or Unavailable where no process starts.

    Calls at the same time use a process each; a free one is kept warm for the next call.
    """
    process = _take()
    try:
        kind, head, body = process.do(READ, {}, pdf, limits)
        try:
            if kind != DOCUMENT:
                raise ValueError("unexpected answer")
            return decode(head, body)
        except ValueError as fault:
            process.end()
            raise Unreadable("PDF is broken: reading it fails") from fault
    finally:
        _give(process)


def shortened(pdf: bytes, limits: Limits, largest: int) -> tuple[bytes, int]:
    """A copy of at most `largest` bytes with as many of the first pages as fit, and how many these are.

    Raises as `read` does.
    """
    process = _take()
    try:
        kind, head, body = process.do(SHORTEN, {"largest": largest}, pdf, limits)
        if kind != COPY:
            process.end()
            raise Unreadable("PDF is broken: reading it fails")
        return body, int(json.loads(head)["pages"])
    finally:
        _give(process)


@atexit.register
def close() -> None:
    """Ends the processes that wait for work; those of the process this one was forked from are let be."""
    with _lock:
        processes, _idle[:] = list(_idle), []
    for process in processes:
        if process.owner == os.getpid():
            process.end()


def _take() -> _Process:
    with _lock:
        while _idle:
            process = _idle.pop()
            if process.alive:
                return process
            if process.owner == os.getpid():
                process.end()
    return _Process()


def _give(process: _Process) -> None:
    if process.alive:
        with _lock:
            _idle.append(process)
    else:
        process.end()
