"""From what is asked for to the parts and tasks that make it up."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from common import config
from emulators.cloud import edge_parts, environment, function_parts, google_parts
from emulators.cloud.faults import CannotStart
from emulators.cloud.function_parts import FUNCTIONS
from emulators.cloud.jars import FIRESTORE, PUBSUB, Places
from emulators.cloud.keys import Keys
from emulators.cloud.options import ALL, EMULATORS, LocalOptions
from emulators.cloud.part import Part, Task
from emulators.cloud.ports import Ports, is_free
from emulators.gateway.bootstrap import loopback_addresses

API_KEY = "api_key"


@dataclass(frozen=True)
class Plan:
    """`environment` is what every function is told, without the token key."""

    parts: tuple[Part, ...]
    tasks: tuple[Task, ...]
    environment: Mapping[str, str]
    gateway_url: str


def plan(options: LocalOptions, ports: Ports, keys: Keys, bucket: Path) -> Plan:
    """Everything that `options` ask for, with its place; raises CannotStart for what can't be had."""
    wanted = _wanted(options)
    own_port = options.port or ports.take()
    if "gateway" in wanted:
        demand_port(own_port)
    at = {name: own_port if name == "gateway" else ports.take() for name in sorted(wanted)}
    gateway_url = f"http://localhost:{own_port}"
    told = environment.of_functions(options.given, at, gateway_url, keys)
    try:
        settings = config.read(told)
    except config.BadSetting as error:
        raise CannotStart(f"{error}: correct it or leave it out") from error
    plain = environment.inherited(options.given)
    parts: list[Part] = []
    if wanted & EMULATORS:
        parts += _emulators(options, at, plain, bucket)
    if "gemini" in wanted:
        parts.append(edge_parts.stand_in(at["gemini"], plain))
    parts += [
        function_parts.function(each, at[name], told, keys.token_key, options.sources.get(name))
        for name, each in FUNCTIONS.items()
        if name in wanted
    ]
    if "gateway" in wanted:
        config_file = options.folder / "envoy.json"
        parts.append(
            edge_parts.gateway(
                own_port,
                ports.take(),
                functions=at,
                cors_origins=settings.cors_origins,
                config=config_file,
                environment=plain,
            )
        )
    return Plan(tuple(parts), tuple(_tasks(options, wanted, told)), told, gateway_url)


def demand_port(port: int) -> None:
    """Raises CannotStart unless the gateway can listen on `port` at all of this machine's own addresses."""
    if is_free(port, loopback_addresses()):
        return
    raise CannotStart(
        f"Port {port} is taken by another program: stop that one, "
        f"or choose another port, for example LOCAL_PORT={port + 1}"
    )


def _wanted(options: LocalOptions) -> set[str]:
    unknown = options.parts - ALL
    if unknown:
        raise CannotStart(
            f"There is no part {', '.join(sorted(unknown))}: choose from {', '.join(sorted(ALL))}"
        )
    wanted = set(options.parts)
    if not environment.wants_stand_in(options.given):
        wanted.discard("gemini")
    return wanted


def _emulators(
    options: LocalOptions, at: Mapping[str, int], plain: Mapping[str, str], bucket: Path
) -> list[Part]:
    places = Places.of(options.environ)
    parts = []
    if "firestore" in at:
        jar = places.find(FIRESTORE, options.report)
        kept = options.keep / "firestore" if options.keep else None
        parts.append(google_parts.firestore(jar, at["firestore"], plain, kept))
    if "pubsub" in at:
        jar = places.find(PUBSUB, options.report)
        endpoint = f"http://127.0.0.1:{at['extract_queue']}/" if "extract_queue" in at else None
        parts.append(google_parts.pubsub(jar, at["pubsub"], plain, endpoint))
    if "storage" in at:
        parts.append(google_parts.storage(at["storage"], plain, bucket, at.get("pubsub")))
    return parts


def _tasks(options: LocalOptions, wanted: set[str], told: Mapping[str, str]) -> list[Task]:
    tasks = []
    if "check_ui" in wanted and "check_ui" not in options.sources:
        tasks.append(function_parts.browser_files(options.given))
    if wanted >= {"firestore", "extract"}:
        command = (sys.executable, "-m", "emulators.apikey", "development")
        cure = "The development key could not be made."
        tasks.append(Task(API_KEY, command, told, cure, after=("firestore",)))
    if options.keep and wanted >= EMULATORS:
        again = (sys.executable, "-m", "emulators.requeue")
        cure = "What the queue held when it was stopped could not be sent again."
        tasks.append(Task("requeue", again, told, cure, after=("firestore", "pubsub", "storage")))
    return tasks
