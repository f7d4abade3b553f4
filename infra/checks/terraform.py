"""What Terraform itself says: its format, and where a provider can be had, its validation and its tests."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

SECONDS = 900
NOT_COPIED = shutil.ignore_patterns(
    ".terraform", ".terraform.lock.hcl", "*.tfstate*", "*.tfvars", "backend.tf"
)


_PASSED = re.compile(r"[1-9]\d* passed")


class NotToBeHad(Exception):
    """Something that is needed is not on this machine; the text says what."""


class Terraform:
    """The program, in a copy of the configuration: it writes beside what it reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command of it, whatever becomes of it."""
        program = shutil.which("terraform")
        if program is None:
            raise NotToBeHad("terraform is not installed")
        return subprocess.run(
            [program, f"-chdir={self.folder}", *arguments],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1"},
        )

    def prepare(self) -> None:
        """Has the providers ready, or at least the modules where a local provider is named.

        Raises NotToBeHad where there is no provider.
        """
        begun = self.run("init", "-backend=false", "-no-color")
        if begun.returncode != 0:
            self.run("get")
            if (
                "Missing required provider"
                in (said := self.run("validate", "-no-color")).stdout + said.stderr
            ):
                raise NotToBeHad("terraform init finds no Google provider here")


@contextmanager
def copy_of(source: Path) -> Iterator[Terraform]:
    """Terraform at work in a copy of the folder, which is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / source.name
        shutil.copytree(source, target, ignore=NOT_COPIED)
        yield Terraform(target)


def formatted(terraform: Terraform) -> Iterator[str]:
    """Files that `terraform fmt` would change."""
    result = terraform.run("fmt", "-check", "-recursive", "-no-color")
    names = result.stdout.split()
    yield from (f"{name} is not as terraform fmt has it" for name in names)
    if result.returncode != 0 and not names:
        yield result.stderr.strip()


def valid(terraform: Terraform) -> Iterator[str]:
    """What `terraform validate` refuses. Raises NotToBeHad without a provider."""
    terraform.prepare()
    report = json.loads(terraform.run("validate", "-json").stdout)
    for said in report["diagnostics"]:
        place = said.get("range") or {"filename": "", "start": {"line": 0}}
        if said["severity"] == "error":
            yield f"{place['filename']}:{place['start']['line']}: {said['summary']}: {said['detail']}"


def tested(terraform: Terraform) -> Iterator[str]:
    """What fails of tests/, or that there is nothing there. Raises NotToBeHad without a provider."""
    terraform.prepare()
    result = terraform.run("test", "-no-color")
    lines = [line for line in result.stdout.splitlines() if line.strip()]
    closing = lines[-1] if lines else result.stderr.strip()
    yield from (line.strip() for line in lines if line.endswith("... fail") or line.startswith("Error:"))
    if result.returncode != 0 or not _PASSED.search(closing):
        yield closing


def rendered(module: Path, values: Mapping[str, object], output: str) -> str:
    """An output of a module that needs no provider. Raises NotToBeHad without terraform."""
    with tempfile.TemporaryDirectory() as folder:
        # The module reads a file two folders above itself.
        shutil.copytree(module.parents[1], Path(folder) / "terraform", ignore=NOT_COPIED)
        terraform = Terraform(Path(folder) / "terraform" / module.relative_to(module.parents[1]))
        (terraform.folder / "values.auto.tfvars.json").write_text(json.dumps(values), "utf-8")
        for step in (("init", "-backend=false"), ("apply", "-auto-approve")):
            result = terraform.run(*step, "-no-color")
            if result.returncode != 0:
                raise ValueError(f"terraform {step[0]}: {result.stderr.strip()}")
        return terraform.run("output", "-raw", output).stdout
