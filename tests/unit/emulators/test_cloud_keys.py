"""The local system's keys sign what its functions verify, and outlive a restart where they are kept."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from common import tokens
from common.errors import Unauthenticated
from emulators.cloud import keys


def test_a_token_signed_with_fresh_keys_names_its_user() -> None:
    made = keys.fresh()
    assert tokens.user_of(tokens.issue("7", made.token_key), made.token_public_keys) == "7"


def test_two_systems_do_not_trust_each_other() -> None:
    mine, other = keys.fresh(), keys.fresh()
    assert mine.link_secret != other.link_secret
    with pytest.raises(Unauthenticated):
        tokens.user_of(tokens.issue("7", other.token_key), mine.token_public_keys)


def test_kept_keys_are_the_same_the_next_time_and_nobody_elses(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    made = keys.kept(file)
    assert keys.kept(file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
