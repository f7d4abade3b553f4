"""What Terraform gives each function is what its code reads and does."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.checks.configuration import Configuration
from infra.checks.deployed import access, environment, needs
from infra.checks.reach import Place, reached
from infra.checks.routes import findings as route_findings
from infra.checks.routes import served_by
from infra.checks.settings_used import UnreadableConfig, variables

ROOT = Path(__file__).parents[3]
TERRAFORM = ROOT / "infra" / "terraform"
OURS = Configuration(TERRAFORM)


def test_every_functions_environment_and_secrets_are_those_that_its_code_reads() -> None:
    assert list(environment(OURS, ROOT)) == []


def test_every_functions_roles_are_those_that_its_code_uses() -> None:
    assert list(access(OURS, ROOT)) == []


def test_the_gateways_routes_are_those_that_the_functions_serve() -> None:
    assert list(route_findings(ROOT, OURS.local("functions"))) == []


def test_every_function_of_the_project_is_in_the_table() -> None:
    table = OURS.local("functions")
    folders = {path.parent.name for path in ROOT.glob("functions/*/main.py")}
    assert {row["bundle"] for row in table.values()} == folders
    assert {*table} - folders == {"extract_queue"}


def _changed(tmp_path: Path, old: str, new: str) -> Configuration:
    for path in TERRAFORM.glob("*.tf"):
        text = path.read_text("utf-8")
        (tmp_path / path.name).write_text(text.replace(old, new, 1), "utf-8")
    return Configuration(tmp_path)


def test_a_variable_too_few_and_one_too_many_are_found(tmp_path: Path) -> None:
    changed = _changed(tmp_path, '["CORS_ORIGINS", "GOOGLE_CLOUD_PROJECT"]', '["CORS_ORIGINS", "USD_INR"]')
    assert list(environment(changed, ROOT)) == [
        "auth's settings lack GOOGLE_CLOUD_PROJECT",
        "auth's settings have USD_INR, which the code does not read",
    ]


def test_a_secret_that_a_function_has_no_use_for_is_found(tmp_path: Path) -> None:
    changed = _changed(tmp_path, '["TOKEN_PUBLIC_KEYS"]', '["TOKEN_KEY", "TOKEN_PUBLIC_KEYS"]')
    assert list(environment(changed, ROOT)) == [
        "upload's secrets have TOKEN_KEY, which the code does not read"
    ]


def test_a_setting_that_nobody_can_give_is_found(tmp_path: Path) -> None:
    changed = _changed(tmp_path, '"USD_INR", "VERTEX_LOCATION",\n    ]', '"VERTEX_LOCATION",\n    ]')
    assert "settings that Terraform can give lack USD_INR" in list(environment(changed, ROOT))


def test_a_role_too_many_is_found(tmp_path: Path) -> None:
    changed = _changed(tmp_path, 'files        = "none"', 'files        = "write"')
    assert list(access(changed, ROOT)) == ["auth: files is 'write', and its code asks for 'none'"]


def test_only_auth_signs_tokens_and_only_the_queues_function_buries_messages() -> None:
    found = {name: needs(ROOT, row["bundle"], name) for name, row in OURS.local("functions").items()}
    assert [name for name, each in found.items() if "TOKEN_KEY" in each.secrets] == ["auth"]
    assert [name for name, each in found.items() if "DEAD_LETTER_TOPIC" in each.publishes] == [
        "extract_queue"
    ]


def test_each_entry_point_reaches_its_own_routes_alone() -> None:
    main = ROOT / "functions" / "extract" / "main.py"
    direct, queued = Place("common.direct", "read"), Place("common.arrivals", "handle")
    by_callers, by_the_queue = reached(ROOT, main, "extract"), reached(ROOT, main, "extract_queue")
    assert direct in by_callers and queued not in by_callers
    assert queued in by_the_queue and direct not in by_the_queue


MAIN = """
from common import one
from common.two import asked as renamed
app = App()

@app.route("GET", "/a/<number>/b/")
@app.route("HEAD", "/a/<number>/b/")
def shown(request, number):
    return one.first(number)

@app.route(ANY_METHOD, "/below/<path:rest>/")
def below(request, rest):
    return renamed()

@other.route("GET", "/elsewhere/")
def elsewhere(request):
    return one.never()

def entry(request):
    return app(request)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project: one.first() runs common.worker as a process, two.asked() uses a class."""
    (tmp_path / "common").mkdir()
    sources = {
        "main.py": MAIN,
        "common/__init__.py": "",
        "common/one.py": 'def first(n):\n    return run(["-m", "common.worker"])\ndef never():\n    pass\n',
        "common/two.py": "from common.config import settings\nclass Client:\n    def ask(self):\n"
        "        return settings().key\ndef asked():\n    return Client().ask()\nUNUSED = settings\n",
        "common/worker.py": "def work():\n    pass\n",
        "common/config.py": "def settings():\n    pass\n",
    }
    for name, source in sources.items():
        (tmp_path / name).write_text(source, "utf-8")
    return tmp_path


def test_what_an_entry_point_reaches_is_followed_through_routes_imports_and_processes(project: Path) -> None:
    code = reached(project, project / "main.py", "entry")
    for place in (
        Place("common.one", "first"),
        Place("common.two", "Client"),
        Place("common.worker", "work"),
        Place("common.config", "settings"),
    ):
        assert place in code
    assert Place("common.one", "never") not in code
    assert Place("common.two", "UNUSED") not in code


def test_routes_are_read_from_the_app_that_the_entry_point_calls(project: Path) -> None:
    found = {(route.path, route.method) for route in served_by(project / "main.py", "entry")}
    assert {("/a/{}/b", "GET"), ("/a/{}/b", "HEAD"), ("/below/{**}", "DELETE")} <= found
    assert "/elsewhere" not in {path for path, _ in found}


def test_a_setting_whose_variable_cant_be_told_is_an_error() -> None:
    with pytest.raises(UnreadableConfig):
        variables("def read(environ):\n    return Settings(a=environ.get(NAME))")
    with pytest.raises(UnreadableConfig):
        variables("def read(environ):\n    return environ")
