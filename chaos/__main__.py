"""`python -m chaos`: uploads while parts are killed, frozen or full; then nothing is lost, double or left."""

from __future__ import annotations

import argparse
import os
import random
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from chaos import clocks, settling
from chaos.account import Account, account
from chaos.senders import Senders, Sent
from chaos.storm import Storm
from emulators.cloud import CannotStart, LocalOptions, PartEnded, keys, local_cloud
from emulators.cloud.running import LocalCloud

WRONG_CLOCKS = 10
"""One caller of so many begins with a token by a wrong clock."""

STAND_IN = {"GEMINI_API_KEY": "", "GEMINI_BASE_URL": "", "VERTEX_PROJECT": "", "VERTEX_BASE_URL": ""}
UNDER_FIRE = 90.0
"""Seconds for which a caller repeats an upload."""

AFTERWARDS = 120.0
NEVER = 1e9

SECONDS_EACH = 0.6
"""Between two uploads: the storm lasts as long as they do."""

SLOWLY = {"fault": "slow", "seconds": 1.5, "times": None}
"""A model takes its time: there is something to be killed in."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the whole storm on a local cloud of its own; the exit code says whether the account is right."""
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--uploads", type=int, default=500, help="how many (default: %(default)d)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="repeats a run's order")
    parser.add_argument("--keep-logs", type=Path, metavar="DIR", help="where the parts' logs go")
    asked = parser.parse_args(arguments)
    print(f"seed {asked.seed}, {asked.uploads} uploads", flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        own = asked.keep_logs or Path(folder)
        # Kept for its keys, by which the callers' tokens are signed here.
        keep = Path(folder) / "kept"
        options = LocalOptions(
            folder=own, port=0, keep=keep, export_seconds=NEVER, settings={**STAND_IN, "AUTH_MODE": "token"}
        )
        try:
            with local_cloud(options) as cloud:
                # This process counts by the same records, and sweeps by the same code.
                os.environ.update(cloud.environment)
                token_key = keys.kept(keep / "keys.json").token_key
                found = _run(cloud, token_key, asked.uploads, asked.seed)
        except (CannotStart, PartEnded) as error:
            print(f"chaos: {error}", file=sys.stderr)
            return 1
    _tell(found.known, found)
    print(f"seed {asked.seed}: {'right' if found.is_right else 'WRONG'}")
    return 0 if found.is_right else 1


def _run(cloud: LocalCloud, token_key: str, uploads: int, seed: int) -> Account:
    order = random.Random(seed)
    began = time.monotonic()
    sent = [
        Sent(
            f"INV-{order.randrange(16**10):010X}",
            f"chaos-{order.randrange(20)}",
            clock=clocks.near(order),
            wrong_clock=clocks.far(order) if place % WRONG_CLOCKS == 0 else None,
        )
        for place in range(uploads)
    ]
    senders = Senders(cloud.gateway_url, sent, token_key)

    def report(act: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {senders.answered:4d} answered  {act}", flush=True)

    storm = Storm(lambda: cloud.pids, cloud.urls, seed, report)
    httpx.post(f"{cloud.urls['gemini']}/control/faults", json=SLOWLY, timeout=30).raise_for_status()
    raging = threading.Thread(target=storm.rage)
    raging.start()
    senders.send(UNDER_FIRE, over=uploads * SECONDS_EACH)
    storm.over.set()
    raging.join()
    httpx.delete(f"{cloud.urls['gemini']}/control/faults", timeout=30).raise_for_status()
    report("the storm is over")
    replayed = settling.readings_end()
    settling.time_goes_on()
    swept = settling.leftovers_are_swept()
    senders.send(AFTERWARDS, over=0)
    replayed += settling.readings_end()
    settling.time_goes_on()
    swept += settling.leftovers_are_swept()
    report(f"the dust has settled: {swept} leftovers swept, {replayed} dead letters replayed")
    for act, count in sorted(storm.done.items()):
        print(f"{count:6d}  {act}")
    return account(sent)


def _tell(known: Mapping[str, int], found: Account) -> None:
    for name, count in known.items():
        print(f"{count:6d}  {name}")
    for name, each in found.wrong.items():
        print(f"{len(each):6d}  {name}{': ' + ', '.join(each[:5]) if each else ''}")


if __name__ == "__main__":
    sys.exit(main())
