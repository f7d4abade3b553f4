"""The peak of a process is seen with that of its children, and counts from the reset on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from benchmarks.processes import Memory

CHILD = """
import sys
taken = bytearray(80 * 1024 * 1024)
del taken
print("ready", flush=True)
sys.stdin.readline()
taken = bytearray(40 * 1024 * 1024)
del taken
print("ready", flush=True)
sys.stdin.readline()
"""
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


@pytest.fixture
def running() -> Iterator[subprocess.Popen[str]]:
    """A process whose child takes 80 MiB, and 40 MiB more when it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    assert process.stdin
    assert process.stdout
    process.stdin.close()
    process.stdout.close()
    process.wait(10)


def step(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert process.stdout.readline() == "ready\n"


def test_a_peak_counts_from_the_reset_on_and_in_the_child(running: subprocess.Popen[str]) -> None:
    step(running)
    memory = Memory(running.pid)
    assert memory.peak() > 80
    memory.reset()
    idle = memory.peak()
    assert idle < 60
    assert running.stdin
    running.stdin.write("go on\n")
    running.stdin.flush()
    step(running)
    assert 35 < memory.peak() - idle < 60


def test_a_process_that_is_gone_is_an_error() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(10)
    with pytest.raises(OSError, match=str(gone.pid)):
        Memory(gone.pid).now()
    assert Memory(os.getpid()).now() > 0
