"""What the check page's scripts are told beside the record: where to ask, and an invoice's fields."""

from __future__ import annotations

from functools import cache

from common.checked import Checked, words_name
from common.domain.currencies import CODES, SIGNS
from common.domain.fields import DOCUMENT_TYPES, HEADER, ITEM_CELLS, TAX_CELLS, WRITING_TYPES, Field


def check_page(record: Checked, link: str | None) -> dict[str, object]:
    """For the page of one record; `link` is the permission it was opened with."""
    return {
        "parameter": record.parameter,
        "number": record.number,
        "link": link,
        "file_name": record.file_name.rpartition("/")[2],
        "words": words_name(record),
        "fields": _fields(),
    }


@cache
def _fields() -> dict[str, object]:
    return {
        "header": [_field(field) for field in HEADER],
        "items": [_field(field) for field in ITEM_CELLS],
        "taxes": [_field(field) for field in TAX_CELLS],
        "choices": {"type": WRITING_TYPES, "document_type": DOCUMENT_TYPES},
        "currencies": sorted(CODES),
        "signs": {sign: codes[0] for sign, codes in SIGNS.items() if len(codes) == 1},
    }


def _field(field: Field) -> dict[str, str]:
    return {"name": field.name, "kind": field.kind, "meaning": field.meaning}
