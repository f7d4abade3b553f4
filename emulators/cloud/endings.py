"""How a part is stopped, and what is said of one that ended by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from emulators.cloud import logfiles
from emulators.cloud.part import Part
from emulators.cloud.process import Process, how

FAREWELL = 60.0
"""Seconds for what is done before a part is told to stop."""


async def dismiss(part: Part, process: Process, report: Callable[[str], None]) -> None:
    """Stops the part, by force after its grace; returns when it is gone."""
    ending = asyncio.ensure_future(process.ended())
    if part.farewell:
        try:
            async with asyncio.timeout(FAREWELL):
                await asyncio.to_thread(part.farewell)
        except Exception as error:  # whatever it is, the rest must still be stopped
            report(f"{part.name} before its end: {error or type(error).__name__}")
    process.ask_to_end()
    await asyncio.wait({ending}, timeout=part.grace)
    process.kill()
    await ending


def obituary(name: str, code: int, log: Path) -> str:
    """That it ended, how, and the last lines of its log."""
    return f"{name} ended ({how(code)}); its last words, of {log}:\n{logfiles.last_words(log)}"
