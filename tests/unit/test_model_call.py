"""A file that is too large for a request is named where its service can fetch it, else sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from common.extraction.model import LARGEST_INLINE_ON_VERTEX
from common.model_call import place_of
from common.orders import Order
from common.services import Service

NO_CLIENT: Any = None
ON_VERTEX = Service("vertex", "v1", NO_CLIENT, "us-central1", reads_bucket=True)
STORED = Order(
    service=ON_VERTEX,
    model="gemini-2.5-pro",
    file_name="large.pdf",
    object_name="docs/1/large.pdf",
    message="",
    tries=1,
)
LARGE = LARGEST_INLINE_ON_VERTEX + 1


def test_a_large_file_is_named_by_its_place_in_the_bucket() -> None:
    assert place_of(LARGE, STORED) == "gs://invoices/docs/1/large.pdf"


@pytest.mark.parametrize(
    ("size", "order"),
    [
        (LARGEST_INLINE_ON_VERTEX, STORED),
        (LARGE, replace(STORED, object_name=None)),
        (LARGE, replace(STORED, service=replace(ON_VERTEX, reads_bucket=False))),
    ],
)
def test_any_other_is_sent(size: int, order: Order) -> None:
    assert place_of(size, order) == ""
