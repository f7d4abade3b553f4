"""A bucket whose disk is full: an upload is refused, leaves nothing, and works once there is room again."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.contract.caller import Caller, body, error
from tests.documents import Drawn
from tests.running import RunningCloud, eventually

ROOM = 1_000_000
"""Bytes to which a file of the bucket may grow: the write that goes beyond fails, as on a full disk."""


@contextmanager
def full_disk(cloud: RunningCloud) -> Iterator[None]:
    pid = cloud.pids()["storage"]
    former = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (ROOM, former[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, former)


def left_of(cloud: RunningCloud, user_id: str) -> list[object]:
    claims = [one["name"] for one in cloud.records("object_names") if f"/{user_id}/" in one["name"]]
    records = [one["id"] for one in cloud.records("invoices", auth_id=user_id)]
    return [*cloud.objects(f"docs/{user_id}/"), *claims, *records]


def test_an_upload_to_a_full_disk_leaves_nothing_and_is_stored_once_there_is_room(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    caller, drawn = Caller.new(http), Drawn(padding=3 * ROOM)
    former = cloud.pids()["storage"]
    with full_disk(cloud):
        began = time.monotonic()
        answer = caller.upload(drawn.pdf(), key="a key")
        assert error(answer) == (503, "The file storage is not available now; try again")
        assert time.monotonic() - began < 100
        eventually(lambda: left_of(cloud, caller.user_id) == [])
        assert caller.upload(Drawn().pdf()).status_code == 201
    assert cloud.pids()["storage"] == former
    again = caller.upload(drawn.pdf(), key="a key")
    assert again.status_code == 201
    caller.once(int(body(again)["invoice_id"]), "done")
    assert len(caller.listed()["invoices"]) == 2
