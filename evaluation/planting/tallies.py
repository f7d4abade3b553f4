"""Tables of what was caught and what was alarmed for nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from evaluation.planting.error import WrongCell
from evaluation.planting.kinds import KINDS
from evaluation.planting.trial import Planted, Trial
from evaluation.plots import Bar, Plot
from evaluation.tables import Column, Table, Value, share


def totals(trials: Sequence[Trial]) -> dict[str, Value]:
    """The figures of the whole run, the one that matters most first."""
    planted = [each for trial in trials for each in trial.planted]
    caught = sum(each.caught for each in planted)
    alarms, values = sum(len(trial.alarms) for trial in trials), sum(trial.values for trial in trials)
    earned = sum(alarm.earned for trial in trials for alarm in trial.alarms)
    located, locatable = sum(t.located for t in trials), sum(t.locatable for t in trials)
    return {
        "missed": len(planted) - caught,
        "planted": len(planted),
        "caught": caught,
        "caught_share": share(caught, len(planted)),
        "true_values": values,
        "false_alarms": alarms,
        "false_alarm_share": share(alarms, values),
        "false_alarms_earned": earned,
        "located_share": share(located, locatable),
        "documents": sum(not trial.left_out for trial in trials),
        "left_out": sum(bool(trial.left_out) for trial in trials),
    }


def tables(trials: Sequence[Trial]) -> list[Table]:
    """Every table of the report."""
    return [
        _folders(trials),
        _kinds(trials),
        _alarms(trials),
        _lost(trials),
        _missed(trials),
        _left_out(trials),
    ]


def plots(trials: Sequence[Trial]) -> list[Plot]:
    """Every plot of the report."""
    bars = []
    for kind in KINDS:
        found = [each for trial in trials for each in trial.planted if each.kind == kind]
        caught = sum(each.caught for each in found)
        bars.append(Bar(kind, (caught, len(found) - caught)))
    return [Plot("Planted errors by kind", ("caught", "missed"), bars, ("good", "bad"))]


def _folders(trials: Sequence[Trial]) -> Table:
    groups: defaultdict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[trial.sample.group].append(trial)
    columns = (
        "documents",
        "true_values",
        "located_share",
        "planted",
        "caught_share",
        "false_alarms",
        "false_alarms_earned",
    )
    named = [*sorted(groups.items()), ("all", list(trials))]
    rows = [
        (name, *(total[key] for key in (*columns, "false_alarm_share")))
        for name, each in named
        for total in [totals(each)]
    ]
    return Table(
        "folders",
        "By folder",
        (
            Column("folder", "folder", "text"),
            Column("documents", "documents"),
            Column("true_values", "true values"),
            Column("located_share", "located", "share"),
            Column("planted", "planted"),
            Column("caught_share", "caught", "share"),
            Column("false_alarms", "false alarms"),
            Column("false_alarms_earned", "earned"),
            Column("false_alarm_share", "of true values", "share"),
        ),
        rows,
        "Earned: the document gives the reason itself (a check digit that fails, a date or a currency sign"
        " with two readings); such an alarm counts as false all the same.",
    )


def _kinds(trials: Sequence[Trial]) -> Table:
    found: defaultdict[str, list[Planted]] = defaultdict(list)
    for trial in trials:
        for each in trial.planted:
            found[each.kind].append(each)
    rows = []
    for kind in KINDS:
        if kind in found:
            missed = Counter(_where(each) for each in found[kind] if not each.caught)
            caught = sum(each.caught for each in found[kind])
            pinned = share(sum(each.pinpointed for each in found[kind]), len(found[kind]))
            named = ", ".join(f"{field} {count}" for field, count in missed.most_common())
            rows.append((kind, len(found[kind]), caught, share(caught, len(found[kind])), pinned, named))
    return Table(
        "kinds",
        "By kind of error",
        (
            Column("kind", "kind", "text"),
            Column("planted", "planted"),
            Column("caught", "caught"),
            Column("caught_share", "caught", "share"),
            Column("pinpointed_share", "at the cell", "share"),
            Column("missed", "missed in", "text"),
        ),
        rows,
        "An error in a line is caught where a reason names the line; at the cell where it names that cell.",
    )


def _alarms(trials: Sequence[Trial]) -> Table:
    found = Counter(
        (alarm.code, alarm.field if alarm.cell is None else f"{alarm.field}.{alarm.cell}")
        for trial in trials
        for alarm in trial.alarms
    )
    return Table(
        "alarms",
        "False alarms by reason",
        (Column("code", "reason", "text"), Column("field", "field", "text"), Column("alarms", "alarms")),
        [(code, field, count) for (code, field), count in found.most_common()],
    )


def _lost(trials: Sequence[Trial]) -> Table:
    found = Counter(name for trial in trials for name in trial.lost)
    return Table(
        "lost",
        "True values without a place on the page",
        (Column("field", "field", "text"), Column("values", "values")),
        list(found.most_common()),
    )


def _missed(trials: Sequence[Trial]) -> Table:
    rows = [
        (trial.sample.name, each.kind, _where(each), str(each.change.value), str(each.true))
        for trial in trials
        for each in trial.planted
        if not each.caught
    ]
    keys = ("document", "kind", "field", "planted", "true")
    return Table(
        "missed",
        "Every error that was missed",
        tuple(Column(key, key, "text") for key in keys),
        rows,
        brief=[],
    )


def _left_out(trials: Sequence[Trial]) -> Table:
    return Table(
        "left_out",
        "Documents left out",
        (Column("document", "document", "text"), Column("why", "why", "text")),
        [(trial.sample.name, trial.left_out) for trial in trials if trial.left_out],
    )


def _where(planted: Planted) -> str:
    change = planted.change
    return f"{change.field}.{change.cell}" if isinstance(change, WrongCell) else change.field
