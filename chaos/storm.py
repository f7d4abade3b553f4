"""What is done to the parts meanwhile: killed, frozen, without room, told the same again and again."""

from __future__ import annotations

import os
import random
import resource
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import httpx

from emulators.cloud.environment import BUCKET
from emulators.cloud.function_parts import FUNCTIONS

FROZEN_SECONDS = 10.0
EMULATORS = ("firestore", "pubsub", "storage", "gemini", "gateway")
SAME_NOTIFICATION = 50

FULL_SECONDS = 10.0
ROOM = 1000
"""Bytes to which a file of the bucket may grow on a full disk: less than any invoice has."""

KILLED_EVERY = (0.2, 3.0)
FROZEN_EVERY = (2.0, 10.0)
REPEATED_EVERY = (5.0, 15.0)
"""Seconds between two of a kind."""

OFTEN = ("upload killed", "extract_queue killed")
"""Where most can be lost."""

Acts = dict[str, Callable[[], None]]


@dataclass
class Storm:
    """Acts one after another until it is told that it is over; every part has its turn."""

    pids: Callable[[], Mapping[str, int]]
    urls: Mapping[str, str]
    seed: int
    report: Callable[[str], None]
    done: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def rage(self) -> None:
        """Kills, freezes or fills, and repeats, all at the same time; ends when each part had its turn."""
        kills: Acts = {f"{name} killed": partial(self._kill, name) for name in FUNCTIONS}
        freezes: Acts = {f"{name} frozen": partial(self._freeze, name) for name in EMULATORS}
        freezes["the bucket's disk full"] = self._fill
        # Each has an order of its own, so that a seed says what it does whatever the others do.
        orders = [random.Random(self.seed + place) for place in range(3)]
        with ThreadPoolExecutor(3) as pool:
            together = [
                pool.submit(self._in_turn, kills, orders[0], KILLED_EVERY),
                pool.submit(self._in_turn, freezes, orders[1], FROZEN_EVERY),
                pool.submit(
                    self._in_turn, {"notification repeated": self._repeat}, orders[2], REPEATED_EVERY
                ),
            ]
            for one in together:
                one.result()

    def _in_turn(self, acts: Acts, order: random.Random, pause: tuple[float, float]) -> None:
        while not self.over.is_set():
            names = [name for name in acts for _ in range(3 if name in OFTEN else 1)]
            order.shuffle(names)
            for name in names:
                if self.over.is_set() and self.done[name]:
                    continue
                time.sleep(order.uniform(*pause))
                acts[name]()
                self.done[name] += 1
                self.report(name)

    def _kill(self, name: str) -> None:
        """SIGKILL to a function and its workers."""
        with suppress(KeyError, ProcessLookupError):
            os.killpg(self.pids()[name], signal.SIGKILL)

    def _freeze(self, name: str) -> None:
        group = self.pids()[name]
        os.killpg(group, signal.SIGSTOP)
        try:
            time.sleep(FROZEN_SECONDS)
        finally:
            os.killpg(group, signal.SIGCONT)

    def _fill(self) -> None:
        """Every write of the bucket that goes beyond ROOM fails, as on a full disk."""
        pid = self.pids()["storage"]
        former = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (ROOM, former[1]))
        try:
            time.sleep(FULL_SECONDS)
        finally:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, former)

    def _repeat(self) -> None:
        """The same notification, SAME_NOTIFICATION times at once, of an object that is there."""
        with suppress(httpx.HTTPError, KeyError, IndexError):
            listed = httpx.get(
                f"{self.urls['storage']}/storage/v1/b/{BUCKET}/o", params={"prefix": "docs/"}, timeout=30
            ).json()["items"]
            found = random.choice(listed)
            attributes = {
                "eventType": "OBJECT_FINALIZE",
                "objectId": found["name"],
                "objectGeneration": str(found["generation"]),
            }
            body = {"message": {"attributes": attributes, "data": "", "messageId": "1"}}
            with ThreadPoolExecutor(SAME_NOTIFICATION) as pool:
                for _ in range(SAME_NOTIFICATION):
                    pool.submit(self._push, body)

    def _push(self, body: Mapping[str, object]) -> None:
        with suppress(httpx.HTTPError):
            httpx.post(f"{self.urls['extract_queue']}/", json=body, timeout=60)
