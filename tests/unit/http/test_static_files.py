"""The fixed set of files that a function ships for browsers."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Request, Response
from werkzeug.test import EnvironBuilder

from common.errors import Missing
from common.http.static_files import StaticFiles

SCRIPT = "export const answer = 42;\n" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor/lock.json").write_text("{}", "utf-8")
    for number in range(200):
        (tmp_path / f"{number}.js").write_text(f"// {number}\n{SCRIPT}", "utf-8")
    (tmp_path / "small.js").write_text("export {};\n", "utf-8")
    (tmp_path / "letter.ttf").write_bytes(b"\0" * 5000)
    (tmp_path / "notes.txt").write_text("nobody's business", "utf-8")
    return tmp_path


@pytest.fixture
def files(folder: Path) -> StaticFiles:
    return StaticFiles(folder, "/static", "vendor/lock.json")


def asked(files: StaticFiles, name: str, **headers: str) -> Response:
    names = [(key.replace("_", "-"), value) for key, value in headers.items()]
    return files.answer(Request(EnvironBuilder(headers=names).get_environ()), f"{files.version}/{name}")


def test_a_script_is_packed_for_whom_it_may_be_and_only_then(files: StaticFiles) -> None:
    packed = asked(files, "1.js", Accept_Encoding="gzip, br")
    plain = asked(files, "1.js")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data() == f"// 1\n{SCRIPT}".encode()
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("name", ["small.js", "letter.ttf"])
def test_what_packing_makes_no_smaller_is_sent_as_it_is(files: StaticFiles, folder: Path, name: str) -> None:
    answer = asked(files, name, Accept_Encoding="gzip")
    assert "Content-Encoding" not in answer.headers
    assert answer.get_data() == (folder / name).read_bytes()


def test_each_file_of_the_set_is_packed_once_however_many_there_are(files: StaticFiles, folder: Path) -> None:
    """What was packed is kept: a file that has changed since is not read again."""
    first = asked(files, "0.js", Accept_Encoding="gzip").get_data()
    (folder / "0.js").write_text(SCRIPT, "utf-8")
    for number in range(1, 200):
        asked(files, f"{number}.js", Accept_Encoding="gzip")
    assert asked(files, "0.js", Accept_Encoding="gzip").get_data() == first


def test_the_current_version_is_kept_for_ever_and_a_former_one_not_at_all(files: StaticFiles) -> None:
    current = asked(files, "1.js")
    assert "immutable" in current.headers["Cache-Control"]
    former = files.answer(Request(EnvironBuilder().get_environ()), "0123456789abcdef/1.js")
    assert former.headers["Cache-Control"] == "no-store"
    known = asked(files, "1.js", If_None_Match=current.headers["ETag"])
    assert (known.status_code, known.get_data()) == (304, b"")


def test_a_changed_file_or_lock_is_another_version(files: StaticFiles, folder: Path) -> None:
    before = files.version
    (folder / "7.js").write_text("other", "utf-8")
    own = StaticFiles(folder, "/static", "vendor/lock.json").version
    (folder / "vendor/lock.json").write_text('{"pdfjs": 7}', "utf-8")
    vendors = StaticFiles(folder, "/static", "vendor/lock.json").version
    assert len({before, own, vendors}) == 3


@pytest.mark.parametrize("name", ["notes.txt", "nothing.js", "../secret.js", "", "vendor"])
def test_nothing_else_is_served(files: StaticFiles, name: str) -> None:
    with pytest.raises(Missing):
        asked(files, name)
