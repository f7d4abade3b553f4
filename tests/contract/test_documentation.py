"""The examples of the documentation, run as they stand."""

from __future__ import annotations

import base64
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from common.domain.exact_json import loads
from emulators.cloud import LocalOptions, local_cloud
from tests.documents import Drawn
from tests.environment import clean_environment
from tests.running import eventually

ROOT = Path(__file__).parents[2]
EXAMPLE = re.compile(
    r"```console\n\$ (?P<command>curl [^\n]+)\n```\n"
    r"```(?P<kind>json|text) (?P<status>\d+)\n(?P<answer>.*?)\n```",
    re.DOTALL,
)
STATUS = "\n%{http_code}"


def examples(page: str) -> list[re.Match[str]]:
    """The page's commands with the answers that it promises."""
    return list(EXAMPLE.finditer((ROOT / page).read_text("utf-8")))


def shape(value: Any) -> Any:
    """What must be true of every answer of one kind: names and types, not ids, times and figures."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shape(member) for member in value[:1]]
    if isinstance(value, bool) or value is None:
        return value
    return "text" if isinstance(value, str) else "number"


def holds(promised: Any, answered: Any) -> bool:
    """Whether an answer has all that is promised; it may have more."""
    if isinstance(promised, dict):
        return isinstance(answered, dict) and all(
            name in answered and (holds(member, answered[name]) or answered[name] is None)
            for name, member in promised.items()
        )
    if isinstance(promised, list):
        return isinstance(answered, list) and (
            not promised or (bool(answered) and holds(promised[0], answered[0]))
        )
    return bool(shape(promised) == shape(answered))


def run(command: str, url: str, folder: Path) -> tuple[int, str]:
    """Runs one curl command against the system at `url`."""
    words = shlex.split(command.replace("http://localhost:8000", url))
    done = subprocess.run(
        [*words, "-sS", "-w", STATUS], cwd=folder, capture_output=True, timeout=120, check=True
    )
    text, _, status = done.stdout.decode("utf-8", "replace").rpartition("\n")
    return int(status), text


@pytest.mark.parametrize("page", ["docs/api.md", "README.md"])
def test_every_example_is_answered_as_documented(page: str, tmp_path: Path) -> None:
    pdf = Drawn().pdf()
    (tmp_path / "invoice.pdf").write_bytes(pdf)
    (tmp_path / "contract.pdf").write_bytes(pdf)
    found = examples(page)
    assert found
    options = LocalOptions(folder=tmp_path / "local", port=0, environ=clean_environment())
    with local_cloud(options) as cloud:
        for example in found:
            command = example["command"].replace("your_api_key", cloud.api_key)
            if "wrong" not in command:
                command = command.replace("JVBERi0xLjQK...", base64.b64encode(pdf).decode())
            if "/invoices/" in command or "/data/" in command or '"user_id": "123"' in command:
                eventually(lambda: '"data_fetch":"Y"' in run(LIST, cloud.gateway_url, tmp_path)[1])
            status, text = run(command, cloud.gateway_url, tmp_path)
            assert status == int(example["status"]), (example["command"], text[:500])
            if example["kind"] == "text":
                assert text == example["answer"]
                continue
            promised, answered = loads(example["answer"]), loads(text)
            assert holds(promised, answered), (example["command"], text[:1500])
            if status >= 400:
                assert promised == answered


LIST = 'curl "http://localhost:8000/invoices/?user_id=123"'


def test_an_answer_that_lacks_a_documented_name_is_noticed() -> None:
    assert holds({"a": 1, "b": [{"c": "x"}]}, {"a": 2, "b": [{"c": "y", "d": 1}], "e": None})
    assert not holds({"a": 1}, {"b": 1})
    assert not holds({"a": 1}, {"a": "1"})
    assert not holds({"a": [{"c": 1}]}, {"a": []})
