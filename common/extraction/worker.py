"""The reading process: takes one PDF after another from its standard input until that is closed.

PDFium hangs or crashes on some hostile files. Here neither harms anybody: an
alarm whose default action ends the process stops even a loop inside the
library, and memory is bounded by the system.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from typing import Any

from common.errors import Unreadable
from common.extraction import frames
from common.extraction.document import encode
from common.extraction.limits import Limits

READY, DOCUMENT, COPY, UNREADABLE = b"r", b"d", b"c", b"u"
READ, SHORTEN = b"t", b"s"
"""Tasks: to read a PDF, and to copy as many of its first pages as fit a size."""


def main() -> None:
    """Serves until the input ends."""
    stdin = sys.stdin.buffer
    # The answers' own channel: what a library prints to standard output can't disturb it.
    stdout = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    import pypdfium2.raw as pdfium

    # A page's thousands of characters refer to nothing that refers to them: they go without a collector,
    # which would walk over all of them again and again.
    gc.disable()
    pdfium.FPDF_InitLibrary()
    frames.write(stdout, READY, b"{}")
    while True:
        try:
            task, head, pdf = frames.read(stdin)
        except EOFError:
            return
        asked = json.loads(head)
        limits = Limits(**asked["limits"])
        memory = limits.memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
        signal.alarm(limits.seconds + 1)
        try:
            answer = _done(task, asked, pdf, limits)
        except Unreadable as reason:
            answer = (UNREADABLE, json.dumps(str(reason)).encode(), b"")
        except MemoryError:
            answer = (UNREADABLE, json.dumps("PDF takes too much memory to read").encode(), b"")
        signal.alarm(0)
        frames.write(stdout, *answer)


def _done(task: bytes, asked: dict[str, Any], pdf: bytes, limits: Limits) -> tuple[bytes, bytes, bytes]:
    if task == SHORTEN:
        from common.extraction.shorter import first_pages

        copy, pages = first_pages(pdf, limits, asked["largest"])
        return COPY, json.dumps({"pages": pages}).encode(), copy
    from common.extraction.opening import read

    return (DOCUMENT, *encode(read(pdf, limits)))


if __name__ == "__main__":
    main()
