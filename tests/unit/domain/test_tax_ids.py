"""Tax numbers and their check digits."""

from __future__ import annotations

import pytest

from common.domain.tax_ids import TaxId, compact, examine


def test_spaces_go_and_letters_are_capitals() -> None:
    assert compact(" de 232 446 240 ") == "DE232446240"


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("DE136695976", TaxId("vat", True)),
        ("DE123456789", TaxId("vat", False)),
        ("NL810433941B01", TaxId("vat", True)),
        ("FR40303265045", TaxId("vat", True)),
        ("CHE-109.322.551 MWST", TaxId("vat", True)),
        ("CHE-109.322.551", TaxId("vat", True)),
        ("GB980780684", TaxId("vat", True)),
        ("27AAPFU0939F1ZV", TaxId("gstin", True)),
        ("01AMBPG7773M002", TaxId("gstin", False)),
        ("27AAPFU0939F1ZA", TaxId("gstin", False)),
        ("201/113/40209", TaxId("other", None)),
        ("55-6677889", TaxId("other", None)),
        ("", TaxId("other", None)),
    ],
)
def test_the_kind_and_the_check_digits_are_told(number: str, found: TaxId) -> None:
    assert examine(number) == found
