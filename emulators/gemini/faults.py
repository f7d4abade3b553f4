"""The faults that a test can order: each way in which the real service fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

NAMES = frozenset(
    "429 500 503 timeout truncated_json max_tokens safety prompt_blocked wrong_values bad_json not_found "
    "cached_tokens disconnect slow served_by".split()
)
_SECONDS = {"timeout": 120.0, "slow": 2.0}
_MOST_SECONDS = 600.0


class BadFault(ValueError):
    """An order for a fault that makes no sense; the message names the field."""


@dataclass
class Fault:
    """One order. `times` None: until cleared. `match`: only for documents whose text has it."""

    name: str
    times: int | None = 1
    seconds: float = 0.0
    model: str = ""
    match: str = ""
    service: str = ""
    values: dict[str, object] = field(default_factory=dict)
    tokens: int | None = None
    model_version: str = ""
    cleared: threading.Event = field(default_factory=threading.Event)

    def hold(self) -> None:
        """Holds the call for `seconds`, or until the faults are cleared."""
        self.cleared.wait(self.seconds)


def ordered(order: dict[str, object]) -> Fault:
    """The fault that `order` describes; raises BadFault."""
    known = set("fault times seconds model match service values tokens model_version".split())
    if unknown := sorted(order.keys() - known):
        raise BadFault(f"{unknown[0]} is not known")
    name = str(order.get("fault", ""))
    if name not in NAMES:
        raise BadFault(f"fault must be one of {', '.join(sorted(NAMES))}")
    times = order.get("times", 1)
    if times is not None and (isinstance(times, bool) or not isinstance(times, int) or times < 1):
        raise BadFault("times must be a whole number above 0, or null")
    seconds = order.get("seconds", _SECONDS.get(name, 0.0))
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, (int, float))
        or not 0 <= seconds <= _MOST_SECONDS
    ):
        raise BadFault(f"seconds must be a number from 0 to {_MOST_SECONDS:.0f}")
    values = order.get("values", {})
    if not isinstance(values, dict):
        raise BadFault("values must be an object")
    tokens = order.get("tokens")
    if tokens is not None and (isinstance(tokens, bool) or not isinstance(tokens, int) or tokens < 0):
        raise BadFault("tokens must be a whole number")
    texts = {key: order.get(key) or "" for key in ("model", "match", "service", "model_version")}
    for key, text in texts.items():
        if not isinstance(text, str):
            raise BadFault(f"{key} must be a string")
    return Fault(
        name,
        times,
        float(seconds),
        str(texts["model"]),
        str(texts["match"]),
        str(texts["service"]),
        values,
        tokens,
        str(texts["model_version"]),
    )


class Faults:
    """The orders in force, first come first served. Thread safe: `times` counts exactly."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: list[Fault] = []
        self._cleared = threading.Event()

    def add(self, fault: Fault) -> None:
        with self._lock:
            fault.cleared = self._cleared
            self._orders.append(fault)

    def clear(self) -> None:
        """Forgets every order, and lets go of the calls that are held."""
        with self._lock:
            self._orders.clear()
            self._cleared.set()
            self._cleared = threading.Event()

    def take(self, service: str, model: str, text: Callable[[], str]) -> Fault | None:
        """The fault that this call meets, counted; `text` is asked only when an order has a `match`."""
        with self._lock:
            reading = any(fault.match and _fits(fault, service, model) for fault in self._orders)
        seen = text() if reading else ""
        with self._lock:
            for fault in self._orders:
                if _fits(fault, service, model) and fault.match in seen:
                    if fault.times is not None:
                        fault.times -= 1
                        if fault.times == 0:
                            self._orders.remove(fault)
                    return fault
        return None


def _fits(fault: Fault, service: str, model: str) -> bool:
    return fault.model in ("", model) and fault.service in ("", service)
