"""`python -m evaluation.track RESULT.json`: logs a run to Vertex AI Experiments.

Runs in an environment of its own (dependency group evaluation-track), the only place
where google-cloud-aiplatform is imported. Of the result, figures go out alone: no
document, no vendor, no value.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from common.config import Settings, settings

SECONDS = 180
"""The service's whole time; its client would wait for ever."""
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_FIELD_FIGURES = ("wrong_unflagged", "wrong", "missing", "exact_share")


class CannotTrack(Exception):
    """The run can't be logged; the message says what is missing."""


@dataclass(frozen=True)
class Run:
    """One run as Vertex AI Experiments takes it."""

    name: str
    params: Mapping[str, str]
    metrics: Mapping[str, float]


def run_of(result: Mapping[str, Any]) -> Run:
    """The run behind a result.json; raises CannotTrack for what is none."""
    try:
        facts, totals, tables = result["facts"], result["totals"], result["tables"]
        mode, when = str(result["mode"]), str(result["when"])
        params = {re.sub(r"\W+", "_", name): str(value) for name, value in facts.items()}
        metrics = {name: float(value) for name, value in totals.items() if value is not None}
        for row in tables.get("fields", []):
            for figure in _FIELD_FIGURES:
                if row[figure] is not None:
                    metrics[f"{row['field'].replace('.', '_')}_{figure}"] = float(row[figure])
        for row in tables.get("kinds", []):
            if row["caught_share"] is not None:
                metrics[f"caught_{re.sub(r'[^a-z0-9]+', '_', row['kind'].lower())}"] = float(
                    row["caught_share"]
                )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise CannotTrack("the file is no result of an evaluation") from fault
    name = re.sub(r"[^a-z0-9]+", "-", f"{mode}-{when[:19]}".lower()).strip("-")
    return Run(name, {"mode": mode, "when": when, **params}, metrics)


def log(run: Run, experiment: str, chosen: Settings) -> None:
    """Logs a run in the settings' project and location; raises CannotTrack, at the latest after SECONDS."""
    if not chosen.vertex_project:
        raise CannotTrack("VERTEX_PROJECT is not set: it names the project whose experiments the run goes to")
    credentials = _credentials()
    failed: list[Exception] = []

    def work() -> None:
        try:
            _send(run, experiment, chosen, credentials)
        except Exception as error:  # the client raises errors of many kinds; all end in one sentence
            failed.append(error)

    sending = threading.Thread(target=work, daemon=True)
    sending.start()
    sending.join(SECONDS)
    if sending.is_alive():
        raise CannotTrack(f"Vertex AI did not take the run within {SECONDS} seconds")
    if failed:
        said = str(failed[0]).splitlines() or [type(failed[0]).__name__]
        raise CannotTrack(f"Vertex AI refused the run: {said[0]}") from failed[0]


def _credentials() -> Any:
    import google.auth
    from google.auth.exceptions import GoogleAuthError

    try:
        return google.auth.default(scopes=[_SCOPE])[0]
    except GoogleAuthError as fault:
        raise CannotTrack("no Google credentials: run `gcloud auth application-default login`") from fault


def _send(run: Run, experiment: str, chosen: Settings, credentials: Any) -> None:
    # By its name: the environment in which types are checked can't have it.
    aiplatform = import_module("google.cloud.aiplatform")

    aiplatform.init(
        project=chosen.vertex_project,
        location=chosen.vertex_location,
        credentials=credentials,
        experiment=experiment,
        experiment_tensorboard=False,
    )
    with aiplatform.start_run(run.name):
        aiplatform.log_params(dict(run.params))
        aiplatform.log_metrics(dict(run.metrics))


def main(arguments: Sequence[str] | None = None) -> int:
    """Logs the run of a result file; 0 where the service has it."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.track", description="Logs a run to Vertex AI."
    )
    parser.add_argument("result", type=Path, metavar="RESULT.json")
    parser.add_argument("--experiment", default="invoice-extraction", help="default: %(default)s")
    asked = parser.parse_args(arguments)
    try:
        result = json.loads(asked.result.read_text("utf-8"))
        run = run_of(result)
        log(run, asked.experiment, settings())
    except (OSError, ValueError) as error:
        print(f"track: {asked.result} can't be read: {error}", file=sys.stderr)
        return 2
    except CannotTrack as error:
        print(f"track: {error}", file=sys.stderr)
        return 2
    print(f"logged: run {run.name} of experiment {asked.experiment}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
