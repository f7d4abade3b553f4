"""Invoices that the project draws itself, with the true values of each."""

from __future__ import annotations

from emulators.samples import (
    credit_note,
    german_invoice,
    gst_invoice,
    igst_invoice,
    receipt,
    scan,
    us_invoice,
)
from emulators.samples.values import Line, Sample, Tax, Values

__all__ = ["Line", "Sample", "Tax", "Values", "samples"]

_LAYOUTS = (us_invoice, gst_invoice, german_invoice, scan, credit_note, igst_invoice, receipt)


def samples() -> list[Sample]:
    """Every sample, drawn anew; the same bytes each time."""
    return [layout.draw() for layout in _LAYOUTS]
