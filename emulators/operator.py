"""How an operator's command finds the system that it works on: a running local cloud, or a project."""

from __future__ import annotations

import json
import os
from pathlib import Path

STATE = Path(__file__).resolve().parents[1] / ".local" / "state.json"


def is_told_where() -> bool:
    """Whether the environment, or the facts of a running local cloud, say where the records are."""
    if "GOOGLE_CLOUD_PROJECT" in os.environ or "FIRESTORE_EMULATOR_HOST" in os.environ:
        return True
    try:
        facts = json.loads(STATE.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    os.environ.update(facts["environment"])
    return True
