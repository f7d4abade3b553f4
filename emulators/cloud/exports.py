"""What Firestore holds, exported to a folder, so that it outlives the emulator.

An export is written under another name and put in place whole, with a list of its files and their
SHA-256: one that a crash cut short is never taken for an export. The newest two are kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from emulators.cloud.environment import PROJECT
from emulators.cloud.rest import demand

KEPT = 2
_UNFINISHED = ".unfinished"
_LIST = "files.json"
_NAME = "data"


def seed(folder: Path) -> Path | None:
    """The file of the newest whole export that the emulator starts from; None where there is none."""
    for export in reversed(_exports(folder)):
        if _is_whole(export):
            return export / _NAME / f"{_NAME}.overall_export_metadata"
    return None


def export(firestore: str, folder: Path) -> None:
    """Exports what the emulator at `firestore` holds. Raises OSError or RuntimeError."""
    unfinished = folder / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    database = f"projects/{PROJECT}/databases/(default)"
    order = {"database": database, "export_directory": str(unfinished), "export_name": _NAME}
    demand("POST", f"{firestore}/emulator/v1/projects/{PROJECT}:export", order)
    files = [path for path in sorted(unfinished.rglob("*")) if path.is_file()]
    (unfinished / _LIST).write_text(
        json.dumps({str(path.relative_to(unfinished)): _sha256(path) for path in files})
    )
    for path in (*files, unfinished / _LIST):
        _to_disk(path)
    earlier = _exports(folder)
    number = int(earlier[-1].name) + 1 if earlier else 1
    unfinished.rename(folder / f"{number:08d}")
    _to_disk(folder)
    whole = [each for each in earlier if _is_whole(each)][1 - KEPT :]
    for each in earlier:
        if each not in whole:
            shutil.rmtree(each, ignore_errors=True)


def _exports(folder: Path) -> list[Path]:
    """The exports in the folder, oldest first."""
    return sorted(path for path in folder.glob("[0-9]*") if path.name.isdecimal())


def _is_whole(export: Path) -> bool:
    try:
        listed = json.loads((export / _LIST).read_text("utf-8"))
        return all(_sha256(export / name) == digest for name, digest in listed.items())
    except (OSError, ValueError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
