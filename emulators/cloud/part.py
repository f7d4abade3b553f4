"""What the local cloud is made of, as data: the supervisor knows nothing else of a part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

OK = range(200, 300)
ANSWERS = range(100, 500)
"""A function is well when it answers at all: most have nothing at `/`."""


class Turn(IntEnum):
    """When a part is stopped: callers first, what they call last."""

    GATEWAY = 0
    FUNCTION = 1
    EMULATOR = 2


@dataclass(frozen=True)
class Part:
    """A program that runs for as long as the local cloud does."""

    name: str
    kind: Literal["emulator", "function"]
    """A function that ends is started again, as the platform does; an emulator's end ends the run."""
    command: tuple[str, ...]
    """The first word is the absolute path of a program."""
    environment: Mapping[str, str]
    port: int
    url: str
    check: str
    """A URL that answers with one of `healthy` statuses once the part is ready."""
    healthy: range = OK
    after: tuple[str, ...] = ()
    """Parts and tasks that must be ready first."""
    wire: Callable[[], None] | None = None
    """Called once, when the part first answers and before it counts as ready."""
    farewell: Callable[[], None] | None = None
    """Called before the part is told to stop."""
    turn: Turn = Turn.FUNCTION
    grace: float = 5.0
    """Seconds between being told to stop and being killed."""


@dataclass(frozen=True)
class Task:
    """A command that does something for the start and ends; what it prints is its result."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    cure: str
    """What to do where it fails, as a sentence."""
    after: tuple[str, ...] = ()
    seconds: float = 60.0
