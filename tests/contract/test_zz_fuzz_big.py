"""Whatever is sent to a documented route, the answer is one that the list of routes documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from emulators.gateway.openapi import document, plain
from tests.running import RunningCloud

TEMPLATE = Path(__file__).parents[2] / "infra/terraform/openapi.yaml.tftpl"
FUNCTIONS = ("auth", "upload", "invoices", "extract", "webhook", "check_ui")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

schema = schemathesis.openapi.from_dict(
    plain(document(TEMPLATE.read_text("utf-8"), {name: f"http://{name}" for name in FUNCTIONS}))
).exclude(method="OPTIONS")


@schema.parametrize()
@settings(
    max_examples=200,
    deadline=None,
    derandomize=False,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.timeout(600)
def test_no_answer_is_outside_the_list_of_routes(case: schemathesis.Case[Any], cloud: RunningCloud) -> None:
    case.call_and_validate(base_url=cloud.gateway, checks=CHECKS, timeout=60)
