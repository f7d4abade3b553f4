"""A function's requirements, each with its version and hashes, out of the one lock file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


class NoUv(RuntimeError):
    """The program uv is nowhere to be found."""


def uv_program() -> str:
    """The uv to call: the one that the variable UV names, beside this Python, or on the PATH."""
    beside = Path(sys.executable).with_name("uv")
    if "UV" in os.environ:
        return os.environ["UV"]
    if beside.is_file():
        return str(beside)
    on_path = shutil.which("uv")
    if on_path is None:
        raise NoUv("uv is not installed: python -m pip install uv")
    return on_path


def locked(root: Path, *groups: str) -> str:
    """The text of a requirements.txt with what the dependency groups need and nothing else.

    Raises CalledProcessError where the lock file has no such group.
    """
    export = [uv_program(), "export", "--project", str(root), "--frozen"]
    export += [word for group in groups for word in ("--only-group", group)]
    plain = ["--no-emit-project", "--no-header", "--no-annotate", "--no-emit-index-url", "--format"]
    result = subprocess.run(
        [*export, *plain, "requirements.txt"], check=True, capture_output=True, text=True, timeout=120
    )
    # An index that this machine is set up with has no place in a bundle.
    lines = [line for line in result.stdout.splitlines() if not line.startswith("-")]
    return "\n".join(lines) + "\n"
