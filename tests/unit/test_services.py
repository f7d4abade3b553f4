"""Where models are asked, and what the service there can fetch by itself."""

from __future__ import annotations

import pytest

from common.config import read
from common.services import vertex_reads_bucket

OWN = {"GOOGLE_CLOUD_PROJECT": "my-invoices"}


def test_vertex_fetches_objects_of_its_own_project() -> None:
    assert vertex_reads_bucket(read(OWN), "my-invoices")


@pytest.mark.parametrize(
    ("environ", "project"),
    [
        (OWN, "a-customers-project"),
        (OWN | {"STORAGE_EMULATOR_HOST": "http://127.0.0.1:4443"}, "my-invoices"),
        (OWN | {"VERTEX_BASE_URL": "http://127.0.0.1:8080"}, "my-invoices"),
    ],
)
def test_what_can_not_see_the_bucket_is_sent_the_file(environ: dict[str, str], project: str) -> None:
    assert not vertex_reads_bucket(read(environ), project)
