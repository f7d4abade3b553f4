"""What the processes of the local cloud are told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from emulators.cloud.keys import Keys

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "local-invoices"
BUCKET = "invoices"
TOPIC = "invoice-files"
DEAD_TOPIC = "invoice-files-dead"

_NOT_INHERITED = frozenset(
    {
        # functions-framework would take these for its own options.
        *("FUNCTION_TARGET", "FUNCTION_SOURCE", "FUNCTION_SIGNATURE_TYPE", "FUNCTION_USE_ASGI"),
        *("HOST", "PORT", "DEBUG", "WORKERS", "THREADS", "CLOUD_RUN_TIMEOUT_SECONDS"),
        # Google's libraries would take these for the project, or look for them before anything else.
        *("GCLOUD_PROJECT", "DATASTORE_EMULATOR_HOST"),
        *("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST"),
        "TOKEN_KEY",
    }
)


def inherited(environ: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment as every part may have it."""
    kept = {name: value for name, value in environ.items() if name not in _NOT_INHERITED}
    here = "127.0.0.1,localhost,::1"
    for name in ("NO_PROXY", "no_proxy"):
        kept[name] = f"{kept[name]},{here}" if kept.get(name) else here
    kept["PYTHONPATH"] = f"{ROOT}:{kept['PYTHONPATH']}" if kept.get("PYTHONPATH") else str(ROOT)
    kept["PYTHONUNBUFFERED"] = "1"
    return kept


def emulator_hosts(ports: Mapping[str, int]) -> dict[str, str]:
    """Where Google's libraries find the emulators among these parts."""
    names = {"firestore": "FIRESTORE_EMULATOR_HOST", "pubsub": "PUBSUB_EMULATOR_HOST"}
    hosts = {name: f"127.0.0.1:{ports[part]}" for part, name in names.items() if part in ports}
    if "storage" in ports:
        hosts["STORAGE_EMULATOR_HOST"] = f"http://127.0.0.1:{ports['storage']}"
    return hosts


def wants_stand_in(given: Mapping[str, str]) -> bool:
    """Whether `given` leaves a model service to the stand-in.

    Who names Vertex AI alone gets it for everything: a stand-in beside it would take the queue's
    work, because the Gemini API comes first there.
    """
    return not _vertex_given(given)


def model_services(given: Mapping[str, str], stand_in: str | None) -> dict[str, str]:
    """What is added to `given` so that each model service that can be reached is named whole."""
    added = {}
    gemini, vertex = _gemini_given(given), _vertex_given(given)
    if stand_in and not gemini and not vertex:
        added["GEMINI_BASE_URL"] = stand_in
    if stand_in and not vertex:
        added["VERTEX_BASE_URL"] = stand_in
    # The client demands a key, and a server of one's own takes any.
    if not given.get("GEMINI_API_KEY") and (added.get("GEMINI_BASE_URL") or given.get("GEMINI_BASE_URL")):
        added["GEMINI_API_KEY"] = "local"
    if not given.get("VERTEX_PROJECT") and (added.get("VERTEX_BASE_URL") or given.get("VERTEX_BASE_URL")):
        added["VERTEX_PROJECT"] = PROJECT
    return added


def of_functions(
    given: Mapping[str, str], ports: Mapping[str, int], gateway_url: str, keys: Keys
) -> dict[str, str]:
    """What every function is told; the settings table of the README."""
    stand_in = f"http://127.0.0.1:{ports['gemini']}" if "gemini" in ports else None
    return {
        **inherited(given),
        "AUTH_MODE": given.get("AUTH_MODE") or "open",
        "PUBLIC_URL": given.get("PUBLIC_URL") or gateway_url,
        **model_services(given, stand_in),
        "GOOGLE_CLOUD_PROJECT": PROJECT,
        "INVOICE_BUCKET": BUCKET,
        "EXTRACTION_TOPIC": TOPIC,
        "DEAD_LETTER_TOPIC": DEAD_TOPIC,
        "TOKEN_PUBLIC_KEYS": keys.token_public_keys,
        "LINK_SECRET": keys.link_secret,
        **emulator_hosts(ports),
    }


def _gemini_given(given: Mapping[str, str]) -> bool:
    return bool(given.get("GEMINI_API_KEY") or given.get("GEMINI_BASE_URL"))


def _vertex_given(given: Mapping[str, str]) -> bool:
    return bool(given.get("VERTEX_PROJECT") or given.get("VERTEX_BASE_URL"))
