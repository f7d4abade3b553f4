"""A PDF that was read and is ready to be asked about or concluded on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from common.domain.fields import ORDER
from common.extraction.document import Document
from common.extraction.einvoice.invoice import EInvoice
from common.extraction.gst_qr import GstQr
from common.extraction.limits import Limits

_GOOD_TEXT = 200
"""Characters on a page from which its text layer carries the content."""


@dataclass(frozen=True)
class Prepared:
    """What stands ready before any model is asked."""

    document: Document
    einvoice: EInvoice | None = None
    """The embedded e-invoice, where there is one that can be read."""

    broken_xml: tuple[str, ...] = ()
    """Names of attachments that claim to be an e-invoice and can't be read."""
    qr: GstQr | None = None
    """The signed GST code that a page shows."""

    limits: Limits = field(default_factory=Limits)
    seconds: float = 0.0
    """What reading took of the time that work beside the model's may take."""
    sent: int | None = None
    """How many of the first pages a model is given, where that is not all of them."""
    only: frozenset[str] | None = None
    """The fields that a model is asked for, where these are not all that no exact source has."""

    @property
    def exact(self) -> dict[str, Any]:
        """The values of the embedded e-invoice, by their names in `data.data`."""
        fields = self.einvoice.fields if self.einvoice else {}
        return {name: value for name, value in fields.items() if value not in (None, [])}

    @property
    def whole(self) -> bool:
        """Whether the embedded e-invoice is the whole invoice."""
        return self.einvoice is not None and self.einvoice.whole

    @property
    def pages_total(self) -> int:
        """Pages of the document."""
        return len(self.document.pages)

    @property
    def unsent(self) -> tuple[int, ...]:
        """The pages that no model is given."""
        return () if self.sent is None else tuple(range(self.sent + 1, self.pages_total + 1))

    @property
    def question(self) -> bool:
        """Whether a model has to be asked."""
        return not self.whole

    @property
    def wanted(self) -> tuple[str, ...]:
        """The fields that a model is asked for."""
        exact = self.exact
        return tuple(name for name in ORDER if name not in exact and (self.only is None or name in self.only))

    @property
    def good_text(self) -> bool:
        """Whether every page's text layer carries its content, so that a coarse picture will do."""
        pages = self.document.pages
        return bool(pages) and all(len(page.text) >= _GOOD_TEXT and page.source == "text" for page in pages)
