"""Invoices as a dozen countries lay them out, each with its true values."""

from __future__ import annotations

from tests.unit.extraction.layouts import (
    american,
    british_multirate,
    consulting,
    credit_note,
    dutch,
    french,
    german_two_pages,
    indian,
    italian,
    polish,
    receipt,
    software,
    spanish,
    swiss,
    utility,
)

LAYOUTS = {
    "american": american.draw,
    "british_multirate": british_multirate.draw,
    "consulting": consulting.draw,
    "credit_note": credit_note.draw,
    "dutch": dutch.draw,
    "french": french.draw,
    "german_two_pages": german_two_pages.draw,
    "indian": indian.draw,
    "italian": italian.draw,
    "polish": polish.draw,
    "receipt": receipt.draw,
    "software": software.draw,
    "spanish": spanish.draw,
    "swiss": swiss.draw,
    "utility": utility.draw,
}
