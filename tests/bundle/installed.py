"""A bundle that is unpacked and installed by itself, and serves as the platform would serve it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

START_SECONDS = 60
STOP_SECONDS = 15


@dataclass(frozen=True)
class Installed:
    """An unpacked bundle and the environment made from its requirements.txt alone."""

    name: str
    folder: Path
    environment: Path

    def program(self, name: str) -> str:
        """The path of one of the environment's programs."""
        return str(self.environment / "bin" / name)

    def variables(self) -> dict[str, str]:
        """What the bundle's processes see: nothing of the checkout's, no emulator, no credentials."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}

    def python(self, code: str, *arguments: str, **settings: str) -> str:
        """What `code` prints when the environment's Python runs it in the bundle's folder."""
        result = subprocess.run(
            [self.program("python"), "-c", code, *arguments],
            cwd=self.folder,
            env=self.variables() | settings,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    @contextmanager
    def served(self, target: str) -> Iterator[httpx.Client]:
        """The entry point `target`, served as the platform serves it, and a client of it."""
        port = free_port()
        log = self.folder.with_name(f"{self.name}-{target}.log")
        with log.open("wb") as output:
            process = subprocess.Popen(
                [self.program("functions-framework"), "--target", target, "--port", str(port)],
                cwd=self.folder,
                env=self.variables() | {"WORKERS": "1", "THREADS": "2"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=START_SECONDS) as client:
                    wait_until_it_answers(client, process, log)
                    yield client
            finally:
                process.terminate()
                try:
                    process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(STOP_SECONDS)


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns at the first answer of any kind; fails with the log where none comes."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text("utf-8", "replace")
        try:
            client.get("/")
            return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail(f"no answer within {START_SECONDS} s:\n{log.read_text('utf-8', 'replace')}")
