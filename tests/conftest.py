"""The one local cloud that a test run starts, and how tests reach it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.running import RunningCloud


@pytest.fixture(scope="session")
def cloud() -> Iterator[RunningCloud]:
    state = json.loads(Path(os.environ["RUNNING_CLOUD"]).read_text())
    yield RunningCloud(state["gateway_url"], state["api_key"], state["urls"], lambda: state["pids"])


@pytest.fixture(scope="session")
def http(cloud: RunningCloud) -> Iterator[httpx.Client]:
    with cloud.client() as client:
        yield client


@pytest.fixture(scope="session")
def api_key(cloud: RunningCloud) -> str:
    return cloud.api_key
