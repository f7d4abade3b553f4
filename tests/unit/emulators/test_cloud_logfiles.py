"""The parts' logs: their last words, and no more of them than a disk can bear."""

from __future__ import annotations

from pathlib import Path

from emulators.cloud.logfiles import last_words, trim


def test_last_words_are_the_last_lines_without_empty_ones(tmp_path: Path) -> None:
    log = tmp_path / "part.log"
    log.write_bytes(b"".join(b"line %d\n\n" % number for number in range(10_000)) + b"bad \xff byte\n")
    assert last_words(log).splitlines() == [
        *(f"  line {number}" for number in range(9_989, 10_000)),
        "  bad � byte",
    ]


def test_a_part_that_said_nothing_has_no_last_words(tmp_path: Path) -> None:
    assert last_words(tmp_path / "missing.log") == "  (nothing)"
    (tmp_path / "part.log").write_bytes(b"\n\n")
    assert last_words(tmp_path / "part.log") == "  (nothing)"


def test_a_log_that_grows_too_large_is_moved_aside_while_the_part_goes_on_writing(tmp_path: Path) -> None:
    log = tmp_path / "part.log"
    with log.open("ab", buffering=0) as part:
        for letter in (b"a", b"b", b"c"):
            part.write(letter * 1000)
            trim(log, largest=500)
        part.write(b"d" * 100)
        trim(log, largest=500)
    assert log.read_bytes() == b"d" * 100
    assert (tmp_path / "part.log.1").read_bytes() == b"c" * 1000
