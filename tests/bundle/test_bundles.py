"""Each function's bundle starts and answers by itself, and holds what it uses and nothing else."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import re
import sys
import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from benchmarks import closures
from bundles.bundle import BUNDLES, FUNCTIONS, ROOT, WITH_OCR, Bundle, build
from bundles.closure import closure
from tests.bundle.installed import Installed
from tests.documents import Drawn

each_function = pytest.mark.parametrize("name", FUNCTIONS)

# The framework runs main.py from outside; no code of ours imports it.
RUNNER = "functions-framework"

# Text recognition is an extra of its own, used where it is installed; numpy comes with it.
EXTRAS = {"extract": {"numpy", "rapidocr"}}


def requirements(bundle: Bundle) -> dict[str, str]:
    """Name to version of everything that the bundle installs."""
    text = (bundle.folder / "requirements.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


def direct_requirements(group: str) -> set[str]:
    """The distributions that a dependency group of pyproject.toml names itself."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    names: set[str] = set()
    for entry in groups[group]:
        if isinstance(entry, str):
            names.add(re.split(r"[\[<>=~! ;]", entry, maxsplit=1)[0])
        else:
            names |= direct_requirements(entry["include-group"])
    return names


@pytest.mark.parametrize("name", BUNDLES)
def test_its_modules_are_those_that_the_documentation_lists(
    built: Callable[[str], Bundle], name: str
) -> None:
    page = (ROOT / "docs" / "bundles.md").read_text("utf-8")

    listed = page.split(f"## {name}\n")[1].split("\n## ")[0].strip().splitlines()

    assert [f"## {name}", "", *listed] == closures.section(name, closures.modules(built(name).folder))


@each_function
def test_a_bundle_alone_starts_and_answers_in_the_documented_shape(
    name: str, installed: Callable[[str], Installed]
) -> None:
    with installed(name).served(name) as client:
        answer = client.get("/no/such/path/", headers={"X-Request-Id": "from-the-test"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-request-id"] == "from-the-test"
    assert answer.json() == {"error": "Not found"}


def test_the_queues_entry_point_starts_from_the_same_bundle_and_has_its_own_routes(
    installed: Callable[[str], Installed],
) -> None:
    with installed("extract").served("extract_queue") as client:
        answer = client.post("/process-invoices/", json={})
        refused = client.get("/")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})
    assert (refused.status_code, refused.json()) == (405, {"error": "Method not allowed"})


@pytest.mark.parametrize(("name", "path"), [("webhook", "/webhook/show/"), ("check_ui", "/review/")])
def test_a_bundle_with_a_page_holds_what_all_pages_share(
    installed: Callable[[str], Installed], name: str, path: str
) -> None:
    with installed(name).served(name) as client:
        page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert f'<a href="{path}" aria-current="page">' in page.text
    assert '<script type="importmap"' in page.text


def test_the_pages_bundle_holds_the_apis_document_and_what_draws_it(
    installed: Callable[[str], Installed],
) -> None:
    with installed("check_ui").served("check_ui") as client:
        overview, page = client.get("/"), client.get("/docs/")
        document = client.get("/docs/openapi.json")
        script = re.search(r'src="([^"]+/swagger-ui\.js)"', page.text)
        assert script is not None
        drawn = client.get(script[1])
    assert [answer.status_code for answer in (overview, page, document, drawn)] == [200] * 4
    assert "/upload/" in document.json()["paths"]
    assert "SwaggerUIBundle" in drawn.text


