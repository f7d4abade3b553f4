"""Tasks: commands of the start that do something and end."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE
from pathlib import Path

from emulators.cloud.endings import obituary
from emulators.cloud.faults import CannotStart
from emulators.cloud.part import Task
from emulators.cloud.process import Process
from emulators.cloud.watchdog import Watchdog


async def carry_out(task: Task, log: Path, watchdog: Watchdog) -> str:
    """What the task prints; raises CannotStart where it fails or takes too long."""
    process = await Process.start(task.command, task.environment, log, watchdog, output=PIPE)
    try:
        async with asyncio.timeout(task.seconds):
            printed = await process.printed()
    except TimeoutError:
        raise CannotStart(f"{task.name} took longer than {task.seconds:.0f} s. {task.cure}") from None
    finally:
        process.kill()
        code = await process.ended()
    if code != 0:
        raise CannotStart(f"{obituary(task.name, code, log)}\n{task.cure}")
    return printed
