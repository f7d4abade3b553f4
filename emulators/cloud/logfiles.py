"""The parts' logs: one file each, begun anew by every run.

A file that grows over 20 MB is moved aside as `<part>.log.1`, in place of an earlier one, and begun
anew, so that a run of any length keeps at most 40 MB a part and always its latest lines. What is
written while a log is copied may be lost.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

LARGEST = 20 * 1024 * 1024
LAST_LINES = 12
_TAIL = 8192


def trim(log: Path, largest: int = LARGEST) -> None:
    """Moves the content aside if it is larger than `largest` bytes.

    The part goes on writing to the same file: it was opened for appending.
    """
    if log.exists() and log.stat().st_size > largest:
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        os.truncate(log, 0)


def last_words(log: Path) -> str:
    """The last lines of a log, indented; "(nothing)" where there are none."""
    if not log.exists():
        return "  (nothing)"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _TAIL))
        text = file.read().decode("utf-8", "replace")
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join(f"  {line}" for line in lines[-LAST_LINES:]) or "  (nothing)"
