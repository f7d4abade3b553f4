"""Starts parts, keeps them running, and stops them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from emulators.cloud import logfiles, ports, rest
from emulators.cloud.endings import dismiss, obituary
from emulators.cloud.errands import carry_out
from emulators.cloud.faults import CannotStart, PartEnded
from emulators.cloud.part import Part, Task
from emulators.cloud.process import Process, how
from emulators.cloud.watchdog import Watchdog

READY_WITHIN = 120.0
"""Seconds for one part, on a machine with nothing compiled or cached yet."""

BETWEEN_CHECKS = 0.05
LONGEST_PAUSE = 5.0
"""Seconds before a function that did not even become ready is tried again, after several such tries."""

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
        self._loop = asyncio.new_event_loop()
        self._stop_asked = asyncio.Event()
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
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._oversee())
        except BaseException as error:  # nobody may wait for ever for a thread that is gone
            for future in (self._started, self._over):
                if not future.done():
                    future.set_exception(error)

    async def _oversee(self) -> None:
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
        false_starts = 0
        while True:
            begun = monotonic()
            process = await self._launch(part)
            ending = asyncio.ensure_future(process.ended())
            try:
                was_ready = await self._until_ready(part, ending, begun)
                code = await ending
            finally:
                ending.cancel()
            del self._running[part.name]
            if part.kind == "emulator" or not self._up[part.name].is_set():
                raise PartEnded(obituary(part.name, code, self._log(part.name)))
            self._report(f"{part.name} ended ({how(code)}); it is started again")
            false_starts = 0 if was_ready else false_starts + 1
            await asyncio.sleep(min(LONGEST_PAUSE, false_starts))
            await self._port_given_back(part.port)

    async def _launch(self, part: Part) -> Process:
        process = await Process.start(part.command, part.environment, self._log(part.name), self._watchdog)
        self._running[part.name] = process
        self._changed()
        return process

    async def _until_ready(self, part: Part, ending: asyncio.Future[int], begun: float) -> bool:
        """True when the part is ready, False when it has ended before."""
        while await rest.status(part.check, READY_WITHIN / 10) not in part.healthy:
            first = not self._up[part.name].is_set()
            if first and monotonic() - begun > READY_WITHIN:
                words = logfiles.last_words(self._log(part.name))
                raise CannotStart(
                    f"{part.name} did not answer within {READY_WITHIN:.0f} s; its last words:\n{words}"
                )
            await asyncio.wait({ending}, timeout=BETWEEN_CHECKS)
            if ending.done():
                return False
        seconds = monotonic() - begun
        if self._up[part.name].is_set():
            self._report(f"{part.name} is back after {seconds:.1f} s")
            return True
        if part.wire:
            try:
                await asyncio.to_thread(part.wire)
            except Exception as error:
                raise CannotStart(f"{part.name} could not be set up: {error}") from error
        self._up[part.name].set()
        self._report(f"  {part.name:<14} ready in {seconds:4.1f} s  {part.url}")
        return True

    async def _carry_out(self, task: Task) -> None:
        await self._ready(task.after)
        self.results[task.name] = await carry_out(task, self._log(task.name), self._watchdog)
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
                await asyncio.to_thread(logfiles.trim, self._log(part.name))

    async def _port_given_back(self, port: int) -> None:
        """A killed program's port is free a moment later than the program is gone."""
        until = monotonic() + 2
        while not ports.is_free(port) and monotonic() < until:
            await asyncio.sleep(0.02)

    async def _wind_down(self) -> None:
        for turn in sorted({part.turn for part in self._parts}):
            parts = [part for part in self._parts if part.turn == turn and part.name in self._running]
            await asyncio.gather(*(dismiss(part, self._running[part.name], self._report) for part in parts))
            for part in parts:
                del self._running[part.name]

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"
