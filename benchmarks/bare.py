"""The baseline of the cold starts: a function that does nothing but import Google's clients.

Imports stand at the top, as in Google's own samples. `BARE_CLIENTS` names them.
"""

from __future__ import annotations

import importlib
import os

from flask import Request

_MODULES = {
    "firestore": "google.cloud.firestore",
    "storage": "google.cloud.storage",
    "pubsub": "google.cloud.pubsub_v1",
    "genai": "google.genai",
}
_loaded = {name: importlib.import_module(_MODULES[name]) for name in os.environ["BARE_CLIENTS"].split()}
_kept: dict[str, object] = {}


def bare(request: Request) -> tuple[dict[str, bool], int]:
    """Answers at once; /read first makes a client and reads one record."""
    if request.path != "/read":
        return {"found": False}, 200
    if "client" not in _kept:
        _kept["client"] = _loaded["firestore"].Client(project=os.environ["GOOGLE_CLOUD_PROJECT"])
    client = _kept["client"]
    snapshot = client.collection("benchmark").document("none").get()  # type: ignore[attr-defined]
    return {"found": snapshot.exists}, 200
