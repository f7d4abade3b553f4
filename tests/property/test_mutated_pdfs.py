"""Whatever is done to a PDF's bytes, reading it ends soon, in a result or in a reason."""

from __future__ import annotations

import contextlib
import io
import random
import re
import resource
import time
from functools import cache

import pypdf
import pytest

from common.errors import Unreadable
from common.extraction import pipeline, reader
from emulators.samples import samples
from tests.unit.extraction import base
from tests.unit.extraction.einvoices import attached, cii
from tests.unit.extraction.sheet import answered

LIMITS = pipeline.Limits(seconds=10, memory_mb=1024)
BATCHES, EACH = 10, 50
GROWTH_MB = 300
"""What this process may take more: documents come to it as text and boxes, bounded by the limits."""

_OBJECT = re.compile(rb"\d+ 0 obj\b.*?\bendobj", re.DOTALL)


@cache
def originals() -> tuple[bytes, ...]:
    """Drawn, scanned, encrypted, and with an e-invoice inside."""
    sheet = base.sheet().pdf()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sheet))
    writer.encrypt("", "owner", algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    return (
        *(sample.pdf for sample in samples()),
        locked.getvalue(),
        attached(sheet, "factur-x.xml", cii(profile="urn:cen.eu:en16931:2017", lines=True)),
    )


def flipped(pdf: bytes, chance: random.Random) -> bytes:
    made = bytearray(pdf)
    for _ in range(chance.choice((1, 3, 10, 100, 1000))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def cut_short(pdf: bytes, chance: random.Random) -> bytes:
    return pdf[: chance.randrange(8, len(pdf))]


def with_a_part_gone(pdf: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(8, len(pdf))
    return pdf[:at] + pdf[at + chance.choice((1, 10, 1000)) :]


def with_a_part_twice(pdf: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(8, len(pdf)), chance.choice((1, 10, 1000))
    return pdf[: at + length] + pdf[at:]


def with_objects_swapped(pdf: bytes, chance: random.Random) -> bytes:
    found = list(_OBJECT.finditer(pdf))
    if len(found) < 2:
        return pdf
    one, other = sorted(chance.sample(found, 2), key=lambda each: each.start())
    bodies = [each[0].partition(b" 0 obj") for each in (one, other)]
    swapped = [b"".join((mine[0], mine[1], theirs[2])) for mine, theirs in (bodies, bodies[::-1])]
    parts = (pdf[: one.start()], swapped[0], pdf[one.end() : other.start()], swapped[1], pdf[other.end() :])
    return b"".join(parts)


def with_other_numbers(pdf: bytes, chance: random.Random) -> bytes:
    """References that lead elsewhere, lengths that are not so, sizes beyond reason."""
    numbers = list(re.finditer(rb"(?<=[ \[/])-?\d+(?=[ \]/>])", pdf))
    made = pdf
    for match in sorted(chance.sample(numbers, min(5, len(numbers))), key=lambda each: -each.start()):
        other = chance.choice((b"0", b"-1", b"3", b"65536", b"99999999", b"2147483648"))
        made = made[: match.start()] + other + made[match.end() :]
    return made


MUTATIONS = (
    flipped,
    cut_short,
    with_a_part_gone,
    with_a_part_twice,
    with_objects_swapped,
    with_other_numbers,
)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_mutated_pdf_is_read_or_refused_in_time(batch: int) -> None:
    before = megabytes()
    for number in range(batch * EACH, (batch + 1) * EACH):
        chance = random.Random(number)
        pdf = chance.choice(originals())
        for _ in range(chance.choice((1, 1, 2, 3))):
            pdf = chance.choice(MUTATIONS)(pdf, chance) if len(pdf) > 100 else pdf
        began = time.monotonic()
        try:
            prepared = pipeline.prepare(pdf, LIMITS)
            answer = answered(base.truth()) if prepared.question else None
            result = pipeline.conclude(
                prepared, answer, profile="v1", model="asked", usage={}, message="done"
            )
        except Unreadable as reason:
            assert str(reason), number
        else:
            assert result["status"] is True, number
            if number % 5 == 0:
                with contextlib.suppress(Unreadable):
                    copy, _ = reader.shortened(pdf, LIMITS, len(pdf) // 2)
                    assert len(copy) <= len(pdf) // 2
        assert time.monotonic() - began < LIMITS.seconds + 5, number
    assert megabytes() - before < GROWTH_MB
