"""`--keep DIR`: what is stored outlives the run, however the run ends."""

from __future__ import annotations

import signal
from pathlib import Path
from urllib.parse import quote

import httpx

from emulators.cloud import exports
from tests.emulated.local_run import LocalRun, local_run
from tests.running import BUCKET, PROJECT, eventually

PARTS = ("--parts", "firestore,pubsub,storage,webhook,auth,gateway")
OBJECT = "docs/1/größe übung № 7.pdf"
FIELDS = {
    "name": {"stringValue": "Größe"},
    "amount": {"stringValue": "1234.50"},
    "none": {"nullValue": None},
    "bytes": {"bytesValue": "AP8="},
    "items": {"arrayValue": {"values": [{"integerValue": "7"}, {"doubleValue": 2.5}]}},
    "when": {"timestampValue": "2026-11-24T10:00:00.123456Z"},
}


def document(run: LocalRun, name: str) -> str:
    address = f"{run.state['urls']['firestore']}/v1/projects/{PROJECT}/databases/(default)/documents"
    return f"{address}/kept/{quote(name)}"


def store(run: LocalRun, name: str) -> None:
    """A document of this name and the object, with metadata."""
    httpx.patch(document(run, name), json={"fields": FIELDS}, timeout=10).raise_for_status()
    run.cloud.put_object(OBJECT, b"%PDF-1.4 kept")
    changed = {"metadata": {"invoice_id": "7", "note": "für später"}}
    httpx.patch(run.cloud.object_url(OBJECT), json=changed, timeout=10).raise_for_status()


def assert_there(run: LocalRun, name: str) -> None:
    assert httpx.get(document(run, name), timeout=10).json()["fields"] == FIELDS
    assert run.cloud.objects("") == [OBJECT]
    assert run.cloud.read_object(OBJECT) == b"%PDF-1.4 kept"
    found = httpx.get(run.cloud.object_url(OBJECT), timeout=10).json()
    assert found["metadata"] == {"invoice_id": "7", "note": "für später"}
    assert found["contentType"] == "application/pdf"
    assert found["bucket"] == BUCKET


def exported(keep: Path) -> list[str]:
    return sorted(path.name for path in (keep / "firestore").glob("[0-9]*"))


def test_data_and_keys_are_there_after_a_restart(tmp_path: Path) -> None:
    keep = tmp_path / "kept data"
    options = (*PARTS, "--keep", str(keep))
    account = {"user_name": "kept", "user_password": "a long one"}
    with local_run(tmp_path / "1", *options, AUTH_MODE="token") as run:
        store(run.ready(), "ü1")
        with run.cloud.client() as client:
            client.post("/signup/", json=account).raise_for_status()
            token = client.post("/login/", json=account).json()["access_token"]
        run.send(signal.SIGTERM)
        assert run.exit_code() == 0
    with local_run(tmp_path / "2", *options, AUTH_MODE="token") as run:
        assert_there(run.ready(), "ü1")
        with run.cloud.client() as client:
            client.post("/login/", json=account).raise_for_status()
            client.headers["Authorization"] = f"Bearer {token}"
            client.get("/webhook/show/").raise_for_status()
            client.headers["Authorization"] = f"Bearer {token[:-4]}AAAA"
            assert client.get("/webhook/show/").status_code == 401


def test_data_are_there_after_a_kill_9_also_in_the_runs_own_folder(tmp_path: Path) -> None:
    options = (*PARTS, "--keep", str(tmp_path), "--export-every", "0.5")
    with local_run(tmp_path, *options) as run:
        store(run.ready(), "ü2")
        before = exported(tmp_path)
        # One may have begun before the document was stored, the one after it has not.
        eventually(lambda: len({*exported(tmp_path)} - {*before}) >= 2)
        run.process.kill()
        run.exit_code()
    with local_run(tmp_path, *options) as run:
        assert_there(run.ready(), "ü2")


def test_an_export_that_a_crash_cut_short_is_passed_over(tmp_path: Path) -> None:
    keep = tmp_path / "keep"
    options = (*PARTS, "--keep", str(keep), "--export-every", "0.5")
    with local_run(tmp_path / "1", *options) as run:
        store(run.ready(), "ü3")
        before = exported(keep)
        eventually(lambda: len({*exported(keep)} - {*before}) >= 3)
        run.send(signal.SIGTERM)
        run.exit_code()
    older, newest = exported(keep)
    (longest,) = (keep / "firestore" / newest).rglob("output-0")
    longest.write_bytes(longest.read_bytes()[:-100])
    (keep / "firestore" / ".unfinished" / "data").mkdir(parents=True)
    found = exports.seed(keep / "firestore")
    assert found
    assert found.is_relative_to(keep / "firestore" / older)
    with local_run(tmp_path / "2", *options) as run:
        assert_there(run.ready(), "ü3")


def test_without_keep_nothing_of_the_data_is_left(tmp_path: Path) -> None:
    with local_run(tmp_path, *PARTS) as run:
        store(run.ready(), "ü4")
        run.send(signal.SIGTERM)
        run.exit_code()
    assert not (tmp_path / "bucket").exists()
    with local_run(tmp_path, *PARTS) as run:
        assert run.ready().cloud.objects("") == []
        assert httpx.get(document(run, "ü4"), timeout=10).status_code == 404


def test_two_runs_can_not_keep_in_one_folder(tmp_path: Path) -> None:
    options = ("--parts", "storage", "--keep", str(tmp_path / "keep"))
    with local_run(tmp_path / "1", *options) as first:
        first.ready()
        with local_run(tmp_path / "2", *options) as second:
            assert second.exit_code(within=10) == 1
            assert f"{tmp_path / 'keep'} is in use by another local cloud" in second.output
