"""Of a PDF that is too large, the first pages that fit are copied."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image
from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from common.errors import Unreadable
from common.extraction import pipeline
from common.extraction.reader import read, shortened
from tests.unit.extraction import base
from tests.unit.extraction.sheet import answered

LIMITS = pipeline.Limits()
PAGES = 9


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Nine pages of a picture each, which take some 38 kB and share a font."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842), invariant=True)
    for number in range(1, PAGES + 1):
        noise = random.Random(number).randbytes(30_000)
        canvas.drawImage(ImageReader(Image.frombytes("RGB", (100, 100), noise)), 0, 0, 100, 100)
        canvas.drawString(50, 780, f"page number {number}")
        canvas.showPage()
    canvas.save()
    return content.getvalue()


@pytest.mark.parametrize("share", [0.05, 0.12, 0.3, 0.5, 0.77, 0.99])
def test_as_many_first_pages_are_copied_as_fit(pdf: bytes, share: float) -> None:
    largest = int(len(pdf) * share)
    copy, pages = shortened(pdf, LIMITS, largest)
    assert len(copy) <= largest
    # A page takes a ninth, and one more would have been too much.
    assert pages == int(share * PAGES - 0.02)
    if pages:
        shown = read(copy, LIMITS).pages
        assert [page.text for page in shown] == [f"page number {number + 1}" for number in range(pages)]


def test_what_fits_whole_keeps_all_of_its_pages(pdf: bytes) -> None:
    padded = pdf + b"\n%" + b"x" * len(pdf)
    _, pages = shortened(padded, LIMITS, len(pdf) + 1000)
    assert pages == PAGES


def test_a_broken_pdf_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        shortened(b"%PDF-1.7 nothing", LIMITS, 1000)


def test_pages_that_no_model_was_given_are_named() -> None:
    one = base.sheet().pdf()
    prepared = pipeline.prepare(_with_noise_behind(one), LIMITS)
    copy, cut = pipeline.shortened(_with_noise_behind(one), prepared, len(one) + 20_000)
    assert (cut.sent, cut.unsent) == (1, (2,))
    assert read(copy, LIMITS).pages[0].text == prepared.document.pages[0].text
    result = pipeline.conclude(cut, answered(base.truth()), profile="v1", model="m", usage={}, message="")
    assert result["pages"]["unread"] == [2]  # type: ignore[index]
    assert ("unread_pages", None) in {
        (reason["code"], reason["field"])
        for reason in result["review"]["reasons"]  # type: ignore[index]
    }


def test_a_first_page_that_does_not_fit_is_an_error(pdf: bytes) -> None:
    prepared = pipeline.prepare(pdf, LIMITS)
    with pytest.raises(Unreadable, match="first page alone"):
        pipeline.shortened(pdf, prepared, 10_000)


def _with_noise_behind(pdf: bytes) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842))
    noise = random.Random(1).randbytes(300_000)
    canvas.drawImage(ImageReader(Image.frombytes("RGB", (100, 1000), noise)), 0, 0, 100, 800)
    canvas.save()
    writer = PdfWriter()
    for part in (pdf, content.getvalue()):
        writer.append(io.BytesIO(part))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
