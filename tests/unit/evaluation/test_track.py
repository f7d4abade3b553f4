"""What goes to Vertex AI Experiments, up to the edge: the service itself is not called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evaluation.track import CannotTrack, run_of

ROOT = Path(__file__).parents[3]
RESULT: dict[str, Any] = {
    "mode": "extraction",
    "when": "2026-11-24T18:20:00+00:00",
    "facts": {"folder": "invoices", "engine": "vertex", "read by": "vertex", "model": "gemini-2.5-pro"},
    "totals": {"wrong_unflagged": 3, "exact_share": 0.925, "usd": None},
    "tables": {
        "fields": [
            {"field": "items.quantity", "wrong_unflagged": 1, "wrong": 2, "missing": 0, "exact_share": 0.9}
        ],
        "misses": [{"document": "secret.pdf", "true": "4711", "read": "4712", "field": "invoice_number"}],
        "vendors": [{"vendor": "Secret GmbH"}],
    },
}


def tracked(file: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The program on a machine without Google credentials."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("GOOGLE", "VERTEX"))}
    own = {"HOME": str(file.parent), "CLOUDSDK_CONFIG": str(file.parent / "none"), "NO_GCE_CHECK": "true"}
    return subprocess.run(
        [sys.executable, "-m", "evaluation.track", str(file)],
        cwd=ROOT,
        env={**environ, **own, **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def written(folder: Path, result: object = RESULT) -> Path:
    file = folder / "result.json"
    file.write_text(json.dumps(result), "utf-8")
    return file


def test_a_run_has_the_settings_as_parameters_and_the_figures_as_metrics() -> None:
    run = run_of(RESULT)
    assert run.name == "extraction-2026-11-24t18-20-00"
    assert run.params["model"] == "gemini-2.5-pro"
    assert run.params["read_by"] == "vertex"
    assert run.metrics["wrong_unflagged"] == 3.0
    assert run.metrics["exact_share"] == 0.925
    assert run.metrics["items_quantity_wrong"] == 2.0


def test_an_unknown_price_is_left_out_and_never_0() -> None:
    assert "usd" not in run_of(RESULT).metrics


def test_no_document_vendor_or_value_leaves_the_machine() -> None:
    run = run_of(RESULT)
    gone = f"{run.params} {run.metrics}"
    assert not any(secret in gone for secret in ("Secret", "secret.pdf", "4711", "4712"))


def test_planted_errors_are_logged_by_kind() -> None:
    tables = {"kinds": [{"kind": "day/month swapped", "caught_share": 0.99}]}
    run = run_of({**RESULT, "mode": "planted errors", "tables": tables})
    assert run.metrics["caught_day_month_swapped"] == 0.99
    assert run.name.startswith("planted-errors-")


@pytest.mark.parametrize("result", [{}, [], {"facts": {}, "totals": 3, "tables": {}, "mode": "", "when": ""}])
def test_another_file_is_no_result(result: Any) -> None:
    with pytest.raises(CannotTrack, match="no result"):
        run_of(result)


def test_a_missing_project_is_one_sentence(tmp_path: Path) -> None:
    done = tracked(written(tmp_path))
    assert done.returncode == 2
    assert done.stderr == (
        "track: VERTEX_PROJECT is not set: it names the project whose experiments the run goes to\n"
    )


def test_missing_credentials_are_one_sentence(tmp_path: Path) -> None:
    done = tracked(written(tmp_path), VERTEX_PROJECT="my-project")
    assert done.returncode == 2
    assert done.stderr == "track: no Google credentials: run `gcloud auth application-default login`\n"


def test_a_file_that_can_not_be_read_is_one_sentence(tmp_path: Path) -> None:
    done = tracked(tmp_path / "none.json", VERTEX_PROJECT="my-project")
    assert done.returncode == 2
    assert done.stderr.startswith("track: ") and done.stderr.count("\n") == 1
