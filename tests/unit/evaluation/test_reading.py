"""A document that can't be read leaves its values missing, and the run goes on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from common.extraction import pipeline, reader
from common.services import Service
from emulators.samples import samples
from evaluation.reading import read
from evaluation.sample import Sample

NO_CLIENT: Any = None
TRUTH = {"total_amt": Decimal(1), "due_date": None, "items": [{"description": "Pen", "amount": Decimal(1)}]}


@pytest.fixture(autouse=True, scope="module")
def reading_processes() -> Iterator[None]:
    """Ends the processes that wait for another PDF."""
    yield
    reader.close()


def sample(folder: Path, content: bytes) -> Sample:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return Sample("a.pdf", "own", path, TRUTH)


def test_a_file_that_is_no_pdf_fails_with_its_reason_and_costs_nothing(tmp_path: Path) -> None:
    scored = read(
        sample(tmp_path, b"no PDF"), Service("gemini", "v1", NO_CLIENT), "gemini-2.5-pro", pipeline.Limits()
    )
    assert "PDF" in scored.failure
    assert (scored.cost.calls, scored.cost.usd) == (0, Decimal(0))
    assert {mark.field: mark.outcome for mark in scored.marks} == {
        "total_amt": "missing",
        "due_date": "exact",
    }
    assert (scored.lines.true, scored.lines.matched, scored.lines.lost_unflagged) == (1, 0, 1)


def test_a_fault_of_our_own_in_one_document_is_told_and_does_not_end_the_run(tmp_path: Path) -> None:
    (us,) = [each for each in samples() if each.name == "us-invoice.pdf"]
    scored = read(
        sample(tmp_path, us.pdf), Service("gemini", "v1", NO_CLIENT), "gemini-2.5-pro", pipeline.Limits()
    )
    assert scored.failure.startswith("internal fault: AttributeError")
    assert scored.pages == 1
