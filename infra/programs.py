"""The two programs that a deployment calls: terraform, and gcloud for what secrets hold."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TERRAFORM = Path(__file__).parent / "terraform"
SECONDS = 120
"""For a call of gcloud; Terraform asks and waits by itself."""


class CannotDeploy(Exception):
    """Something is missing or refused; the message says what to do."""


@dataclass(frozen=True)
class Deployment:
    """Where the system is deployed, as terraform.tfvars says."""

    project: str
    secrets: dict[str, str]
    """The secret behind each variable that holds one."""


def deployment() -> Deployment:
    """Asks Terraform, which knows its variables before anything is made."""
    expression = "jsonencode({ project = var.project, secrets = local.secret_ids })\n"
    told = subprocess.run(
        [_program("terraform"), f"-chdir={TERRAFORM}", "console"],
        input=expression,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if told.returncode != 0:
        raise CannotDeploy(f"terraform.tfvars can't be read: {told.stderr.strip()}")
    # The console shows a text as it would be written: quoted.
    said = json.loads(json.loads(told.stdout.strip().splitlines()[-1]))
    return Deployment(said["project"], said["secrets"])


def terraform(*arguments: str) -> None:
    """Runs it where the person sees it and answers it."""
    result = subprocess.run([_program("terraform"), f"-chdir={TERRAFORM}", *arguments], check=False)
    if result.returncode != 0:
        raise CannotDeploy(f"terraform {arguments[0]} did not end well; what it did stands above")


def apply(targets: Iterable[str] = (), *, yes: bool = False) -> None:
    """Makes the cloud what the files say; only `targets` and what they need, if any are named."""
    chosen = [f"-target={target}" for target in targets]
    terraform("apply", *(["-auto-approve"] if yes else []), *chosen)


def secret(place: Deployment, variable: str) -> str | None:
    """The newest value behind a variable; None if there is none yet."""
    name = place.secrets[variable]
    listed = _gcloud(
        place,
        "secrets",
        "versions",
        "list",
        name,
        "--filter=state=ENABLED",
        "--limit=1",
        "--format=value(name)",
    )
    if not listed.strip():
        return None
    return _gcloud(place, "secrets", "versions", "access", "latest", f"--secret={name}")


def add_secret(place: Deployment, variable: str, value: str) -> None:
    """Gives a variable a new value; it goes through a pipe and touches no file."""
    _gcloud(place, "secrets", "versions", "add", place.secrets[variable], "--data-file=-", value=value)


def destroy_older(place: Deployment, variable: str) -> int:
    """Destroys all values behind a variable but the newest; returns how many."""
    name = place.secrets[variable]
    listed = _gcloud(
        place,
        "secrets",
        "versions",
        "list",
        name,
        "--filter=state=ENABLED",
        "--sort-by=~createTime",
        "--format=value(name)",
    )
    older = listed.split()[1:]
    for version in older:
        _gcloud(
            place, "secrets", "versions", "destroy", version.rpartition("/")[2], f"--secret={name}", "--quiet"
        )
    return len(older)


def _gcloud(place: Deployment, *arguments: str, value: str | None = None) -> str:
    command = [_program("gcloud"), *arguments, f"--project={place.project}"]
    result = subprocess.run(
        command, input=value, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if result.returncode != 0:
        raise CannotDeploy(f"gcloud {' '.join(arguments[:3])}: {result.stderr.strip()}")
    return result.stdout


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotDeploy(f"{name} is not installed; docs/deploy.md says where it comes from")
    return found
