"""Whatever a Terraform file names is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.checks.configuration import Configuration
from infra.checks.expressions import code_in
from infra.checks.references import findings, of_module

TERRAFORM = Path(__file__).parents[3] / "infra" / "terraform"


def test_our_configuration_names_nothing_that_is_not_there() -> None:
    assert list(findings(TERRAFORM)) == []


GOOD = """
variable "name" {
  type = string
}

locals {
  both = { for key, value in { a = var.name } : key => "${value}-${google_thing.one.id}" if key != "b" }
}

resource "google_thing" "one" {
  name = "x-${var.name}"
  text = file("${path.module}/a.txt")
}

module "part" {
  source   = "./modules/part"
  for_each = local.both
  given    = each.value
}

output "all" {
  value = module.part["a"].made
}
"""
PART = """
variable "given" {
  type = string
}

output "made" {
  value = var.given
}
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A small configuration in which everything is there."""
    (tmp_path / "modules" / "part").mkdir(parents=True)
    (tmp_path / "modules" / "part" / "main.tf").write_text(PART, "utf-8")
    (tmp_path / "main.tf").write_text(GOOD, "utf-8")
    (tmp_path / "a.txt").write_text("", "utf-8")
    return tmp_path


def test_a_configuration_in_which_everything_is_there_passes(written: Path) -> None:
    assert list(findings(written)) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"x-${var.name}"', '"x-${var.nam}"', "var.nam is nowhere"),
        ("google_thing.one.id", "google_thing.two.id", "google_thing.two is nowhere"),
        ("= local.both", "= local.bth", "local.bth is nowhere"),
        ("each.value", "data.google_project.this.number", "data.google_project.this is nowhere"),
        ("/a.txt", "/b.txt", "there is no file ${path.module}/b.txt"),
        ("].made", "].done", "module.part has no output done"),
        ("module.part[", "module.prt[", "module.prt is nowhere"),
        ("  given    = each.value\n", "", "the module needs given"),
        ("each.value\n", "each.value\n  more = 1\n", "the module has no variable more"),
        ("./modules/part", "./modules/other", "there is no module ./modules/other"),
        ("google_thing.one.id", "google_thing.one[local.gone].id", "local.gone is nowhere"),
    ],
)
def test_what_is_not_there_is_named(written: Path, old: str, new: str, what: str) -> None:
    text = (written / "main.tf").read_text("utf-8")
    assert old in text
    (written / "main.tf").write_text(text.replace(old, new), "utf-8")
    assert any(what in finding for finding in of_module(Configuration(written)))


def test_what_nothing_uses_is_named(written: Path) -> None:
    (written / "more.tf").write_text('variable "unused" {\n  type = string\n}\n', "utf-8")
    assert list(findings(written)) == [f"{written.name}/more.tf (variable unused): nothing uses var.unused"]


def test_what_a_test_names_must_be_there_too(written: Path) -> None:
    (written / "tests").mkdir()
    (written / "tests" / "one.tftest.hcl").write_text(
        'variables {\n  nam = "x"\n}\n\nrun "first" {\n  assert {\n'
        '    condition     = google_thing.two.name == run.zeroth.all\n    error_message = "no"\n  }\n}\n',
        "utf-8",
    )
    found = " ".join(findings(written))
    for name in ("var.nam is nowhere", "google_thing.two is nowhere", "run.zeroth is nowhere"):
        assert name in found


def test_a_text_in_code_is_no_reference_and_code_in_a_text_is_one() -> None:
    assert [code.split() for code in code_in('${f("var.a", "${var.b}")}')] == [["f(", ",", ")"], ["var.b"]]
    assert list(code_in('$${var.a} and "${var.b}"')) == ["var.b"]


@given(st.text(alphabet='${}"\\ab.', max_size=40))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert all(isinstance(code, str) for code in code_in(text))
