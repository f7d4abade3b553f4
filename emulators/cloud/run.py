"""One run of the local cloud, from its start to its end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from os import getpid
from pathlib import Path
from threading import Event, Lock, Thread

from emulators.cloud import exports, keys
from emulators.cloud.environment import BUCKET, PROJECT
from emulators.cloud.folder import STATE, claim, write_state
from emulators.cloud.google_parts import wipe
from emulators.cloud.options import LocalOptions
from emulators.cloud.plan import API_KEY, Plan, plan
from emulators.cloud.ports import Ports
from emulators.cloud.supervisor import Supervisor
from emulators.cloud.watchdog import Watchdog


@dataclass
class LocalCloud:
    """A local cloud that runs."""

    folder: Path
    gateway_url: str
    ports: Mapping[str, int]
    """By part."""
    urls: Mapping[str, str]
    """By part; the gateway's is the one for callers."""
    environment: Mapping[str, str]
    """What every function is told: with it a program of its own works on this system."""
    seconds: float
    """How long the start took."""
    _supervisor: Supervisor = field(repr=False)

    @property
    def pids(self) -> dict[str, int]:
        """By part, as of now: a function that ended has been started again as another process."""
        return self._supervisor.pids

    @property
    def api_key(self) -> str:
        """The development key; empty where a part that it needs was not asked for."""
        return self._supervisor.results.get(API_KEY, "").strip()

    @property
    def state(self) -> Path:
        """The file by which scripts find this system."""
        return self.folder / STATE

    def wait(self) -> None:
        """Waits for ever, unless an emulator ends: then raises PartEnded."""
        self._supervisor.wait()


@contextmanager
def local_cloud(options: LocalOptions | None = None) -> Iterator[LocalCloud]:
    """Starts what `options` ask for, waits until all of it is ready, and stops it in the end.

    Raises CannotStart where a need is not met, and PartEnded where a part ends during the start.
    """
    options = _absolute(options or LocalOptions())
    begun = time.monotonic()
    with ExitStack() as stack:
        stack.enter_context(claim(options.folder))
        if options.keep:
            stack.enter_context(claim(options.keep))
        watchdog = Watchdog()
        stack.callback(watchdog.dismiss)
        bucket = _bucket(options, watchdog, stack)
        ports = Ports()
        stack.callback(ports.close)
        own = keys.kept(options.keep / "keys.json") if options.keep else keys.fresh()
        made = plan(options, ports, own, bucket)
        with _supervised(options, made, watchdog, begun) as cloud:
            yield cloud


@contextmanager
def _supervised(options: LocalOptions, made: Plan, watchdog: Watchdog, begun: float) -> Iterator[LocalCloud]:
    running, writing = False, Lock()
    state = options.folder / STATE

    def write() -> None:
        with writing:
            if running:
                write_state(options.folder, _facts(cloud))

    logs = options.folder / "logs"
    logs.mkdir(exist_ok=True)
    for log in logs.glob("*.log*"):
        log.unlink()
    supervisor = Supervisor(
        made.parts, made.tasks, logs=logs, watchdog=watchdog, report=options.report, changed=write
    )
    cloud = LocalCloud(
        folder=options.folder,
        gateway_url=made.gateway_url,
        ports={part.name: part.port for part in made.parts},
        urls={part.name: part.url for part in made.parts},
        environment=made.environment,
        seconds=0.0,
        _supervisor=supervisor,
    )
    state.unlink(missing_ok=True)
    watchdog.remove(state)
    enough = Event()
    exporter = Thread(target=_export_now_and_then, args=(options, cloud, enough), daemon=True)
    try:
        supervisor.start()
        cloud.seconds = time.monotonic() - begun
        running = True
        write()
        if options.keep and "firestore" in cloud.urls:
            exporter.start()
        yield cloud
    finally:
        running = False
        enough.set()
        if exporter.is_alive():
            exporter.join()
        supervisor.stop()
        state.unlink(missing_ok=True)


def _export_now_and_then(options: LocalOptions, cloud: LocalCloud, enough: Event) -> None:
    assert options.keep
    while not enough.wait(options.export_seconds):
        try:
            exports.export(cloud.urls["firestore"], options.keep / "firestore")
        except Exception as error:  # the next one may succeed, and so may the one at the end
            if not enough.is_set():
                options.report(f"Firestore's data could not be exported: {error or type(error).__name__}")


def _facts(cloud: LocalCloud) -> dict[str, object]:
    """What state.json holds. No function's secret is among it, the development key is."""
    hosts = ("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST")
    names = (*hosts, "GOOGLE_CLOUD_PROJECT", "INVOICE_BUCKET", "EXTRACTION_TOPIC", "DEAD_LETTER_TOPIC")
    return {
        "gateway_url": cloud.gateway_url,
        "api_key": cloud.api_key,
        "ports": cloud.ports,
        "pids": cloud.pids,
        "urls": cloud.urls,
        "environment": {name: cloud.environment[name] for name in names if name in cloud.environment},
        "project": PROJECT,
        "bucket": BUCKET,
        "logs": str(cloud.folder / "logs"),
        "pid": getpid(),
        "ready_in_seconds": round(cloud.seconds, 1),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _bucket(options: LocalOptions, watchdog: Watchdog, stack: ExitStack) -> Path:
    """The bucket's folder: in `keep`, or else one that does not outlive the run."""
    if options.keep:
        return options.keep / "bucket"
    bucket = options.folder / "bucket"
    wipe(bucket)
    watchdog.remove(bucket)
    stack.callback(wipe, bucket)
    return bucket


def _absolute(options: LocalOptions) -> LocalOptions:
    keep = options.keep.absolute() if options.keep else None
    return replace(options, folder=options.folder.absolute(), keep=keep)
