"""Names of files that people send."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.file_names import LONGEST, is_pdf_name, numbered, safe_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("C:\\Users\\me\\x.pdf", "x.pdf"),
        ("रसीद २०२४.pdf", "रसीद २०२४.pdf"),
        ("two words.pdf", "two words.pdf"),
        ("a%22b.pdf", 'a"b.pdf'),
        ("a%0D%0Ab.pdf", "ab.pdf"),
        ("evil\u202efdp.exe.pdf", "evilfdp.exe.pdf"),
        ("tab\there.pdf", "tabhere.pdf"),
        ("..", "file"),
        ("", "file"),
        ("100%.pdf", "100%.pdf"),
    ],
)
def test_only_the_last_path_part_counts_and_only_what_can_be_seen_of_it(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("é" * 300 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= LONGEST


def test_a_long_ending_is_cut_like_the_rest() -> None:
    assert len(safe_name("x." + "y" * 500).encode()) == LONGEST


@given(st.text())
def test_no_name_escapes_its_folder_or_hides_anything(text: str) -> None:
    name = safe_name(text)
    assert name
    assert "/" not in name
    assert "\\" not in name
    assert name not in (".", "..")
    assert len(name.encode()) <= LONGEST
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name)


@given(st.text())
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    name = safe_name(text)
    assert safe_name(name.replace("%", "")) == name.replace("%", "") or "%" in name


@pytest.mark.parametrize(
    ("name", "number", "result"),
    [
        ("invoice.pdf", 1, "invoice.pdf"),
        ("invoice.pdf", 2, "invoice_2.pdf"),
        ("a.b.pdf", 3, "a.b_3.pdf"),
        ("README", 2, "README_2"),
        (".hidden", 2, ".hidden_2"),
    ],
)
def test_a_taken_name_gets_its_number_before_the_ending(name: str, number: int, result: str) -> None:
    assert numbered(name, number) == result


def test_a_pdf_is_named_so_in_any_case() -> None:
    assert is_pdf_name("A.PDF")
    assert not is_pdf_name("a.pdf.exe")
