"""A packed folder has the same bytes whatever the files' times, rights and order of making."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

from bundles.archive import pack


def test_times_rights_and_order_leave_no_trace(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, names in ((first, ["a.py", "b/c.py", "b.py"]), (second, ["b.py", "b/c.py", "a.py"])):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"# {name}\n", "utf-8")
    os.utime(second / "a.py", (1_000_000_000, 1_000_000_000))
    (second / "b.py").chmod(0o700)
    pack(first, tmp_path / "first.zip")
    pack(second, tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def test_the_archive_gives_every_file_back(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "static").mkdir(parents=True)
    (folder / "main.py").write_bytes(b"print()\n")
    (folder / "static" / "picture.bin").write_bytes(bytes(range(256)))
    pack(folder, tmp_path / "folder.zip")
    with ZipFile(tmp_path / "folder.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["main.py", "static/picture.bin"]
        assert archive.read("static/picture.bin") == bytes(range(256))


def test_a_changed_byte_changes_the_archive(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for content, name in ((b"1", "one.zip"), (b"2", "two.zip")):
        (folder / "main.py").write_bytes(content)
        pack(folder, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() != (tmp_path / "two.zip").read_bytes()
