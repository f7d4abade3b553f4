"""What a function reaches of common/ is found from its code, and nothing else is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from bundles.closure import closure


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small checkout: one function and a common/ of which it uses a part."""
    write(tmp_path, "common/__init__.py", "")
    write(tmp_path, "common/errors.py", "class Wrong(Exception): ...")
    write(tmp_path, "common/unused.py", "import enormous")
    write(tmp_path, "common/records/__init__.py", "")
    write(tmp_path, "common/records/users.py", "from common import errors\nimport decimal")
    write(tmp_path, "common/records/other.py", "")
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def reached(root: Path, main: str) -> set[str]:
    write(root, "functions/f/main.py", main)
    return {path.as_posix() for path in closure(root, root / "functions" / "f").shared}


def test_a_function_that_uses_nothing_takes_nothing(root: Path) -> None:
    assert reached(root, "import json") == set()


def test_an_imported_module_brings_its_packages_and_what_it_imports_itself(root: Path) -> None:
    assert reached(root, "import common.records.users") == {
        "common/__init__.py",
        "common/records/__init__.py",
        "common/records/users.py",
        "common/errors.py",
    }


def test_a_module_imported_from_its_package_is_taken_and_its_neighbour_is_not(root: Path) -> None:
    taken = reached(root, "from common.records import users")
    assert "common/records/users.py" in taken
    assert "common/records/other.py" not in taken


def test_a_name_imported_from_a_module_is_no_module(root: Path) -> None:
    assert reached(root, "from common.errors import Wrong") == {"common/__init__.py", "common/errors.py"}


def test_an_import_inside_a_function_counts(root: Path) -> None:
    assert "common/errors.py" in reached(root, "def f():\n    from common import errors\n")


def test_a_relative_import_counts(root: Path) -> None:
    write(root, "common/records/near.py", "from . import other\nfrom ..errors import Wrong")
    taken = reached(root, "import common.records.near")
    assert {"common/records/other.py", "common/errors.py"} <= taken


def test_a_relative_import_in_a_packages_own_file_starts_at_that_package(root: Path) -> None:
    write(root, "common/records/__init__.py", "from .other import x")
    assert "common/records/other.py" in reached(root, "import common.records")


def test_an_import_for_type_checkers_alone_does_not_count(root: Path) -> None:
    main = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import common.unused\n"
    assert reached(root, main) == set()


def test_what_runs_when_type_checkers_do_not_counts(root: Path) -> None:
    main = "import typing\nif typing.TYPE_CHECKING:\n    pass\nelse:\n    import common.errors\n"
    assert "common/errors.py" in reached(root, main)


def test_a_module_imported_by_its_name_in_a_string_counts(root: Path) -> None:
    main = "import importlib\nimportlib.import_module('common.errors')\n"
    assert "common/errors.py" in reached(root, main)


def test_a_module_that_runs_in_a_process_of_its_own_counts(root: Path) -> None:
    main = "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'common.records.users'])\n"
    assert {"common/records/users.py", "common/errors.py"} <= reached(root, main)


def test_a_data_file_beside_a_module_that_names_it_is_taken_and_another_is_not(root: Path) -> None:
    write(root, "common/prices.py", "from pathlib import Path\nPath(__file__).with_name('prices.toml')")
    write(root, "common/prices.toml", "")
    write(root, "common/notes.toml", "")
    taken = reached(root, "from common import prices")
    assert "common/prices.toml" in taken
    assert "common/notes.toml" not in taken


def test_a_folder_that_a_module_names_is_taken_whole_unless_it_holds_code(root: Path) -> None:
    write(root, "common/pages.py", "NAMES = ('templates', 'records')")
    write(root, "common/templates/base.html", "")
    write(root, "common/templates/parts/head.html", "")
    write(root, "common/drafts/base.html", "")
    taken = reached(root, "from common import pages")
    assert {"common/templates/base.html", "common/templates/parts/head.html"} <= taken
    assert not {"common/drafts/base.html", "common/records/users.py"} & taken


def test_every_file_of_the_function_is_followed(root: Path) -> None:
    write(root, "functions/f/pages/shown.py", "import common.errors")
    assert "common/errors.py" in reached(root, "from pages import shown")


def test_what_comes_from_elsewhere_is_named(root: Path) -> None:
    write(root, "functions/f/main.py", "from common.records import users\nfrom google.cloud import storage")
    foreign = closure(root, root / "functions" / "f").foreign
    assert {"decimal", "google.cloud", "google.cloud.storage"} <= foreign
    assert "enormous" not in foreign


def test_a_client_that_nothing_asks_for_brings_no_library(root: Path) -> None:
    write(
        root,
        "common/clients.py",
        "def firestore():\n    from google.cloud import firestore\n    return firestore.Client()\n"
        "def storage():\n    from google.cloud import storage\n    return storage.Client()\n",
    )
    write(
        root, "common/records/users.py", "from common import clients\nclients.firestore().collection('users')"
    )
    write(root, "functions/f/main.py", "from common.records import users")
    found = closure(root, root / "functions" / "f")
    assert Path("common/clients.py") in found.shared
    assert "google.cloud.firestore" in found.foreign
    assert "google.cloud.storage" not in found.foreign
