"""A run's folder is its own, and its facts are never half written."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from emulators.cloud.faults import CannotStart
from emulators.cloud.folder import claim, is_claimed, write_state


def test_a_folder_belongs_to_one_run_until_that_ends(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "for it"
    with claim(folder):
        assert is_claimed(folder)
        with pytest.raises(CannotStart, match="is in use by another local cloud"):
            claim(folder)
    assert not is_claimed(folder)


def test_facts_replace_the_earlier_ones_and_are_for_their_owner_alone(tmp_path: Path) -> None:
    for pid in (1, 2):
        write_state(tmp_path, {"pids": {"auth": pid}})
    (file,) = tmp_path.iterdir()
    assert file.name == "state.json"
    assert json.loads(file.read_text("utf-8")) == {"pids": {"auth": 2}}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
