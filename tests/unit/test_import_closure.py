"""What each function loads when it starts and when it answers: cold start is paid in imports."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

import pytest

from bundles.bundle import FUNCTIONS, ROOT

NEVER = ("google.cloud.aiplatform", "vertexai")
ONLY_EXTRACT = ("google.genai",)
ON_FIRST_USE = (
    "google.cloud.firestore",
    "google.cloud.firestore_v1",
    "google.cloud.storage",
    "google.cloud.pubsub_v1",
    "google.genai",
    "pypdfium2",
    "PIL",
    "numpy",
)

# A documented refusal of each function, which needs no service to be given.
REFUSED = {
    "auth": ("POST", "/signup/", "user_name and user_password are required"),
    "upload": ("POST", "/upload/", "user_id is required"),
    "invoices": ("GET", "/invoices/", "user_id is required"),
    "extract": ("POST", "/process-invoices/", "invoice_id is required"),
    "webhook": ("GET", "/webhook/show/?limit=0", "limit"),
    "check_ui": ("GET", "/check/", "id is required"),
}

# Loads main.py from its path, as the platform does, and answers one request.
CHILD = """
import json, sys
from functions_framework import create_app
target, source, method, path = sys.argv[1:]
app = create_app(target, source)
started = sorted(sys.modules)
body = {} if method == "GET" or target == "upload" else {"data": "{}", "content_type": "application/json"}
answer = app.test_client().open(path, method=method, **body)
answered = sorted(sys.modules)
answer = {"status": answer.status_code, "body": answer.text}
print(json.dumps({"started": started, "answered": answered, **answer}))
"""

each_function = pytest.mark.parametrize("name", FUNCTIONS)


@dataclass(frozen=True)
class Run:
    """The modules that a fresh interpreter held after the start and after an answer."""

    started: frozenset[str]
    answered: frozenset[str]
    status: int
    body: str


@cache
def run(name: str) -> Run:
    method, path, _ = REFUSED[name]
    source = ROOT / "functions" / name / "main.py"
    result = subprocess.run(
        [sys.executable, "-c", CHILD, name, str(source), method, path],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    seen = json.loads(result.stdout.splitlines()[-1])
    return Run(frozenset(seen["started"]), frozenset(seen["answered"]), seen["status"], seen["body"])


def loaded(modules: frozenset[str], names: tuple[str, ...]) -> set[str]:
    """Those of `names` that are among the modules, themselves or by a part."""
    return {name for name in names if any(m == name or m.startswith(name + ".") for m in modules)}


@each_function
def test_starting_a_function_loads_no_client_and_no_reader(name: str) -> None:
    assert loaded(run(name).started, ON_FIRST_USE) == set()


@each_function
def test_no_function_ever_loads_the_platform_library(name: str) -> None:
    assert loaded(run(name).answered, NEVER) == set()


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "extract"])
def test_only_extract_can_load_the_model_client(name: str) -> None:
    assert loaded(run(name).answered, ONLY_EXTRACT) == set()


@each_function
def test_the_answer_that_was_measured_is_the_documented_one(name: str) -> None:
    seen = run(name)
    assert seen.status == 400
    assert REFUSED[name][2] in seen.body


def test_the_measurement_sees_a_module_that_is_loaded_by_a_part_of_it() -> None:
    modules = frozenset({"google", "google.cloud", "google.cloud.storage_control", "vertexai.models"})
    assert loaded(modules, NEVER) == {"vertexai"}
    assert loaded(modules, ON_FIRST_USE) == set()
