"""Which Java a jar needs, and which one it gets."""

from __future__ import annotations

import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from emulators.cloud import java
from emulators.cloud.faults import CannotStart


def jar(path: Path, major: int, manifest: str = "Manifest-Version: 1.0\r\n") -> Path:
    with ZipFile(path, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", manifest)
        archive.writestr("com/example/Main.class", b"\xca\xfe\xba\xbe\x00\x00" + major.to_bytes(2, "big"))
    return path


@pytest.mark.parametrize(("major", "version"), [(52, 8), (55, 11), (65, 21)])
def test_a_jar_needs_the_java_that_its_main_class_was_compiled_for(
    tmp_path: Path, major: int, version: int
) -> None:
    assert java.needed(jar(tmp_path / "a.jar", major), "com.example.Main") == version


def test_the_manifest_names_the_main_class_where_it_does(tmp_path: Path) -> None:
    named = jar(tmp_path / "a.jar", 55, "Manifest-Version: 1.0\r\nMain-Class: com.example.Main\r\n")
    assert java.main_class(named, "other") == "com.example.Main"
    assert java.main_class(jar(tmp_path / "b.jar", 55), "other") == "other"


def test_there_is_a_java_for_todays_emulators_and_it_runs() -> None:
    told = subprocess.run([java.program(21), "-version"], capture_output=True, text=True, check=True).stderr
    assert "version" in told


def test_a_java_that_nobody_has_is_one_clear_sentence() -> None:
    with pytest.raises(CannotStart, match="The emulators need Java 999 or newer and there is none: install"):
        java.program(999)


def test_a_jar_that_is_cut_short_is_no_jar(tmp_path: Path) -> None:
    whole = jar(tmp_path / "a.jar", 55)
    assert java.is_archive(whole)
    whole.write_bytes(whole.read_bytes()[:-30])
    assert not java.is_archive(whole)
    assert not java.is_archive(tmp_path / "missing.jar")
