"""`python -m evaluation DIR`: scores extractions, or the checks on planted errors."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from common.config import BadSetting, settings
from common.errors import Unavailable
from common.extraction import pipeline, reader
from emulators.cloud import CannotStart, PartEnded
from evaluation import accuracy, engine, options, reading, spending
from evaluation.folder import BadFolder, samples
from evaluation.options import Options
from evaluation.planting import tallies, trial
from evaluation.report import Report
from evaluation.sample import Sample
from evaluation.tables import printable


class NotAgreed(Exception):
    """A run that costs money was not agreed to; the message has the estimate."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what is asked for, writes the result and prints the tables; 0 where that was possible."""
    asked = options.read(arguments)
    try:
        found = samples(asked.folder, originals=asked.originals)
        limits = pipeline.Limits(seconds=settings().extract_seconds, ocr=asked.ocr)
        report = _planted(found, asked, limits) if asked.plant else _extracted(found, asked, limits)
    except (BadFolder, BadSetting, Unavailable, CannotStart, PartEnded, NotAgreed) as error:
        print(f"evaluation: {printable(str(error))}", file=sys.stderr)
        return 2
    finally:
        reader.close()
    data, page = report.write(asked.output)
    print(report.as_text())
    print(f"written: {data}, {page}")
    return 0


def _extracted(found: Sequence[Sample], asked: Options, limits: pipeline.Limits) -> Report:
    model = asked.model or settings().extraction_model
    with engine.service(asked.engine, asked.profile) as service:
        if asked.engine != "stand-in":
            likely = spending.estimate(found, service.endpoint, asked.profile, model, limits)
            print(likely.told(model), flush=True)
            if likely.questions and not asked.yes:
                raise NotAgreed("nothing was asked or spent; give --yes to go on")
        documents = []
        for sample in found:
            documents.append(reading.read(sample, service, model, limits))
            _progress(len(documents), len(found))
    reader_name = {
        "stand-in": "the offline stand-in, no model of Google's; its prices are what the model would cost"
    }
    return Report(
        "extraction",
        datetime.now(UTC),
        {
            "folder": asked.folder.resolve().name,
            "engine": asked.engine,
            "read by": reader_name.get(asked.engine, asked.engine),
            "model": model,
            "profile": asked.profile,
        },
        (
            "wrong_unflagged",
            "Wrong values that no reason for review names, so that they would be booked unseen",
        ),
        accuracy.totals(documents),
        accuracy.tables(documents),
        accuracy.plots(documents),
    )


def _planted(found: Sequence[Sample], asked: Options, limits: pipeline.Limits) -> Report:
    trials = []
    for sample in found:
        trials.append(trial.try_out(sample, limits, asked.seed))
        _progress(len(trials), len(found))
    return Report(
        "planted errors",
        datetime.now(UTC),
        {
            "folder": asked.folder.resolve().name,
            "engine": "none: the truth is the answer",
            "seed": str(asked.seed),
        },
        ("missed", "Planted errors that no reason for review names, so that they would be booked unseen"),
        tallies.totals(trials),
        tallies.tables(trials),
        tallies.plots(trials),
    )


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
