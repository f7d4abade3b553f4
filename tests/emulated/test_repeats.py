"""What a request under an Idempotency-Key wrote and what it answered take effect together, or not at all."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime, timedelta

import pytest

from common.domain.exact_json import dumps
from common.records import idempotency
from common.records.database import Changed, batch, commit
from common.repeats import First, once
from tests.running import RunningCloud

WORKING = timedelta(minutes=10)


def first(cloud: RunningCloud) -> First:
    """A request that is at work under a key of its own."""
    cloud.firestore()
    user, key = f"user-{secrets.token_hex(4)}", secrets.token_hex(8)
    return First(user, key, idempotency.begin(user, key, "what is asked", "holder", WORKING))


def test_writes_on_their_way_fail_once_the_key_is_free(cloud: RunningCloud) -> None:
    request = first(cloud)
    writes = batch()
    request.answer_in(writes, {"invoice_id": 1})
    assert not request.stands()
    with pytest.raises(Changed):
        commit(writes)
    assert not request.stands()
    assert idempotency.find(request.user_id, request.key) is None


def test_a_request_whose_writes_took_effect_unheard_of_has_its_answer(cloud: RunningCloud) -> None:
    request = first(cloud)

    def broken_off(one: First) -> dict[str, object]:
        writes = batch()
        one.answer_in(writes, {"invoice_id": 7})
        commit(writes)
        raise TimeoutError

    answer = once(request.user_id, f"{request.key}-2", "what is asked", broken_off)
    assert answer == {"invoice_id": 7}


def test_a_killed_request_that_had_committed_is_not_carried_out_again(cloud: RunningCloud) -> None:
    request = first(cloud)
    writes = batch()
    request.answer_in(writes, {"invoice_id": 7})
    commit(writes)

    def never(one: First) -> dict[str, object]:
        raise AssertionError

    assert once(request.user_id, request.key, "what is asked", never) == {"invoice_id": 7}
    kept = idempotency.find(request.user_id, request.key)
    assert kept is not None
    assert kept.answer == dumps({"invoice_id": 7})


def test_a_key_whose_server_died_is_soon_free_and_one_that_is_at_work_is_kept(cloud: RunningCloud) -> None:
    request = first(cloud)
    dead = idempotency.begin(request.user_id, "dead", "what is asked", "dead", timedelta(seconds=2))
    began = time.monotonic()
    answer = once(request.user_id, "dead", "what is asked", lambda one: {"invoice_id": 9})
    assert (answer, 1 < time.monotonic() - began < 8) == ({"invoice_id": 9}, True)
    writes = batch()
    First(request.user_id, "dead", dead).answer_in(writes, {"invoice_id": 1})
    with pytest.raises(Changed):
        commit(writes)
    with request.at_work():
        time.sleep(5)
        assert request.begun.expires > datetime.now(UTC) + timedelta(seconds=10)
    writes = batch()
    request.answer_in(writes, {"invoice_id": 10})
    commit(writes)


def test_a_request_that_failed_frees_its_key(cloud: RunningCloud) -> None:
    request = first(cloud)

    def fails(one: First) -> dict[str, object]:
        raise ValueError

    with pytest.raises(ValueError):
        once(request.user_id, f"{request.key}-2", "what is asked", fails)
    again = once(request.user_id, f"{request.key}-2", "what is asked", lambda one: {"invoice_id": 8})
    assert again == {"invoice_id": 8}
