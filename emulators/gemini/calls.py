"""What the stand-in was asked, for tests: a bounded list of past calls, without content."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

KEPT = 1_000


@dataclass
class Call:
    """One call: `outcome` is "ok", a fault's name or the status word of a refusal; seconds are whole time."""

    path: str
    service: str
    model: str
    time: str = ""
    pages: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    thoughts_tokens: int = 0
    outcome: str = "ok"
    status: int = 200
    sha256: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.time = self.time or datetime.now(UTC).isoformat()


class Calls:
    """The last KEPT calls, oldest first. Thread safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[Call] = deque(maxlen=KEPT)

    def add(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)

    def listed(self) -> list[dict[str, object]]:
        with self._lock:
            return [asdict(call) for call in self._calls]

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
