"""Clocks of chaos: those that are near are taken by the system's own check, those that are far are not."""

from __future__ import annotations

import json
import random

import pytest

from chaos.clocks import far, near
from common.errors import Unauthenticated
from common.tokens import public_keys, user_of
from emulators.cloud.keys import fresh

KEYS = fresh()
PUBLIC = json.dumps(public_keys(KEYS.token_key))


@pytest.mark.parametrize("seed", range(20))
def test_a_token_by_a_clock_that_is_near_is_taken_and_one_by_a_wrong_clock_is_not(seed: int) -> None:
    order = random.Random(seed)
    assert user_of(near(order).token("chaos-1", KEYS.token_key), PUBLIC) == "chaos-1"
    with pytest.raises(Unauthenticated):
        user_of(far(order).token("chaos-1", KEYS.token_key), PUBLIC)
