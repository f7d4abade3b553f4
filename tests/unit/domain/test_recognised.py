"""Recognised words as they are kept: whole pages, and never more than fit."""

from __future__ import annotations

import json

from common.domain.recognised import LARGEST, PageWords, Run, written


def page(number: int, lines: int) -> PageWords:
    return PageWords(
        number,
        tuple(
            (Run(f"Straße {at}", (1.5, 2.0, 30.1, 40.0)), Run("4", (60.0, 2.0, 64.0, 40.0)))
            for at in range(lines)
        ),
    )


def test_words_are_written_page_by_page_with_their_boxes() -> None:
    said = json.loads(written([page(1, 2), page(4, 1)]))
    assert [each["page"] for each in said["pages"]] == [1, 4]
    assert said["pages"][0]["lines"][1] == [
        {"text": "Straße 1", "box": [1.5, 2.0, 30.1, 40.0]},
        {"text": "4", "box": [60.0, 2.0, 64.0, 40.0]},
    ]


def test_pages_that_would_be_too_much_are_left_out_whole() -> None:
    most = [page(number, 2_000) for number in range(1, 201)]
    content = written(most)
    assert len(content) < LARGEST + 20
    pages = json.loads(content)["pages"]
    assert 1 < len(pages) < len(most)
    assert [each["page"] for each in pages] == [*range(1, len(pages) + 1)]
    assert all(len(each["lines"]) == 2_000 for each in pages)


def test_without_any_the_list_is_empty() -> None:
    assert json.loads(written(())) == {"pages": []}
