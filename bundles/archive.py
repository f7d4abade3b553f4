"""A zip file that has the same bytes whenever and wherever it is made from the same files."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip entry can have."""

_UNIX = 3
_REGULAR_644 = 0o100644 << 16


def pack(folder: Path, target: Path) -> None:
    """Writes every file below `folder` to the zip `target`, by name, without times or owners.

    Entries are stored, not compressed: compressed bytes differ from one zlib to another,
    and the deployed object's name is made from the bytes.
    """
    files = sorted(
        (path for path in folder.rglob("*") if path.is_file()),
        key=lambda path: path.relative_to(folder).as_posix(),
    )
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for path in files:
            entry = ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _REGULAR_644
            archive.writestr(entry, path.read_bytes())
