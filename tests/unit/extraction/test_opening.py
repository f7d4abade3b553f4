"""PDFs that can't be read are refused with a reason, and the process that tried is none the worse."""

from __future__ import annotations

import io
import threading
import time
import zlib

import pypdf
import pytest

from common.errors import Unreadable
from common.extraction import pipeline, reader
from common.extraction.limits import Limits
from tests.unit.extraction.sheet import Sheet, read_pdf


def _encrypted(user: str, owner: str = "owner") -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(Sheet().text(40, 40, "Secret 4711").pdf()))
    writer.encrypt(user, owner, algorithm="AES-256")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _with_pages(count: int) -> bytes:
    sheet = Sheet()
    for number in range(count - 1):
        sheet.text(40, 40, f"Page {number + 1}").next_page()
    return sheet.text(40, 40, "last").pdf()


def _drawing_itself() -> bytes:
    """A page whose form draws itself twice, and so on: more work than there is time."""
    forms = 28
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/F Do\nendstream",
    ]
    for number in range(forms):
        content = b"/F Do /F Do" if number < forms - 1 else b"BT /G 9 Tf (x) Tj ET"
        following = 6 + number if number < forms - 1 else 5
        head = f"<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Length {len(content)}"
        head += f"/Resources<</XObject<</F {following} 0 R>>"
        head += "/Font<</G<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        objects.append(head.encode() + b"stream\n" + content + b"\nendstream")
    return _assembled(objects)


def _stream(content: bytes, more: str) -> bytes:
    return f"<</Length {len(content)}{more}>>stream\n".encode() + content + b"\nendstream"


def _assembled(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects."""
    pdf = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(pdf)
    pdf += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    pdf += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return pdf + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)


def _swelling() -> bytes:
    """A small file whose page is 200 MB long when it is unpacked."""
    return _assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
            _stream(zlib.compress(b"0 0 m 1 1 l S " * 15_000_000), "/Filter/FlateDecode"),
        ]
    )


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (b"", "not a PDF"),
        (b"GIF89a", "not a PDF"),
        (b"%PDF-1.4 rubbish", "PDF is broken"),
        (Sheet().text(40, 40, "cut").pdf()[:300], "PDF is broken"),
        (_encrypted("hunter2"), "PDF is encrypted and needs a password"),
    ],
    ids=["empty", "picture", "rubbish", "cut off", "password"],
)
def test_the_reason_is_told(pdf: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=f"^{reason}$"):
        read_pdf(pdf)


def test_an_empty_password_opens() -> None:
    assert read_pdf(_encrypted("")).pages[0].text == "Secret 4711"


def test_too_many_pages_are_counted() -> None:
    with pytest.raises(Unreadable, match=r"^PDF has 12 pages, over the limit of 10$"):
        reader.read(_with_pages(12), Limits(pages=10))
    assert len(reader.read(_with_pages(10), Limits(pages=10)).pages) == 10


def test_a_pdf_that_keeps_the_reader_busy_is_ended_in_time() -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable, match=r"^PDF took more than 2 seconds to read$"):
        reader.read(_drawing_itself(), Limits(seconds=2))
    assert time.monotonic() - started < 6


def test_after_a_pdf_that_hangs_the_next_is_read() -> None:
    with pytest.raises(Unreadable):
        reader.read(_drawing_itself(), Limits(seconds=1))
    assert read_pdf(Sheet().text(40, 40, "still here").pdf()).pages[0].text == "still here"


def test_memory_has_a_limit() -> None:
    with pytest.raises(Unreadable, match=r"memory|broken"):
        reader.read(_swelling(), Limits(memory_mb=160))


def test_several_pdfs_are_read_at_a_time() -> None:
    texts: list[str] = []

    def read(number: int) -> None:
        texts.append(read_pdf(Sheet().text(40, 40, f"Invoice {number}").pdf()).pages[0].text)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(texts) == [f"Invoice {number}" for number in range(4)]


def test_a_warm_reader_is_quick() -> None:
    pdf = Sheet().text(40, 40, "Total 12.00").pdf()
    read_pdf(pdf)
    took = []
    for _ in range(3):
        started = time.monotonic()
        pipeline.prepare(pdf, Limits())
        took.append(time.monotonic() - started)
    assert min(took) < 0.3
