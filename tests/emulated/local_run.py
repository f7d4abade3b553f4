"""The local cloud run as a person runs it: its own process, its output, and what it leaves behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulators.cloud.ports import is_free
from tests.environment import clean_environment
from tests.running import RunningCloud, eventually

ROOT = Path(__file__).parents[2]
SMALL = ("--parts", "firestore,pubsub,storage,webhook,gateway")
"""A part of each kind, quickly started."""


@dataclass
class LocalRun:
    """One `python -m emulators`. Its output is in files, so that nothing waits for a reader."""

    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def output(self) -> str:
        """What it printed, with its errors."""
        return (self.folder / "printed.txt").read_text("utf-8")

    @property
    def state(self) -> dict[str, Any]:
        """What its state.json says now."""
        facts: dict[str, Any] = json.loads((self.folder / "state.json").read_text("utf-8"))
        return facts

    @property
    def has_state(self) -> bool:
        return (self.folder / "state.json").exists()

    @property
    def cloud(self) -> RunningCloud:
        state = self.state
        return RunningCloud(
            state["gateway_url"],
            state["api_key"],
            state["urls"],
            lambda: dict(self.state["pids"]),
            self.folder,
        )

    def ready(self) -> LocalRun:
        """Itself, once it says that it is."""
        eventually(lambda: self.process.poll() is not None or "Ctrl-C stops it" in self.output, within=90)
        assert self.process.poll() is None, self.output
        return self

    def send(self, number: int) -> None:
        self.process.send_signal(number)

    def exit_code(self, within: float = 60) -> int:
        return self.process.wait(within)

    def family(self) -> set[int]:
        """Every process that it started, and those that these started."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
        pairs = [line.split() for line in listed.stdout.splitlines()]
        parents = {int(pid): int(parent) for pid, parent in pairs}
        family = {self.process.pid}
        while grown := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= grown
        return family - {self.process.pid}

    def watchdog(self) -> int:
        """The process that outlives it by a moment."""
        return next(pid for pid in self.family() if "watchdog.py" in _command(pid))


@contextmanager
def local_run(folder: Path, *options: str, **environment: str) -> Iterator[LocalRun]:
    """Starts one on a free port; ends it roughly if the test has not."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "emulators", "--port", "0", "--folder", str(folder), *options]
    with (folder / "printed.txt").open("wb") as printed:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**clean_environment(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    try:
        yield LocalRun(process, folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
        process.kill()
        process.wait()


def all_gone(pids: set[int], ports: list[int], within: float = 10) -> None:
    """Fails unless no such process runs any more and every port is free again."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(map(_runs, pids)) and all(map(is_free, ports)):
            return
        time.sleep(0.05)
    left = [_command(pid) for pid in pids if _runs(pid)]
    raise AssertionError(f"still there: {left}, ports {[port for port in ports if not is_free(port)]}")


def _runs(pid: int) -> bool:
    listed = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(listed.stdout.strip()) and not listed.stdout.startswith("Z")


def _command(pid: int) -> str:
    return subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
