"""An answer that is cut anywhere gives what came whole, and never a broken value."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from common.extraction.salvage import salvage

_VALUES = st.none() | st.integers(0, 10**9) | st.text(max_size=12)
_ROWS = st.lists(st.dictionaries(st.text("abc", min_size=1), _VALUES, min_size=1, max_size=3), max_size=4)
_ANSWERS = st.dictionaries(st.text("defgh", min_size=1, max_size=4), _VALUES | _ROWS, min_size=1, max_size=6)


@given(answer=_ANSWERS, cut=st.floats(0, 1), ascii_only=st.booleans())
def test_what_came_whole_is_kept_and_nothing_else(
    answer: dict[str, Any], cut: float, ascii_only: bool
) -> None:
    text = json.dumps(answer, ensure_ascii=ascii_only)
    found = salvage(text[: int(len(text) * cut)])
    for name, value in found.items():
        whole = answer[name]
        if isinstance(whole, list):
            assert value == whole[: len(value)]  # type: ignore[arg-type]
        else:
            assert value == whole


@given(_ANSWERS)
def test_a_whole_answer_is_kept_whole(answer: dict[str, Any]) -> None:
    assert salvage(json.dumps(answer)) == answer


@given(st.text(max_size=200))
def test_rubbish_gives_nothing_or_an_object(text: str) -> None:
    assert isinstance(salvage(text), dict)
