"""Checkov's findings, each of which must be explained where it stands, and no explanation for nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bundles.requirements import uv_program

PROJECT = "infra/checkov"
SECONDS = 600
_SKIP = re.compile(r"^\s*#checkov:skip=(\w+):(.*)$")
_RESOURCE = re.compile(r'^resource "(\w+)" "(\w+)"')
_SHORTEST = 20
"""Characters; a reason that is shorter explains nothing."""


def findings(root: Path, terraform: Path) -> Iterator[str]:
    """Findings without an explanation, and explanations without a finding.

    Checkov is shown the files without their explanations: it would pass over
    whatever they name, found or not.
    """
    explained = explanations(terraform)
    yield from (
        f"{place} explains {check} in {len(reason)} characters"
        for (check, place), reason in explained.items()
        if len(reason) < _SHORTEST
    )
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "terraform"
        shutil.copytree(terraform, bare, ignore=shutil.ignore_patterns(".terraform", "tests", "*.tfstate*"))
        for path in bare.rglob("*.tf"):
            lines = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text("".join(line for line in lines if not _SKIP.match(line)), "utf-8")
        found = failed(root, bare)
    yield from (f"{check} of {place} is not explained" for check, place in sorted(found - {*explained}))
    yield from (
        f"{check} of {place} is explained, and not found" for check, place in sorted({*explained} - found)
    )


def explanations(terraform: Path) -> dict[tuple[str, str], str]:
    """The reason that each resource gives for a check that it fails."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(terraform.rglob("*.tf")):
        place = ""
        for line in path.read_text("utf-8").splitlines():
            if resource := _RESOURCE.match(line):
                place = f"{resource[1]}.{resource[2]}"
            elif skip := _SKIP.match(line):
                found[skip[1], place] = skip[2].strip()
    return found


def failed(root: Path, terraform: Path) -> set[tuple[str, str]]:
    """The checks that fail there, each with its resource; asks nobody on the network."""
    command = [
        uv_program(),
        "run",
        "--project",
        str(root / PROJECT),
        "--frozen",
        "--isolated",
        "--quiet",
        "checkov",
    ]
    options = ["--framework", "terraform", "--skip-download", "--compact", "--soft-fail", "--output", "json"]
    result = subprocess.run(
        [*command, "--directory", str(terraform), *options],
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    report = json.loads(result.stdout)
    if report["summary"]["parsing_errors"]:
        raise ValueError(f"Checkov could not read {report['results']['parsing_errors']}")
    return {
        (each["check_id"], ".".join(re.sub(r"\[.*?\]", "", each["resource"]).split(".")[-2:]))
        for each in report["results"]["failed_checks"]
    }
