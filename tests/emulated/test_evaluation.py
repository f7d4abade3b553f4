"""The evaluation as a program, on the project's own samples and against a real stand-in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from common.domain import exact_json
from emulators.cloud import LocalCloud, LocalOptions, local_cloud
from emulators.samples import samples
from tests.environment import clean_environment

ROOT = Path(__file__).parents[2]
WRONG = "us-invoice"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sample with a text layer and its truth, in two folders; one truth has another total."""
    made = tmp_path_factory.mktemp("documents")
    for sample in samples():
        if sample.name == "scanned-invoice.pdf":
            continue
        below = made / ("credit" if "credit" in sample.name else "invoices")
        below.mkdir(exist_ok=True)
        truth = dict(sample.truth)
        if sample.name == f"{WRONG}.pdf":
            truth["total_amt"] = Decimal("3072.15")
        (below / sample.name).write_bytes(sample.pdf)
        (below / sample.name).with_suffix(".json").write_text(exact_json.dumps(truth), "utf-8")
    return made


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    none = {"GEMINI_API_KEY": "", "GEMINI_BASE_URL": "", "VERTEX_PROJECT": "", "VERTEX_BASE_URL": ""}
    options = LocalOptions(
        folder=tmp_path_factory.mktemp("local"), port=0, parts=frozenset({"gemini"}), settings=none
    )
    with local_cloud(options) as cloud:
        yield cloud


def evaluate(folder: Path, output: Path, *more: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evaluation", str(folder), "--output", str(output), *more],
        cwd=ROOT,
        env={**clean_environment(), **settings},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def result(output: Path) -> dict[str, Any]:
    found = exact_json.loads((output / "result.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any], str]:
    """What a person sees, the JSON, and the page."""
    output = tmp_path_factory.mktemp("output") / "here"
    done = evaluate(folder, output)
    assert done.returncode == 0, done.stderr
    return done.stdout, result(output), (output / "report.html").read_text("utf-8")


def test_a_value_that_differs_from_the_truth_is_the_only_one_that_counts_as_wrong(
    read: tuple[str, dict[str, Any], str],
) -> None:
    _, found, _ = read
    (miss,) = [row for row in found["tables"]["misses"] if row["outcome"] == "wrong"]
    assert miss["document"] == f"invoices/{WRONG}.pdf"
    assert (miss["field"], miss["true"], miss["read"]) == ("total_amt", "3072.15", "3072.14")
    assert miss["flagged"] == "no"
    assert found["totals"]["wrong_unflagged"] == 1


def test_fields_vendors_lines_tokens_cost_and_time_are_told(read: tuple[str, dict[str, Any], str]) -> None:
    text, found, page = read
    totals, tables = found["totals"], found["tables"]
    assert text.startswith("Wrong values that no reason for review names")
    assert totals["documents"] == len(tables["documents"]) == 6
    assert totals["line_precision"] == totals["line_recall"] == 1
    assert totals["input_tokens"] > 1000 and totals["usd"] > 0
    assert totals["local_ms_median"] > 0 and totals["model_ms_median"] > 0
    assert [row["folder"] for row in tables["folders"]] == ["credit", "invoices", "all"]
    assert any(row["vendor"] == "Alder & Finch Instruments, Inc." for row in tables["vendors"])
    assert next(row for row in tables["fields"] if row["field"] == "invoice_number")["exact_share"] == 1
    by_folder = {(row["folder"], row["field"]) for row in tables["fields_by_folder"]}
    assert {("credit", "total_amt"), ("invoices", "total_amt")} <= by_folder
    assert "By field and vendor" in text and "<svg" in page
    assert "Alder &amp; Finch" in page


def test_planted_errors_are_reported_by_kind_without_any_model(folder: Path, tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    done = evaluate(folder / "credit", tmp_path, "--plant", GEMINI_BASE_URL=nowhere)
    assert done.returncode == 0, done.stderr
    found = result(tmp_path)
    kinds = {row["kind"]: row for row in found["tables"]["kinds"]}
    assert {"digit swap", "dropped line", "hidden text's value", "wrong currency"} <= set(kinds)
    assert found["totals"]["planted"] == sum(row["planted"] for row in kinds.values())
    assert found["totals"]["caught_share"] > Decimal("0.9")
    assert found["totals"]["false_alarms"] == 0


def test_the_same_seed_plants_the_same_errors(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert evaluate(folder / "credit", tmp_path / name, "--plant", "--seed", "7").returncode == 0
    assert result(tmp_path / "one")["tables"] == result(tmp_path / "two")["tables"]


def test_a_service_that_costs_money_is_asked_only_after_a_yes(
    folder: Path, stand_in: LocalCloud, tmp_path: Path
) -> None:
    def calls() -> int:
        return len(httpx.get(f"{stand_in.urls['gemini']}/control/calls", timeout=30).json()["calls"])

    before = calls()
    settings = {"GEMINI_BASE_URL": stand_in.urls["gemini"], "GEMINI_API_KEY": "any"}
    refused = evaluate(folder / "credit", tmp_path / "a", "--engine", "gemini", **settings)
    assert refused.returncode == 2
    assert "Documents: 1; questions to gemini-2.5-pro: 1, together about" in refused.stdout
    assert "USD" in refused.stdout and "--yes" in refused.stderr
    assert calls() == before and not (tmp_path / "a").exists()
    agreed = evaluate(folder / "credit", tmp_path / "b", "--engine", "gemini", "--yes", **settings)
    assert agreed.returncode == 0, agreed.stderr
    assert calls() == before + 1
    assert result(tmp_path / "b")["totals"]["model_calls"] == 1


def test_a_model_that_fails_leaves_values_missing_and_its_calls_counted(
    folder: Path, stand_in: LocalCloud, tmp_path: Path
) -> None:
    faults = f"{stand_in.urls['gemini']}/control/faults"
    httpx.post(faults, json={"fault": "503", "times": None}, timeout=30).raise_for_status()
    settings = {"GEMINI_BASE_URL": stand_in.urls["gemini"], "GEMINI_API_KEY": "any"}
    try:
        done = evaluate(folder / "credit", tmp_path, "--engine", "gemini", "--yes", **settings)
    finally:
        httpx.delete(faults, timeout=30).raise_for_status()
    assert done.returncode == 0, done.stderr
    totals = result(tmp_path)["totals"]
    assert (totals["failed"], totals["model_calls"], totals["wrong"]) == (1, 3, 0)
    assert totals["missing"] > 10


@pytest.mark.parametrize(
    ("engine", "said"), [("gemini", "GEMINI_API_KEY is missing"), ("vertex", "VERTEX_PROJECT is missing")]
)
def test_an_engine_that_is_not_set_up_is_one_sentence(
    folder: Path, tmp_path: Path, engine: str, said: str
) -> None:
    done = evaluate(folder, tmp_path, "--engine", engine)
    assert done.returncode == 2
    assert said in done.stderr and done.stderr.count("\n") == 1
