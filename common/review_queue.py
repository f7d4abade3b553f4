"""What waits for a person's look, and what was verified: listed by doubt or by age, searched, paged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Literal, cast

from common.checked import Parameter
from common.domain.exact_json import loads
from common.records import review_queue
from common.records.review_queue import Waiting

MOST_LOOKED_THROUGH = 5000
"""Records of each kind that one listing looks through; more waiting ones are counted as this many."""

Order = Literal["doubt", "age"]
State = Literal["waiting", "verified", "all"]


@dataclass(frozen=True)
class Wanted:
    """Which of the waiting records are wanted, in which order and from where on."""

    owner: str | None
    """The user whose records; None for everybody's."""
    text: str | None
    """In the vendor's name, the number, the file's name or a reason, in any case."""
    code: str | None
    """A reason's code, or "failed" for records that could not be read."""
    state: State
    """Whether a record waits for a person's look, was verified by one, or any."""
    first_date: str | None
    last_date: str | None
    """Of the invoice, both days included."""
    order: Order
    start: int
    limit: int


@dataclass(frozen=True)
class Shown:
    """A waiting record and what a list shows of it."""

    waiting: Waiting
    summary: Mapping[str, object]

    @property
    def codes(self) -> list[str]:
        """What is doubtful, in codes; "failed" where nothing was read."""
        if self.waiting.status == "ERROR":
            return ["failed"]
        return [str(code) for code in cast("list[object]", self.summary.get("codes") or [])]


@dataclass(frozen=True)
class Page:
    """Some of the waiting records, and how many there are."""

    records: list[Shown]
    total: int
    """How many wait in all, whatever is filtered."""
    found: int
    codes: dict[str, int]
    """How many of them have each code."""


def waiting(wanted: Wanted) -> Page:
    """A page of the queue."""
    every, chosen = _chosen(wanted)
    counted: dict[str, int] = {}
    for shown in every:
        for code in shown.codes:
            counted[code] = counted.get(code, 0) + 1
    page = _named(chosen[wanted.start : wanted.start + wanted.limit])
    return Page(page, len(every), len(chosen), dict(sorted(counted.items())))


def numbers(wanted: Wanted) -> list[tuple[Parameter, int]]:
    """The records of a page by what names them."""
    _, chosen = _chosen(wanted)
    page = chosen[wanted.start : wanted.start + wanted.limit]
    return [(shown.waiting.parameter, shown.waiting.number) for shown in page]


def _chosen(wanted: Wanted) -> tuple[list[Shown], list[Shown]]:
    """All records of that state, and those of them that are wanted, in order."""
    every = [
        Shown(record, cast("Mapping[str, object]", loads(record.summary)))
        for source in (review_queue.of_invoices, review_queue.of_direct_records)
        for record in source(wanted.owner, wanted.state, MOST_LOOKED_THROUGH)
    ]
    if wanted.text:
        every = _named(every)
    chosen = [shown for shown in every if _fits(shown, wanted)]
    chosen.sort(key=lambda shown: (shown.waiting.since, shown.waiting.number))
    if wanted.order == "doubt":
        chosen.sort(key=_doubt, reverse=True)
    return every, chosen


def documented(shown: Shown) -> dict[str, object]:
    """A waiting record as the list's JSON shows it."""
    return {
        shown.waiting.parameter: shown.waiting.number,
        "file_name": (shown.waiting.file_name or "").rpartition("/")[2] or None,
        "status": shown.waiting.status,
        "since": shown.waiting.since.astimezone(UTC).isoformat(timespec="seconds"),
        **shown.summary,
        "codes": shown.codes,
    }


def _fits(shown: Shown, wanted: Wanted) -> bool:
    if wanted.code is not None and wanted.code not in shown.codes:
        return False
    day = str(shown.summary.get("invoice_date") or "")
    if (wanted.first_date or wanted.last_date) and not (
        (wanted.first_date or "") <= day <= (wanted.last_date or "9999-12-31") and day
    ):
        return False
    if not wanted.text:
        return True
    texts = [shown.summary.get("vendor_name"), shown.summary.get("invoice_number"), shown.waiting.file_name]
    texts += cast("list[object]", shown.summary.get("first_reasons") or [])
    text = wanted.text.casefold()
    return any(text in str(each).casefold() for each in texts if each is not None)


def _doubt(shown: Shown) -> int:
    """How much there is to look at; what could not be read comes before everything else."""
    if shown.waiting.status == "ERROR":
        return 1_000_000
    reasons = shown.summary.get("reasons")
    return reasons if isinstance(reasons, int) else 0


def _named(records: list[Shown]) -> list[Shown]:
    """`records` with the names of their files."""
    missing = [shown.waiting.number for shown in records if shown.waiting.file_name is None]
    names = review_queue.file_names(missing)
    return [
        shown
        if shown.waiting.file_name is not None
        else replace(shown, waiting=replace(shown.waiting, file_name=names.get(shown.waiting.number, "")))
        for shown in records
    ]
