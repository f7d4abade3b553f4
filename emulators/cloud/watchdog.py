"""A process that outlives the local cloud by a moment, to end what a kill -9 of it left behind.

It holds the reading end of a pipe. When the other end closes, however that comes about, it kills
the process groups that it was told of and removes the files. A clean stop takes everything off its
list first. It works wherever there are pipes and process groups.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


class Watchdog:
    """The running watchdog, seen from the process that it watches."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )

    def guard(self, group: int) -> None:
        """Kills process group `group` should this process die."""
        self._tell(f"guard {group}")

    def release(self, group: int) -> None:
        """Forgets a group that has ended."""
        self._tell(f"release {group}")

    def remove(self, path: Path) -> None:
        """Removes a file or a whole folder should this process die."""
        self._tell(f"remove {path}")

    def dismiss(self) -> None:
        """Ends the watchdog, with nothing done."""
        self._tell("dismiss")
        with suppress(BrokenPipeError):
            assert self._process.stdin
            self._process.stdin.close()
        self._process.wait(5)

    def _tell(self, line: str) -> None:
        assert self._process.stdin
        # A watchdog that was killed is no reason to stop; on Linux every part is tethered as well.
        with suppress(BrokenPipeError):
            self._process.stdin.write(os.fsencode(line) + b"\n")
            self._process.stdin.flush()


def main() -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    groups: set[int] = set()
    paths: set[bytes] = set()
    for line in sys.stdin.buffer:
        order, _, what = line.rstrip(b"\n").partition(b" ")
        if order == b"guard":
            groups.add(int(what))
        elif order == b"release":
            groups.discard(int(what))
        elif order == b"remove":
            paths.add(what)
        elif order == b"dismiss":
            return
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    for path in map(os.fsdecode, paths):
        if Path(path).is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            Path(path).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
