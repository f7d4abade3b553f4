"""Reading without the model: the local pipeline beside bare text extraction, XML beside a bare parse."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pypdfium2

from benchmarks import papers
from benchmarks.measure import Comparison, compare, milliseconds_each, seconds
from benchmarks.system import System
from common.errors import InvoiceSystemError
from common.exports.record import Exported
from common.exports.ubl import ubl_of
from common.extraction import model as models
from common.extraction import pipeline
from common.extraction.document import Attachment
from common.extraction.einvoice.find import find
from common.extraction.model import ModelAnswer
from common.extraction.model_client import gemini_client
from common.extraction.prepared import Prepared

_LIMITS = pipeline.Limits(seconds=60)
_MODEL = "gemini-2.5-pro"
_MODEL_SECONDS = 120.0
_TIMES = 30
"""Parsings of one XML in a round."""


@dataclass(frozen=True)
class _Paper:
    """A document, and what a model has said of it before anything is measured."""

    pdf: bytes
    pages: int
    answer: ModelAnswer | None


def pages(system: System, rounds: int, folders: Sequence[Path]) -> Iterator[Comparison]:
    """From a PDF to its checked result, without the model's time, ÷ bare extraction of its text."""
    yield _row("the project's own documents", _asked(system, papers.drawn()), rounds)
    read: list[_Paper] = []
    for folder in folders:
        its = _asked(system, papers.of_folder(folder))
        yield _row(_named(folder), its, rounds)
        read += its
    if len(folders) > 1:
        yield _by_page(read, rounds)


def _row(name: str, documents: Sequence[_Paper], rounds: int) -> Comparison:
    return compare(
        f"{name} ({len(documents)}) ÷ text by pypdfium2",
        "ms a page",
        lambda: statistics.median(_a_page(one, _read) for one in documents),
        lambda: statistics.median(_a_page(one, _bare) for one in documents),
        rounds=rounds,
    )


def _by_page(documents: Sequence[_Paper], rounds: int) -> Comparison:
    """All folders together, as the median over their pages: a page takes its share of its document's time."""

    def measured(work: Callable[[_Paper], None]) -> float:
        return statistics.median(each for one in documents for each in [_a_page(one, work)] * one.pages)

    pages = sum(one.pages for one in documents)
    return compare(
        f"these folders' pages together ({pages}) ÷ text by pypdfium2",
        "ms a page",
        lambda: measured(_read),
        lambda: measured(_bare),
        rounds=rounds,
    )


def _asked(system: System, pdfs: Sequence[bytes]) -> list[_Paper]:
    """The documents that can be read and whose pages all have text, each with the stand-in's answer."""
    client = gemini_client("local", system.functions["gemini"], _MODEL_SECONDS)
    found = []
    for pdf in pdfs:
        try:
            prepared = pipeline.prepare(pdf, _LIMITS)
            if any(not page.text for page in prepared.document.pages):
                continue
            answer = None
            if prepared.question:
                answer = models.ask(
                    client,
                    pdf,
                    profile="v1",
                    model=_MODEL,
                    prepared=prepared,
                    timeout_seconds=_MODEL_SECONDS,
                )
        except InvoiceSystemError:
            continue
        found.append(_Paper(pdf, prepared.pages_total, answer))
    return found


def _a_page(paper: _Paper, work: Callable[[_Paper], None]) -> float:
    return seconds(lambda: work(paper)) * 1000 / paper.pages


def _read(paper: _Paper) -> None:
    prepared: Prepared = pipeline.prepare(paper.pdf, _LIMITS)
    pipeline.conclude(prepared, paper.answer, profile="v1", model=_MODEL, usage={}, message="")


def _bare(paper: _Paper) -> None:
    document = pypdfium2.PdfDocument(paper.pdf)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def einvoices(rounds: int, folders: Sequence[Path]) -> Iterator[Comparison]:
    """Embedded e-invoices read whole ÷ the same bytes parsed by the standard library."""
    for lines in (3, 30):
        yield _xml_row(f"UBL of {lines} lines", [_ubl(lines)], rounds)
    for folder in folders:
        inside = _inside(papers.of_folder(folder))
        if inside:
            yield _xml_row(f"{_named(folder)} ({len(inside)})", inside, rounds)


def _named(folder: Path) -> str:
    """A folder by its name and its parent's: a corpus often keeps its files in one that is named pdf."""
    return "/".join(folder.resolve().parts[-2:])


def _xml_row(name: str, files: Sequence[bytes], rounds: int) -> Comparison:
    def measured(work: Callable[[bytes], object]) -> float:
        return statistics.median(milliseconds_each(partial(work, xml), _TIMES) for xml in files)

    return compare(
        f"{name} ÷ ElementTree",
        "ms",
        lambda: measured(_einvoice),
        lambda: measured(fromstring),
        rounds=rounds,
    )


def _einvoice(xml: bytes) -> None:
    found, _ = find((Attachment("factur-x.xml", xml),))
    if found is None:
        raise RuntimeError("the e-invoice that is measured is not read")


def _inside(pdfs: Sequence[bytes]) -> list[bytes]:
    """The e-invoices that PDFs have inside."""
    found = []
    for pdf in pdfs:
        try:
            attachments = pipeline.prepare(pdf, _LIMITS).document.attachments
        except InvoiceSystemError:
            continue
        found += [one.data for one in attachments if find((one,))[0] is not None]
    return found


def _ubl(lines: int) -> bytes:
    """An invoice of so many lines in UBL, as the project's own export writes it."""
    price, total = Decimal("12.50"), Decimal("12.50") * lines
    items = [
        {
            "description": f"Steel bracket no. {number}",
            "quantity": Decimal(1),
            "unit_price": price,
            "tax_rate": Decimal(20),
            "amount": price,
        }
        for number in range(1, lines + 1)
    ]
    values = {
        "document_type": "invoice",
        "vendor_name": "Northwind Supplies Ltd",
        "vendor_tax_id": "GB980780684",
        "buyer_name": "Contoso Retail Limited",
        "invoice_number": "INV-2026-0042",
        "invoice_date": "2026-03-05",
        "currency": "GBP",
        "subtotal": total,
        "taxable_amt": total,
        "taxes": [
            {"type": "VAT", "rate": Decimal(20), "taxable_amt": total, "amount": total * Decimal("0.2")}
        ],
        "tax_amt": total * Decimal("0.2"),
        "total_amt": total * Decimal("1.2"),
        "items": items,
    }
    return ubl_of(Exported("invoice_id", 1, "invoice.pdf", verified=True, values=values))