@each_function
def test_every_module_of_a_bundle_imports_in_its_environment(
    name: str, installed: Callable[[str], Installed]
) -> None:
    function = installed(name)
    modules = [
        ".".join(path.relative_to(function.folder).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(function.folder.rglob("*.py"))
        if path.name != "__main__.py"
    ]
    assert "main" in modules
    function.python(
        "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)", *modules
    )


@each_function
def test_every_library_that_a_bundle_asks_for_is_in_its_environment(
    name: str, installed: Callable[[str], Installed]
) -> None:
    function = installed(name)
    extras = EXTRAS.get(name, set())
    asked = sorted(
        library
        for library in closure(ROOT, ROOT / "functions" / name).foreign
        if library.partition(".")[0] not in extras
    )
    code = """
import importlib, json, sys
def there(name):
    above, _, last = name.rpartition(".")
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        return bool(above) and there(above) and hasattr(sys.modules[above], last)
    return True
print(json.dumps([name for name in sys.argv[1:] if not there(name)]))
"""
    assert json.loads(function.python(code, *asked)) == []


@each_function
def test_every_requirement_of_a_function_is_imported_by_its_code(name: str) -> None:
    origins = set()
    for module in closure(ROOT, ROOT / "functions" / name).foreign:
        if module.partition(".")[0] not in sys.stdlib_module_names:
            try:
                spec = importlib.util.find_spec(module)
            except (ModuleNotFoundError, ValueError):  # a name within a module, or a module that wraps itself
                continue
            if spec is not None and spec.origin is not None:
                origins.add(Path(spec.origin).resolve())
    for requirement in direct_requirements(name) - {RUNNER}:
        files = importlib.metadata.files(requirement) or []
        assert origins & {Path(str(file.locate())).resolve() for file in files}, requirement


@each_function
def test_only_the_extract_function_carries_the_model_client(
    name: str, built: Callable[[str], Bundle]
) -> None:
    held = requirements(built(name))
    assert ("google-genai" in held) == (name == "extract")
    assert "google-cloud-aiplatform" not in held


@each_function
def test_every_requirement_is_pinned_with_hashes_and_names_no_index(
    name: str, built: Callable[[str], Bundle]
) -> None:
    text = (built(name).folder / "requirements.txt").read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?! )", text) if entry.strip()]
    assert len(entries) == len(requirements(built(name)))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


@each_function
def test_building_again_gives_the_same_bytes(
    name: str, built: Callable[[str], Bundle], tmp_path: Path
) -> None:
    again = build(name, tmp_path)
    digests = [sha256(bundle.archive.read_bytes()).hexdigest() for bundle in (built(name), again)]
    assert digests[0] == digests[1]


@each_function
def test_an_archive_holds_code_and_data_of_the_function_alone(
    name: str, built: Callable[[str], Bundle]
) -> None:
    with ZipFile(built(name).archive) as archive:
        names = archive.namelist()
    assert {"main.py", "requirements.txt", "common/__init__.py", "common/http/app.py"} <= set(names)
    tops = {entry.partition("/")[0] for entry in names}
    own = {path.name for path in (ROOT / "functions" / name).iterdir()}
    assert tops - own == {"common", "requirements.txt"}
    assert not [entry for entry in names if entry.endswith(".pyc") or "__pycache__" in entry]
    assert not tops & {"tests", "emulators", "infra", "node_modules"}


def test_extraction_stays_out_of_the_bundles_that_never_extract(built: Callable[[str], Bundle]) -> None:
    for name in ("auth", "upload", "invoices", "webhook"):
        assert not (built(name).folder / "common" / "extraction" / "pipeline.py").exists(), name
    assert not (built("auth").folder / "common" / "files").exists()


def test_text_in_a_scan_is_recognised_where_the_bundle_has_what_it_takes(
    installed: Callable[[str], Installed], tmp_path: Path
) -> None:
    drawn = Drawn()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(drawn.scan())
    code = """
import sys
from pathlib import Path
from common.reading import check_ocr, limits
from common.extraction import reader
check_ocr()
(page,) = reader.read(Path(sys.argv[1]).read_bytes(), limits()).pages
print(page.source, page.text)
"""
    function = installed(WITH_OCR)
    said = function.python(code, str(scan), EXTRACT_OCR="on")
    assert said.startswith("ocr ")
    assert drawn.number in said
    assert function.python(code, str(scan)).strip() == "text"


def test_with_recognition_on_a_bundle_that_lacks_it_does_not_start(
    installed: Callable[[str], Installed],
) -> None:
    code = """
try:
    import main
except ValueError as error:
    print(error)
"""
    assert "EXTRACT_OCR is on, and rapidocr is not installed" in installed("extract").python(
        code, EXTRACT_OCR="on"
    )
    assert installed(WITH_OCR).python(code, EXTRACT_OCR="on") == ""


def test_the_larger_bundle_holds_the_same_code(built: Callable[[str], Bundle]) -> None:
    one, other = built("extract"), built(WITH_OCR)
    code = [
        {path.relative_to(bundle.folder): path.read_bytes() for path in bundle.folder.rglob("*.py")}
        for bundle in (one, other)
    ]
    assert code[0] == code[1]
    assert requirements(one).items() < requirements(other).items()
    assert {"rapidocr", "onnxruntime"} <= {*requirements(other)} - {*requirements(one)}
