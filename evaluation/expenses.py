"""What a run took: tokens, money and time, by folder."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.counts import grouped, marks_of, middle, slow, usd_of
from evaluation.reading import Scored
from evaluation.tables import Column, Table, Value
from evaluation.tally import Tally


def folders(documents: Sequence[Scored]) -> Table:
    """Quality, tokens, cost and time by folder."""
    rows: list[tuple[Value, ...]] = []
    groups = list(grouped(documents, lambda document: document.sample.group).items())
    for name, each in [*groups, ("all", list(documents))]:
        tally = Tally.of(marks_of(each))
        local = [document.cost.local_ms for document in each]
        waited = [document.cost.model_ms for document in each if document.cost.calls]
        rows.append(
            (
                name,
                len(each),
                sum(document.pages for document in each),
                sum(bool(document.failure) for document in each),
                tally.unflagged,
                tally.exact_share,
                sum(document.cost.calls for document in each),
                sum(document.cost.input_tokens for document in each),
                sum(document.cost.output_tokens for document in each),
                usd_of(each),
                middle(local),
                slow(local),
                middle(waited),
            )
        )
    return Table(
        "folders",
        "By folder: quality, tokens, cost and time",
        (
            Column("folder", "folder", "text"),
            Column("documents", "documents"),
            Column("pages", "pages"),
            Column("failed", "failed"),
            Column("wrong_unflagged", "wrong, unflagged"),
            Column("exact_share", "exact", "share"),
            Column("model_calls", "calls"),
            Column("input_tokens", "tokens in"),
            Column("output_tokens", "tokens out"),
            Column("usd", "USD", "usd"),
            Column("local_ms_median", "local ms, median", "ms"),
            Column("local_ms_p95", "95th", "ms"),
            Column("model_ms_median", "model ms, median", "ms"),
        ),
        rows,
    )
