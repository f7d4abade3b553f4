"""`python -m emulators`: runs the local cloud until Ctrl-C. Says what to do where it can't."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from emulators.cloud import ALL, CannotStart, LocalOptions, PartEnded, local_cloud
from emulators.cloud.folder import STATE, is_claimed
from emulators.cloud.options import EXPORT_SECONDS
from emulators.cloud.summary import summary


class Asked(BaseException):
    """Somebody wants this to stop."""


def main(arguments: list[str] | None = None) -> int:
    """Runs until it is stopped; the exit code is 1 where it could not start or a part ended."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _stop)
    code = 0
    try:
        _run(_options(arguments))
    except Asked:
        say("Stopped.")
    except (CannotStart, PartEnded, OSError) as error:
        code = 1
        with suppress(OSError):
            print(error, file=sys.stderr, flush=True)
    return code


def say(line: str) -> None:
    """Prints at once. Nobody has to be there to read it."""
    with suppress(OSError):
        print(line, flush=True)


def _run(options: LocalOptions) -> None:
    say(f"Starting the local cloud; its logs are in {options.folder / 'logs'}")
    with local_cloud(options) as cloud:
        say(summary(cloud))
        try:
            cloud.wait()
        finally:
            say("Stopping …")


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """The first signal ends the run in good order; every further one ends this process at once.

    The watchdog then ends the parts.
    """
    signal.signal(signal.SIGINT, _end_at_once)
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Asked


def _end_at_once(number: int, frame: FrameType | None) -> NoReturn:
    os._exit(1)


def _options(arguments: list[str] | None) -> LocalOptions:
    parser = argparse.ArgumentParser(prog="python -m emulators", description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep all data in DIR over restarts")
    parser.add_argument("--port", type=_port, metavar="N", help="the gateway's port (LOCAL_PORT, 8000)")
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="where state.json and the logs go (.local)"
    )
    parser.add_argument(
        "--export-every",
        type=_seconds,
        default=EXPORT_SECONDS,
        metavar="S",
        help="seconds between exports of Firestore's data to --keep (60)",
    )
    parser.add_argument("--parts", type=_parts, default=ALL, metavar="A,B", help="only these parts")
    asked = parser.parse_args(arguments)
    port = asked.port if asked.port is not None else _port_of(os.environ.get("LOCAL_PORT", ""))
    return LocalOptions(
        folder=asked.folder or _free_folder(port),
        port=port,
        keep=asked.keep,
        export_seconds=asked.export_every,
        parts=asked.parts,
        report=say,
    )


def _free_folder(port: int) -> Path:
    """`.local`, or a folder in it for a run beside another one; raises CannotStart for the same port."""
    usual = LocalOptions().folder
    if not is_claimed(usual):
        return usual
    with suppress(OSError, ValueError, KeyError):
        facts = json.loads((usual / STATE).read_text("utf-8"))
        if port and facts["ports"]["gateway"] == port:
            raise CannotStart(
                f"A local cloud runs on port {port} already: stop it (kill {facts['pid']}), "
                f"or start another one beside it, for example with LOCAL_PORT={port + 1}"
            )
    return usual / f"port-{port}"


def _port_of(setting: str) -> int:
    try:
        return _port(setting) if setting.strip() else LocalOptions().port
    except argparse.ArgumentTypeError as error:
        print(f"LOCAL_PORT: {error}", file=sys.stderr)
        sys.exit(2)


def _port(text: str) -> int:
    if not (text.strip().isdecimal() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: it must be a number from 1 to 65535")
    return int(text)


def _parts(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} must be a number of seconds above 0")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
