"""Bodies and queries as named values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from common.errors import Rejected
from common.http.body import Body, json_body, json_or_form, parse_integer, query


def request(**how: object) -> Request:
    return Request(EnvironBuilder(method="POST", **how).get_environ())  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, "", "   ", "\t\n"])
def test_absent_null_empty_and_blank_all_count_as_missing(value: object) -> None:
    assert Body({"name": value}).is_missing("name")
    assert Body({}).is_missing("name")


def test_the_first_that_is_missing_is_named() -> None:
    with pytest.raises(Rejected, match="^b is required$"):
        Body({"a": "1", "c": ""}).demand("a", "b", "c")


@pytest.mark.parametrize("value", [1, True, [], {}, Decimal("1.5")])
def test_a_text_of_another_type_is_refused_by_name(value: object) -> None:
    with pytest.raises(Rejected, match="^name must be a string$"):
        Body({"name": value}).text("name")


@pytest.mark.parametrize(
    "value", ["abc", "1e3", True, 1.5, Decimal("1"), [], "1.0", "１", "+1", "1_0", "0x1"]
)
def test_what_is_no_integer_is_refused(value: object) -> None:
    with pytest.raises(Rejected, match="^id must be a valid integer$"):
        Body({"id": value}).integer("id")


@pytest.mark.parametrize(("value", "number"), [(7, 7), ("7", 7), (" 7 ", 7), ("-3", -3), ("007", 7)])
def test_an_integer_may_be_text(value: object, number: int) -> None:
    assert Body({"id": value}).integer("id") == number


def test_a_huge_integer_stays_too_large_to_exist() -> None:
    number = parse_integer("9" * 5000)
    assert number is not None
    assert number > 2**63


@pytest.mark.parametrize(("value", "text"), [(123, "123"), ("123", "123"), (" a ", "a")])
def test_a_user_id_given_as_a_number_is_its_text(value: object, text: str) -> None:
    assert Body({"user_id": value}).user_id() == text


@pytest.mark.parametrize("value", [True, [], {"a": 1}])
def test_a_user_id_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(Rejected, match="^user_id must be a string$"):
        Body({"user_id": value}).user_id()


@pytest.mark.parametrize("content", ["{", "[]", '"text"', "1", "null", '{"a": NaN}', "{'a': 1}"])
def test_what_is_no_json_object_is_refused(content: str) -> None:
    with pytest.raises(Rejected, match="^Invalid JSON$"):
        json_body(request(data=content, content_type="application/json"))


def test_no_body_at_all_has_no_fields() -> None:
    assert json_body(request(data="", content_type="application/json")).values == {}


def test_a_form_is_read_like_json() -> None:
    form = json_or_form(request(data={"user_name": "a", "user_password": "b"}))
    assert form.values == {"user_name": "a", "user_password": "b"}


def test_json_sent_under_curls_own_type_is_read_as_json() -> None:
    sent = request(data='{"user_name": "a"}', content_type="application/x-www-form-urlencoded")
    assert json_or_form(sent).values == {"user_name": "a"}


def test_of_a_repeated_query_key_the_first_counts() -> None:
    assert query(request(query_string="id=1&id=2")).values == {"id": "1"}
