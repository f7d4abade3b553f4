"""Starts parts, keeps them running, and stops them."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from emulators.cloud import logfiles, ports, rest
from emulators.cloud.faults import CannotStart, PartEnded
from emulators.cloud.part import Part, Task
from emulators.cloud.process import Process, how
from emulators.cloud.watchdog import Watchdog

READY_WITHIN = 120.0
"""Seconds for one part, on a machine with nothing compiled or cached yet."""

BETWEEN_CHECKS = 0.05
SETTLED = 10.0
"""Seconds after which a function's end is no longer counted as one of a row of quick ends."""

LONGEST_PAUSE = 5.0
FAREWELL = 60.0
_BETWEEN_TRIMS = 15.0
_BETWEEN_REMINDERS = 10.0


class Supervisor:
    """Runs `parts` and `tasks` in a thread of its own.

    `report` is given lines for a person; `changed` is called when a process id has changed. Both
    are called in the supervisor's thread.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        tasks: Sequence[Task],
        *,
        logs: Path,
        watchdog: Watchdog,
        report: Callable[[str], None],
        changed: Callable[[], None],
    ) -> None:
        self._parts, self._tasks = parts, tasks
        self._logs = logs
        self._watchdog = watchdog
        self._report, self._changed = report, changed
        self._running: dict[str, Process] = {}
        self._started: Future[None] = Future()
        self._over: Future[None] = Future()
        self._thread = Thread(target=self._work, name="supervisor", daemon=True)
        self.results: dict[str, str] = {}
        """What each task printed."""

    @property
    def pids(self) -> dict[str, int]:
        """The process id of each part that runs."""
        return {part.name: self._running[part.name].pid for part in self._parts if part.name in self._running}

    def start(self) -> None:
        """Returns when every part is ready; raises CannotStart, or PartEnded where one ends before."""
        self._thread.start()
        self._started.result()

    def wait(self) -> None:
        """Returns after `stop`; raises PartEnded when an emulator ends by itself."""
        self._over.result()

    def stop(self) -> None:
        """Stops every part, callers first; returns when nothing of them is left."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop_asked.set)
        self._thread.join()

    def _work(self) -> None:
        try:
            asyncio.run(self._oversee())
        except BaseException as error:  # nobody may wait for ever for a thread that is gone
            for future in (self._started, self._over):
                if not future.done():
                    future.set_exception(error)

    async def _oversee(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop_asked = asyncio.Event()
        named: tuple[Part | Task, ...] = (*self._parts, *self._tasks)
        self._up = {each.name: asyncio.Event() for each in named}
        work: list[Coroutine[None, None, None]] = [self._live(part) for part in self._parts]
        work += [self._carry_out(task) for task in self._tasks]
        work += [self._announce(), self._trim_logs()]
        lives = [asyncio.create_task(each) for each in work]
        together = asyncio.gather(*lives)
        stop = asyncio.create_task(self._stop_asked.wait())
        ends: set[asyncio.Future[Any]] = {together, stop}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        fault = together.exception() if together.done() else None
        for task in (stop, *lives):
            task.cancel()
        await asyncio.gather(together, stop, *lives, return_exceptions=True)
        if fault is not None and not self._started.done():
            self._started.set_exception(fault)
        await self._wind_down()
        if fault is None:
            self._over.set_result(None)
        else:
            self._over.set_exception(fault)

    async def _live(self, part: Part) -> None:
        """One part's life: it ends by an exception alone."""
        await self._ready(part.after)
        quick_ends = 0
        while True:
            begun = monotonic()
            process = await self._launch(part)
            ending = asyncio.ensure_future(process.ended())
            try:
                await self._until_ready(part, ending, begun)
                code = await ending
            finally:
                ending.cancel()
            del self._running[part.name]
            if part.kind == "emulator" or not self._up[part.name].is_set():
                raise PartEnded(self._obituary(part.name, code))
            quick_ends = 0 if monotonic() - begun > SETTLED else quick_ends + 1
            self._report(f"{part.name} ended ({how(code)}); it is started again")
            await asyncio.sleep(min(LONGEST_PAUSE, (quick_ends - 1) ** 2 / 4) if quick_ends > 1 else 0)
            await self._port_given_back(part.port)

    async def _launch(self, part: Part) -> Process:
        log = self._logs / f"{part.name}.log"
        process = await Process.start(part.command, part.environment, log, self._watchdog)
        self._running[part.name] = process
        self._changed()
        return process

    async def _until_ready(self, part: Part, ending: asyncio.Future[int], begun: float) -> None:
        """Returns when the part is ready, or has ended."""
        while await rest.status(part.check, READY_WITHIN / 10) not in part.healthy:
            first = not self._up[part.name].is_set()
            if first and monotonic() - begun > READY_WITHIN:
                words = logfiles.last_words(self._logs / f"{part.name}.log")
                raise CannotStart(
                    f"{part.name} did not answer within {READY_WITHIN:.0f} s; its last words:\n{words}"
                )
            await asyncio.wait({ending}, timeout=BETWEEN_CHECKS)
            if ending.done():
                return
        seconds = monotonic() - begun
        if self._up[part.name].is_set():
            self._report(f"{part.name} is back after {seconds:.1f} s")
            return
        if part.wire:
            try:
                await asyncio.to_thread(part.wire)
            except Exception as error:
                raise CannotStart(f"{part.name} could not be set up: {error}") from error
        self._up[part.name].set()
        self._report(f"  {part.name:<14} ready in {seconds:4.1f} s  {part.url}")

    async def _carry_out(self, task: Task) -> None:
        await self._ready(task.after)
        log = self._logs / f"{task.name}.log"
        process = await Process.start(task.command, task.environment, log, self._watchdog, output=PIPE)
        try:
            async with asyncio.timeout(task.seconds):
                printed = await process.printed()
        except TimeoutError:
            raise CannotStart(f"{task.name} took longer than {task.seconds:.0f} s. {task.cure}") from None
        finally:
            process.kill()
            code = await process.ended()
        if code != 0:
            raise CannotStart(f"{self._obituary(task.name, code)}\n{task.cure}")
        self.results[task.name] = printed
        self._up[task.name].set()

    async def _ready(self, names: Sequence[str]) -> None:
        for name in names:
            if name in self._up:
                await self._up[name].wait()

    async def _announce(self) -> None:
        waiting = asyncio.ensure_future(self._ready([*self._up]))
        try:
            while not (await asyncio.wait({waiting}, timeout=_BETWEEN_REMINDERS))[0]:
                names = [name for name, event in self._up.items() if not event.is_set()]
                self._report(f"  … waiting for {', '.join(names)}")
        finally:
            waiting.cancel()
        self._started.set_result(None)

    async def _trim_logs(self) -> None:
        while True:
            await asyncio.sleep(_BETWEEN_TRIMS)
            for part in self._parts:
                await asyncio.to_thread(logfiles.trim, self._logs / f"{part.name}.log")

    async def _port_given_back(self, port: int) -> None:
        """A killed program's port is free a moment later than the program is gone."""
        until = monotonic() + 2
        while not ports.is_free(port) and monotonic() < until:
            await asyncio.sleep(0.02)

    async def _wind_down(self) -> None:
        for turn in sorted({part.turn for part in self._parts}):
            parts = [part for part in self._parts if part.turn == turn and part.name in self._running]
            await asyncio.gather(*(self._dismiss(part, self._running[part.name]) for part in parts))

    async def _dismiss(self, part: Part, process: Process) -> None:
        ending = asyncio.ensure_future(process.ended())
        if part.farewell:
            try:
                async with asyncio.timeout(FAREWELL):
                    await asyncio.to_thread(part.farewell)
            except Exception as error:  # whatever it is, the rest must still be stopped
                self._report(f"{part.name} before its end: {error or type(error).__name__}")
        process.ask_to_end()
        await asyncio.wait({ending}, timeout=part.grace)
        process.kill()
        await ending
        del self._running[part.name]

    def _obituary(self, name: str, code: int) -> str:
        log = self._logs / f"{name}.log"
        return f"{name} ended ({how(code)}); its last words, of {log}:\n{logfiles.last_words(log)}"
