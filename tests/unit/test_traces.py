"""Which trace a request says that it belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.traces import Trace, of_headers, of_parent

ID, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def test_the_w3c_header_is_read() -> None:
    assert of_headers(f"00-{ID}-{SPAN}-01", None) == Trace(ID, SPAN, sampled=True)
    assert of_headers(f"00-{ID}-{SPAN}-00", None) == Trace(ID, SPAN, sampled=False)


def test_googles_own_header_is_read_and_its_decimal_span_written_as_the_logs_want_it() -> None:
    assert of_headers(None, f"{ID.upper()}/74;o=1") == Trace(ID, "000000000000004a", sampled=True)
    assert of_headers(None, f"{ID}/{2**64 - 1}") == Trace(ID, "f" * 16, sampled=False)
    assert of_headers(None, ID) == Trace(ID, None, sampled=False)


def test_of_both_the_w3c_header_counts_unless_it_is_bad() -> None:
    other = f"{'a' * 32}/1;o=0"
    assert of_headers(f"00-{ID}-{SPAN}-01", other) == Trace(ID, SPAN, sampled=True)
    assert of_headers("bad", other) == Trace("a" * 32, "0" * 15 + "1", sampled=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"00-{ID}-{SPAN}",
        f"00-{ID}-{SPAN}-01-more",
        f"ff-{ID}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{ID}-{'0' * 16}-01",
        f"00-{ID.upper()}-{SPAN}-01",
        f"00-{ID}-{SPAN}-01\n",
        f"00-{ID}-{SPAN}-01,00-{ID}-{SPAN}-01",
    ],
)
def test_what_is_no_traceparent_is_no_trace(text: str) -> None:
    assert of_headers(text, None) is None


@pytest.mark.parametrize(
    "text", [f"{ID}/{2**64}", f"{'0' * 32}/1", f"{ID}/-1", f"{ID}/1;o=1;x", f" {ID}", "x"]
)
def test_what_is_no_trace_context_is_no_trace(text: str) -> None:
    assert of_headers(None, text) is None


def test_a_version_to_come_may_say_more() -> None:
    assert of_parent(f"01-{ID}-{SPAN}-03-more") == Trace(ID, SPAN, sampled=True)


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_sent_no_trace_but_a_whole_one_comes_of_it(parent: str, cloud: str) -> None:
    found = of_headers(parent, cloud)
    assert found is None or (len(found.id) == 32 and set(found.id) <= set("0123456789abcdef"))


@given(st.integers(1, 2**128 - 1), st.integers(1, 2**64 - 1), st.booleans())
def test_what_is_handed_on_is_read_as_it_was(trace: int, span: int, sampled: bool) -> None:
    here = Trace(f"{trace:032x}", f"{span:016x}", sampled)
    assert here.parent is not None
    assert of_parent(here.parent) == here
