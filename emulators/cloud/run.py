"""One run of the local cloud, from its start to its end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread

from emulators.cloud import exports, keys
from emulators.cloud.folder import STATE, claim, write_state
from emulators.cloud.google_parts import wipe
from emulators.cloud.options import LocalOptions
from emulators.cloud.plan import Plan, plan
from emulators.cloud.ports import Ports
from emulators.cloud.running import LocalCloud
from emulators.cloud.supervisor import Supervisor
from emulators.cloud.watchdog import Watchdog


@contextmanager
def local_cloud(options: LocalOptions | None = None) -> Iterator[LocalCloud]:
    """Starts what `options` ask for, waits until all of it is ready, and stops it in the end.

    Raises CannotStart where a need is not met, and PartEnded where a part ends during the start.
    """
    options = _absolute(options or LocalOptions())
    begun = time.monotonic()
    with ExitStack() as stack:
        for own in {options.folder, options.keep or options.folder}:
            stack.enter_context(claim(own))
        watchdog = Watchdog()
        stack.callback(watchdog.dismiss)
        bucket = _bucket(options, watchdog, stack)
        ports = Ports()
        stack.callback(ports.close)
        secrets = keys.kept(options.keep / "keys.json") if options.keep else keys.fresh()
        made = plan(options, ports, secrets, bucket)
        with _supervised(options, made, watchdog, begun) as cloud:
            yield cloud


@contextmanager
def _supervised(options: LocalOptions, made: Plan, watchdog: Watchdog, begun: float) -> Iterator[LocalCloud]:
    running, writing = False, Lock()
    state = options.folder / STATE

    def write() -> None:
        with writing:
            if running:
                write_state(options.folder, cloud.facts())

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
    keep = options.keep.resolve() if options.keep else None
    return replace(options, folder=options.folder.resolve(), keep=keep)
