"""The reading process: jobs on standard input, answers on standard output, one at a time.

A job is a head (its length in four bytes, then JSON) and the documents' bytes.
The kernel ends this process when a job runs over its time or its memory.
"""

from __future__ import annotations

import os
import resource
import signal
import struct
import sys
from typing import BinaryIO

from common.domain import exact_json

_MEMORY = {"text": 2 * 1024**3, "scan": 8 * 1024**3}


def main() -> None:
    kind, seconds = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY[kind], _MEMORY[kind]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Answers have a channel of their own: what a library prints must not get between them.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    from emulators.gemini.reader import job  # after the limits: it loads PDFium

    while (head := _take(sys.stdin.buffer)) is not None:
        order = exact_json.loads(head)
        assert isinstance(order, dict)
        blobs = [
            (str(blob["mime_type"]), sys.stdin.buffer.read(int(blob["size"]))) for blob in order["blobs"]
        ]
        signal.alarm(seconds)
        answer = exact_json.dumps(job.done(str(order["job"]), blobs, scanning=kind == "scan")).encode()
        signal.alarm(0)
        answers.write(struct.pack(">I", len(answer)) + answer)
        answers.flush()


def _take(stream: BinaryIO) -> bytes | None:
    size = stream.read(4)
    if len(size) < 4:
        return None
    return stream.read(struct.unpack(">I", size)[0])


if __name__ == "__main__":
    main()
