"""The commands around Terraform, as far as they go without a cloud, and the pages about them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bundles.bundle import BUNDLES, FUNCTIONS, WITH_OCR
from common.dead_letters import KEPT_BY
from emulators.cloud.environment import DEAD_TOPIC, TOPIC
from emulators.cloud.wiring import DEAD_LETTERS
from infra import costs
from infra.checks.checkov import explanations
from infra.checks.configuration import Configuration
from infra.checks.documents import titles
from infra.checks.log_lines import findings as log_findings
from infra.checks.log_lines import written
from infra.checks.openapi import local
from infra.deploy import bundles, targets

ROOT = Path(__file__).parents[3]
TERRAFORM = ROOT / "infra" / "terraform"


def test_a_bundle_is_deployed_with_every_entry_point_it_has() -> None:
    assert targets(["upload"]) == ['module.function["upload"]']
    assert targets(["extract"]) == ['module.function["extract"]', 'module.function["extract_queue"]']
    table = Configuration(TERRAFORM).local("functions")
    assert {*targets(list(FUNCTIONS))} == {f'module.function["{name}"]' for name in table}


def test_every_bundle_that_terraform_may_choose_is_built_before() -> None:
    assert {*bundles([])} == {*BUNDLES}
    assert bundles(["upload"]) == ["upload"]
    assert bundles(["extract"]) == ["extract", WITH_OCR]
    assert f"extract{_suffix()}" == WITH_OCR


def _suffix() -> str:
    """What Terraform adds to a bundle's name where text is recognised."""
    (block,) = [each for each in Configuration(TERRAFORM).of_kind("module") if each.labels == ("function",)]
    found = re.search(r'\? "(\w+)" : ""', block.body["bundle"])
    assert found is not None
    return found[1]


def test_the_local_form_of_the_routes_is_valid() -> None:
    assert list(local(ROOT, FUNCTIONS)) == []


def test_every_finding_of_checkov_is_explained_in_words() -> None:
    assert all(len(reason) > 20 for reason in explanations(TERRAFORM).values())


def test_every_alert_has_its_heading() -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert titles(TERRAFORM) >= {"Error rate", "Slow answers", "Dead letters", "Oldest message", "Spend"}
    assert all(f"## {title}\n" in text for title in titles(TERRAFORM))


def test_dead_letters_are_kept_where_the_command_looks_for_them() -> None:
    configuration = Configuration(TERRAFORM)
    topics = [configuration.resource("google_pubsub_topic", name)["name"] for name in ("files", "dead")]
    kept = configuration.resource("google_pubsub_subscription", "dead")["name"]
    assert topics == [TOPIC, DEAD_TOPIC]
    assert kept == DEAD_LETTERS == DEAD_TOPIC + KEPT_BY


def test_the_costs_in_the_documentation_are_those_of_the_price_book() -> None:
    assert "\n".join(costs.table()) in (ROOT / "docs" / "deploy.md").read_text("utf-8")


@pytest.fixture
def logging_project(tmp_path: Path) -> Path:
    """A project that logs two lines, and counts three."""
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "one.py").write_text(
        'def f(ok):\n    logs.info("done" if ok else "undone", seconds=1)\n    logs.warning("odd")\n', "utf-8"
    )
    (tmp_path / "metrics.tf").write_text(
        "locals {\n  metrics = {\n"
        '    a = { message = "done", labels = [], value = "seconds" }\n'
        '    b = { message = "odd", labels = ["why"], value = null }\n'
        '    c = { message = "gone", labels = [], value = null }\n  }\n}\n',
        "utf-8",
    )
    return tmp_path


def test_a_metric_of_a_line_or_a_field_that_is_not_logged_is_found(logging_project: Path) -> None:
    assert list(log_findings(Configuration(logging_project), logging_project)) == [
        "metric b: the line 'odd' has no why",
        "metric c: nothing logs 'gone'",
    ]


def test_the_lines_that_end_a_reading_are_logged() -> None:
    assert {"invoice read", "invoice not read", "model call", "internal error"} <= {*written(ROOT)}
