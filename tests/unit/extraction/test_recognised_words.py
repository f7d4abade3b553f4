"""The words of pages whose text was recognised: each with its place, and no page's own text layer."""

from __future__ import annotations

from dataclasses import replace

from common.extraction.document import Document
from common.extraction.recognised import recognised
from tests.unit.extraction import base
from tests.unit.extraction.sheet import first_page

PAGE = first_page(base.sheet().pdf())
# The same page as if its text had been recognised.
PICTURE = replace(PAGE, number=2, source="ocr", picture=True)


def test_what_stands_on_a_recognised_page_comes_line_by_line_with_its_boxes() -> None:
    (page,) = recognised(Document((PAGE, PICTURE), ()))
    assert page.page == 2
    said = "\n".join("\t".join(run.text for run in line) for line in page.lines)
    assert said == PICTURE.text
    for run in (run for line in page.lines for run in line):
        x0, y0, x1, y1 = run.box
        assert 0 <= x0 < x1 <= PICTURE.width
        assert 0 <= y0 < y1 <= PICTURE.height


def test_a_box_is_where_its_words_stand() -> None:
    (page,) = recognised(Document((PICTURE,), ()))
    start = PICTURE.text.index("Steel brackets")
    box = PICTURE.box(start, start + len("Steel brackets"))
    (run,) = [run for line in page.lines for run in line if run.text == "Steel brackets"]
    assert box is not None
    assert all(abs(one - other) <= 0.05001 for one, other in zip(run.box, box, strict=True))


def test_a_picture_on_which_nothing_was_recognised_is_not_listed() -> None:
    empty = replace(PICTURE, text="", boxes=PICTURE.boxes[:0])
    assert recognised(Document((empty, replace(empty, source="text")), ())) == []
