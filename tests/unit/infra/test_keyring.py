"""Keys change without a moment in which a good token is refused."""

from __future__ import annotations

import json

import pytest

from common.errors import Unauthenticated
from common.tokens import issue, key_id, user_of
from emulators.cloud.keys import fresh
from infra.keyring import alone, with_key


def test_a_first_key_makes_a_key_set() -> None:
    key = fresh().token_key
    assert user_of(issue("7", key), with_key(None, key)) == "7"


def test_while_one_key_takes_over_from_another_tokens_of_both_hold() -> None:
    old, new = fresh().token_key, fresh().token_key
    before = with_key(None, old)
    during = with_key(before, new)
    after = alone(during, new)
    old_token, new_token = issue("7", old), issue("7", new)
    assert user_of(old_token, before) == user_of(old_token, during) == "7"
    assert user_of(new_token, during) == user_of(new_token, after) == "7"
    with pytest.raises(Unauthenticated):
        user_of(old_token, after)


def test_adding_a_key_twice_changes_nothing() -> None:
    one, two = fresh().token_key, fresh().token_key
    both = with_key(with_key(None, one), two)
    assert with_key(both, two) == both


def test_a_key_set_holds_no_private_part() -> None:
    assert all("d" not in key for key in json.loads(with_key(None, fresh().token_key))["keys"])


def test_the_key_that_signs_now_is_never_forgotten() -> None:
    with pytest.raises(ValueError, match="signs tokens now"):
        alone(with_key(None, fresh().token_key), fresh().token_key)


def test_a_rotation_that_was_broken_off_leaves_the_signing_key_in_force() -> None:
    signing = fresh().token_key
    abandoned = with_key(with_key(None, signing), fresh().token_key)
    again = with_key(abandoned, fresh().token_key)
    assert user_of(issue("7", signing), again) == "7"
    assert [key["kid"] for key in json.loads(alone(again, signing))["keys"]] == [key_id(signing)]
