"""Model calls whose process died in the middle of them, outside any lease: their rows are marked by age."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

from common import logs
from common.errors import InvoiceSystemError
from common.records import usage_log

LOOKED_FOR_EVERY = 60.0
"""Seconds between two looks of one process."""

OVER_AFTER = timedelta(minutes=15)
"""No call takes so long: the platform ends a request before."""

_looked = -LOOKED_FOR_EVERY
_looking = threading.Lock()


def mark_now_and_then() -> None:
    """Once a minute in a process: marks the rows of calls that nobody can still be waiting for.

    Who takes a dead reader's lease over marks its row at once; this is for those who held none.
    """
    global _looked  # noqa: PLW0603  the process's own memory of its last look
    with _looking:
        if time.monotonic() - _looked < LOOKED_FOR_EVERY:
            return
        _looked = time.monotonic()
    try:
        marked = usage_log.mark_abandoned(datetime.now(UTC) - OVER_AFTER)
    except InvoiceSystemError:
        logs.warning("look for interrupted calls put off")
        return
    if marked:
        logs.warning("model calls interrupted", calls=marked)
