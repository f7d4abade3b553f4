"""A function in a process of its own, and what its processes hold in memory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 60.0
_STOP_SECONDS = 15.0


class NotStarted(RuntimeError):
    """A function gave no answer in time."""


@dataclass(frozen=True)
class Request:
    """What a started function is first asked."""

    method: str
    path: str
    json: Mapping[str, str] | None = None


def first_answer(
    source: Path, target: str, environment: Mapping[str, str], asked: Request, status: int
) -> float:
    """Seconds from starting the function's process to its first answer, which must have `status`."""
    port = _free_port()
    command = ["-m", "functions_framework", "--target", target, "--source", str(source), "--port", str(port)]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**environment, "WORKERS": "1", "THREADS": "8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answered = _ask(port, asked, process)
        elapsed = time.perf_counter() - started
        if answered != status:
            raise NotStarted(f"{source}: {asked.method} {asked.path} answered {answered}, not {status}")
        return elapsed
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(_STOP_SECONDS)


def _ask(port: int, asked: Request, process: subprocess.Popen[bytes]) -> int:
    """Asks as soon as the port is open: a connection is tried every two milliseconds."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise NotStarted(f"the process ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.002)
            continue
        url = f"http://127.0.0.1:{port}{asked.path}"
        return httpx.request(asked.method, url, json=asked.json, timeout=_START_SECONDS).status_code
    raise NotStarted(f"no answer within {_START_SECONDS:.0f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Memory:
    """The peak of a process and its children (Linux only), counted from `reset` on."""

    def __init__(self, pid: int) -> None:
        self._pids = [pid, *_below(pid)]

    def reset(self) -> None:
        """Sets the peak of every process to what it holds now (proc(5), clear_refs)."""
        for pid in self._pids:
            Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")

    def now(self) -> float:
        """MiB that the largest of the processes holds."""
        return max(_status(pid, "VmRSS") for pid in self._pids)

    def peak(self) -> float:
        """MiB that the largest of the processes has held since the reset."""
        return max(_status(pid, "VmHWM") for pid in self._pids)


def _below(pid: int) -> list[int]:
    children = [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _parent(int(entry.name)) == pid
    ]
    return [*children, *(grandchild for child in children for grandchild in _below(child))]


def _parent(pid: int) -> int | None:
    try:
        return int(_field(pid, "PPid"))
    except OSError:  # it has ended in the meantime
        return None


def _status(pid: int, name: str) -> float:
    return int(_field(pid, name)) / 1024


def _field(pid: int, name: str) -> str:
    for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
        if line.startswith(name + ":"):
            return line.split()[1]
    raise OSError(f"process {pid} has no {name}")


def own_environment() -> dict[str, str]:
    """What a started function needs of this process's surroundings."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
