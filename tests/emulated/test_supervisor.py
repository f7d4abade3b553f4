"""The supervisor with small programs of its own: order, patience, and ends that nobody wished for."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from emulators.cloud.faults import CannotStart, PartEnded
from emulators.cloud.part import Part, Task, Turn
from emulators.cloud.ports import Ports
from emulators.cloud.supervisor import Supervisor
from emulators.cloud.watchdog import Watchdog

SERVER = """
import signal, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
def told(number, frame):
    with open(sys.argv[2], "a") as diary:
        print(sys.argv[3], file=diary)
    if sys.argv[4:] != ["stubborn"]:
        sys.exit()
signal.signal(signal.SIGTERM, told)
HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


class House:
    """Makes parts and runs them."""

    def __init__(self, folder: Path, ports: Ports) -> None:
        self.folder, self._ports = folder, ports
        self.lines: list[str] = []

    def part(
        self,
        name: str,
        *manner: str,
        turn: Turn = Turn.FUNCTION,
        after: tuple[str, ...] = (),
        wire: Callable[[], None] | None = None,
        farewell: Callable[[], None] | None = None,
    ) -> Part:
        port = self._ports.take()
        url = f"http://127.0.0.1:{port}"
        return Part(
            name=name,
            kind="emulator",
            command=(sys.executable, "-c", SERVER, str(port), str(self.diary), name, *manner),
            environment=os.environ,
            port=port,
            url=url,
            check=url,
            after=after,
            wire=wire,
            farewell=farewell,
            turn=turn,
            grace=0.5,
        )

    def task(self, code: str, after: tuple[str, ...] = (), seconds: float = 20) -> Task:
        command = (sys.executable, "-c", code)
        return Task("errand", command, os.environ, "Run it again.", after=after, seconds=seconds)

    @property
    def diary(self) -> Path:
        return self.folder / "diary"

    def told(self) -> list[str]:
        """The parts in the order in which they were told to stop."""
        return self.diary.read_text("utf-8").split() if self.diary.exists() else []

    @contextmanager
    def running(self, *parts: Part, tasks: tuple[Task, ...] = ()) -> Iterator[Supervisor]:
        watchdog = Watchdog()
        supervisor = Supervisor(
            parts,
            tasks,
            logs=self.folder,
            watchdog=watchdog,
            report=self.lines.append,
            changed=lambda: None,
        )
        try:
            supervisor.start()
            yield supervisor
        finally:
            supervisor.stop()
            watchdog.dismiss()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    ports = Ports()
    yield House(tmp_path, ports)
    ports.close()


def test_parts_stop_callers_first(house: House) -> None:
    parts = [
        house.part("database", turn=Turn.EMULATOR),
        house.part("gateway", turn=Turn.GATEWAY),
        house.part("service"),
    ]
    with house.running(*parts):
        pass
    assert house.told() == ["gateway", "service", "database"]


def test_a_part_that_will_not_stop_is_killed_after_its_grace(house: House) -> None:
    with house.running(house.part("mule", "stubborn")) as supervisor:
        pid = supervisor.pids["mule"]
        begun = time.monotonic()
    assert 0.5 <= time.monotonic() - begun < 3
    assert house.told() == ["mule"]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_what_must_come_first_comes_first(house: House) -> None:
    done: list[str] = []
    first = house.part("first", wire=lambda: done.append("wired"))
    second = house.part("second", after=("errand",), farewell=lambda: done.append("farewell"))
    errand = house.task("print('the result')", after=("first",))
    with house.running(second, first, tasks=(errand,)) as supervisor:
        assert supervisor.results == {"errand": "the result\n"}
        assert done == ["wired"]
    assert done == ["wired", "farewell"]
    assert [line.split()[0] for line in house.lines] == ["first", "second"]


def test_a_farewell_that_fails_is_told_and_keeps_nothing_from_stopping(house: House) -> None:
    def fails() -> None:
        raise OSError("the disk is full")

    with house.running(house.part("first", farewell=fails)):
        pass
    assert house.told() == ["first"]
    assert house.lines[-1] == "first before its end: the disk is full"


def test_an_errand_that_fails_ends_the_start_with_its_words_and_the_cure(house: House) -> None:
    errand = house.task("import sys; print('no such table', file=sys.stderr); sys.exit(3)")
    words = r"(?s)^errand ended \(exit code 3\).*no such table\nRun it again\.$"
    with pytest.raises(CannotStart, match=words), house.running(house.part("first"), tasks=(errand,)):
        pass
    assert house.told() in ([], ["first"])


def test_an_errand_that_takes_too_long_is_ended(house: House) -> None:
    errand = house.task("import time; time.sleep(60)", seconds=0.3)
    with (
        pytest.raises(CannotStart, match=r"^errand took longer than 0 s\. Run it again\.$"),
        house.running(house.part("first"), tasks=(errand,)),
    ):
        pass


def test_a_wiring_that_fails_ends_the_start(house: House) -> None:
    def fails() -> None:
        raise RuntimeError("409")

    with (
        pytest.raises(CannotStart, match="^first could not be set up: 409$"),
        house.running(house.part("first", wire=fails), house.part("second")),
    ):
        pass


def test_the_end_of_a_part_is_told_to_who_waits(house: House) -> None:
    with house.running(house.part("first"), house.part("second")) as supervisor:
        os.kill(supervisor.pids["first"], 9)
        with pytest.raises(PartEnded, match=r"^first ended \(killed by SIGKILL\)"):
            supervisor.wait()
        assert supervisor.pids == {}
    assert house.told() == ["second"]
