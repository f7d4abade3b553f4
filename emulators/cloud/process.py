"""One running program of the local cloud, in a process group of its own.

In its own group a Ctrl-C at the terminal does not reach it, so that parts stop in their order;
and what it forked (gunicorn's workers) ends with it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, STDOUT
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from emulators.cloud import tether
from emulators.cloud.watchdog import Watchdog


class Process:
    """A started program. Start it from a thread that lives as long as it shall."""

    def __init__(self, process: asyncio.subprocess.Process, watchdog: Watchdog) -> None:
        self._process = process
        self._watchdog = watchdog
        self.pid = process.pid
        watchdog.guard(self.pid)

    @staticmethod
    async def start(
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        watchdog: Watchdog,
        output: int | None = None,
    ) -> Process:
        """Starts `command` with its output added to `log`, or only its errors where `output` is PIPE."""
        with log.open("ab") as file:
            process = await asyncio.create_subprocess_exec(
                *_tethered(command),
                env=environment,
                stdin=DEVNULL,
                stdout=file if output is None else output,
                stderr=STDOUT if output is None else file,
                start_new_session=True,
            )
        return Process(process, watchdog)

    async def printed(self) -> str:
        """All that it prints until it ends."""
        output, _ = await self._process.communicate()
        return output.decode("utf-8", "replace")

    async def ended(self) -> int:
        """Waits for its end; the exit code, or a signal's number below 0."""
        code = await self._process.wait()
        self.kill()
        self._watchdog.release(self.pid)
        return code

    def ask_to_end(self) -> None:
        """SIGTERM to the program itself, which passes it on as it sees fit."""
        with suppress(ProcessLookupError):
            self._process.terminate()

    def kill(self) -> None:
        """Kills it and all that it forked."""
        # Where nothing of the group is left macOS may answer "not permitted".
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def how(code: int) -> str:
    """An exit code in words."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"


def _tethered(command: Sequence[str]) -> list[str]:
    if sys.platform != "linux":
        return list(command)
    return [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), *command]
