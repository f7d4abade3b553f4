"""Stages one function under build/ and packs it: what `gcloud functions deploy` or Terraform sends up."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bundles import browser_files
from bundles.archive import pack
from bundles.closure import closure
from bundles.requirements import locked

ROOT = Path(__file__).resolve().parents[1]
FUNCTIONS = ("auth", "upload", "invoices", "extract", "webhook", "check_ui")
"""Each is a folder of functions/, a dependency group, and the name of its entry point in main.py."""

WITH_OCR = "extract_ocr"
"""extract, with what recognises text in pictures; a deployment has the one or the other."""

BUNDLES = (*FUNCTIONS, WITH_OCR)

_NOT_DEPLOYED = shutil.ignore_patterns(
    "__pycache__", "*.pyc", ".*", "node_modules", "package.json", "package-lock.json", "tsconfig.json"
)


@dataclass(frozen=True)
class Bundle:
    """A staged function: its folder and the zip of that folder."""

    name: str
    folder: Path
    archive: Path


def build(name: str, into: Path) -> Bundle:
    """Makes `into`/`name`/ and `into`/`name`.zip anew."""
    function, groups = ("extract", ("extract", "ocr")) if name == WITH_OCR else (name, (name,))
    own = ROOT / "functions" / function
    folder, archive = into / name, into / f"{name}.zip"
    requirements = locked(ROOT, *groups)
    if (own / "package.json").is_file():
        browser_files.stage(own)
    shutil.rmtree(folder, ignore_errors=True)
    archive.unlink(missing_ok=True)
    into.mkdir(parents=True, exist_ok=True)
    shutil.copytree(own, folder, ignore=_NOT_DEPLOYED)
    for path in closure(ROOT, own).shared:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, target)
    (folder / "requirements.txt").write_text(requirements, "utf-8")
    pack(folder, archive)
    return Bundle(name, folder, archive)
