"""Other records of the same invoice are told on a result."""

from __future__ import annotations

from common.duplicates import with_duplicates


def reading() -> dict[str, object]:
    return {
        "status": True,
        "data": {"vendor_name": "Northwind Supplies Ltd"},
        "review": {"needed": False, "reasons": []},
    }


def test_a_duplicate_is_a_reason_about_the_document_and_changes_no_value() -> None:
    told = with_duplicates(reading(), [3, 7], "invoice")
    assert told["duplicates"] == [3, 7]
    assert told["data"] == reading()["data"]
    review = told["review"]
    assert isinstance(review, dict)
    assert review["needed"] is True
    (reason,) = review["reasons"]
    assert (reason["code"], reason["field"]) == ("duplicate", None)
    assert "3, 7" in reason["message"]


def test_without_duplicates_nothing_is_added() -> None:
    assert with_duplicates(reading(), [], "invoice")["review"] == {"needed": False, "reasons": []}
