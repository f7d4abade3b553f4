"""Names of downloads in headers."""

from __future__ import annotations

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from common.http.download import ascii_name, disposition


def test_a_name_is_kept_for_new_clients_and_plain_for_old_ones() -> None:
    assert disposition("Rechnung №5.pdf") == (
        "inline; filename=\"Rechnung _5.pdf\"; filename*=UTF-8''Rechnung%20%E2%84%965.pdf"
    )


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_no_name_ends_the_header_or_its_quotes(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.rpartition("''")[2]) == name
    assert len(ascii_name(name)) == len(name)
