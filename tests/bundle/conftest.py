"""Bundles built once, unpacked outside the checkout, each with a clean environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from subprocess import DEVNULL
from zipfile import ZipFile

import pytest

from bundles.bundle import Bundle, build
from bundles.requirements import uv_program
from tests.bundle.installed import Installed


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Bundle]:
    """Builds a function's bundle the first time it is asked for."""
    into = tmp_path_factory.mktemp("build")
    return cache(lambda name: build(name, into))


@pytest.fixture(scope="session")
def installed(
    built: Callable[[str], Bundle], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Installed]:
    """Unpacks and installs a bundle the first time it is asked for."""
    own = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}

    @cache
    def install(name: str) -> Installed:
        home = tmp_path_factory.mktemp(name)
        folder, environment = home / "function", home / "environment"
        with ZipFile(built(name).archive) as archive:
            archive.extractall(folder)
        uv = [uv_program(), "--quiet"]
        make = [*uv, "venv", "--python", sys.executable, str(environment)]
        subprocess.run(make, check=True, env=own, timeout=60)
        # Named outright: a task runner's own environment must not be taken for the bundle's.
        command = [*uv, "pip", "install", "--python", str(environment), "--require-hashes"]
        command += ["-r", str(folder / "requirements.txt")]
        # uv's cache has it all where the project's own environment was made here; a registry is slower.
        cached = subprocess.run([*command, "--offline"], env=own, check=False, timeout=60, stderr=DEVNULL)
        if cached.returncode != 0:
            subprocess.run(command, env=own, check=True, timeout=300)
        return Installed(name, folder, environment)

    return install
