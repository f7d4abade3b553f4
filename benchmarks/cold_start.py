"""Cold start: each function beside a bare one that imports the same Google clients."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Comparison, compare
from benchmarks.processes import ROOT, Request, first_answer
from benchmarks.system import System

_BARE = ROOT / "benchmarks" / "bare.py"

# What each function's dependency group brings, and two first requests: one that is
# refused before any client is needed, one that has to read a record.
_FUNCTIONS = {
    "auth": ("firestore", Request("POST", "/signup/", {}), 400),
    "upload": ("firestore storage", Request("POST", "/upload/"), 400),
    "invoices": ("firestore storage pubsub", Request("GET", "/invoices/"), 400),
    "extract": ("firestore storage pubsub genai", Request("POST", "/process-invoices/", {}), 400),
    "webhook": ("firestore storage", Request("GET", "/webhook/show/?limit=0"), 400),
    "check_ui": ("firestore storage", Request("GET", "/check/"), 400),
}
_READING = {
    "invoices": ("firestore storage pubsub", Request("GET", "/invoice/1000000000/data/"), 404),
    "extract": (
        "firestore storage pubsub genai",
        Request("GET", "/invoice/extract-data/get/?id=1000000000"),
        404,
    ),
    "check_ui": ("firestore storage", Request("GET", "/check/?id=1000000000"), 404),
}


def started(system: System, rounds: int) -> Iterator[Comparison]:
    """From the process's start to its first answer of any kind."""
    for name, (clients, asked, status) in _FUNCTIONS.items():
        asks = (asked, Request("GET", "/"))
        yield _pair(system, name, clients, asks, status, rounds=rounds)


def reading(system: System, rounds: int) -> Iterator[Comparison]:
    """From the process's start to its first answer that took a look into the records."""
    for name, (clients, asked, status) in _READING.items():
        asks = (asked, Request("GET", "/read"))
        yield _pair(system, name, clients, asks, status, rounds=rounds)


def _pair(
    system: System, name: str, clients: str, asks: tuple[Request, Request], status: int, *, rounds: int
) -> Comparison:
    """The function and the bare one, each with its request; ours answers with `status`."""
    source = ROOT / "functions" / name / "main.py"
    environment = {**system.environment, "BARE_CLIENTS": clients}
    return compare(
        f"{name} ÷ bare with {', '.join(clients.split())}",
        "s",
        lambda: first_answer(source, name, environment, asks[0], status),
        lambda: first_answer(_BARE, "bare", environment, asks[1], 200),
        rounds=rounds,
    )
