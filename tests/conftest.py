"""The one local cloud that a test run starts, and how tests reach it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, settings

from emulators.cloud import LocalOptions
from tests.environment import clean_environment
from tests.receiver import RECEIVER
from tests.running import RunningCloud, started

# Emulators and browsers run beside the tests: how long one example takes says nothing about the code.
settings.register_profile("beside emulators", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("beside emulators")

BUSY, WAITING = ("browser",), ("contract", "emulated")
"""Folders whose tests keep the processor busy, and those whose tests wait for parts of the system."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spreads the busy files evenly over the waiting ones, for processes side by side; the quick end it."""
    kinds: defaultdict[int, dict[Path, None]] = defaultdict(dict)
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        kinds[0 if folder in BUSY else 1 if folder in WAITING else 2][item.path] = None
    places = {
        path: (kind == 2, (index + 0.5) / len(paths))
        for kind, paths in kinds.items()
        for index, path in enumerate(paths)
    }
    items.sort(key=lambda item: places[item.path])


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    """The whole system, by the same supervisor that runs it for a user."""
    # What the developer has set for the real services must not reach a test. Webhooks may be replayed
    # to one address of this machine, on which tests listen, and to no other.
    environ = {**clean_environment(), "REPLAY_NETWORKS": f"{RECEIVER}/32"}
    options = LocalOptions(folder=tmp_path_factory.mktemp("local"), port=0, environ=environ)
    with started(options) as running:
        yield running


@pytest.fixture(scope="session")
def http(cloud: RunningCloud) -> Iterator[httpx.Client]:
    """A caller at the gateway."""
    with cloud.client() as client:
        yield client


@pytest.fixture(scope="session")
def api_key(cloud: RunningCloud) -> str:
    """A key of /process-pdf/ that is in force."""
    return cloud.api_key
