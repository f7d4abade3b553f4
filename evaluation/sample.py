"""A document whose true values are known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from common.domain.fields import ITEM_NAMES
from evaluation import pictures

NO_VENDOR = "(no vendor named)"

CELLS = tuple(name for name in ITEM_NAMES if name != "amount")


@dataclass(frozen=True)
class Sample:
    """One document and what is true of it, in the field names of `data.data`."""

    name: str
    """Its path below the folder that was given."""
    group: str
    """The folder that holds or lists it, by its path from the given one; that one by its own name."""
    path: Path
    truth: Mapping[str, Any]
    """A field that is absent is not scored; one that is None is not on the document."""
    vendor: str = NO_VENDOR
    """Who issued it, for the tables; known also where the document does not show it."""
    cells: Collection[str] = CELLS
    """Cells of line items that are scored, beside the amount, by which lines are found."""
    silent: Mapping[str, Any] = field(default_factory=dict)
    """True values of which nobody says whether the document shows them."""
    original: Path | None = None
    """The same document with its embedded e-invoice, where `path` was stripped of it."""

    def pdf(self) -> bytes:
        """The document as a PDF; a picture is wrapped into one."""
        content = self.path.read_bytes()
        return pictures.as_pdf(content) if self.path.suffix.lower() in pictures.ENDINGS else content


def group_of(folder: Path, root: Path) -> str:
    """A folder's name in tables: its path below `root`, or the root's own name."""
    return root.name if folder == root else folder.relative_to(root).as_posix()
