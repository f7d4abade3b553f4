"""Where a person took a value from: kept as extraction would say it, or refused by name."""

from __future__ import annotations

import pytest

from common.domain.pointed import pointed
from common.errors import Rejected

PLACE: dict[str, object] = {"page": 1, "box": [1, 2, 3, 4], "text": "PO-7"}


@pytest.mark.parametrize(
    ("sent", "kept"), [({}, "text"), ({"source": "text"}, "text"), ({"source": "ocr"}, "ocr")]
)
def test_a_place_says_whether_it_was_recognised(sent: dict[str, object], kept: str) -> None:
    place = PLACE | sent
    found = pointed({"po_number": place, "items": [{"amount": place}]})
    assert found["po_number"] == PLACE | {"source": kept}
    assert found["items"] == [{"amount": PLACE | {"source": kept}}]


@pytest.mark.parametrize("source", ["xml", "qr", "", None, 1, ["ocr"]])
def test_no_person_takes_a_value_from_anywhere_else(source: object) -> None:
    with pytest.raises(Rejected, match=r"evidence\.po_number\.source must be text or ocr"):
        pointed({"po_number": {**PLACE, "source": source}})
