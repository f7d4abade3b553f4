"""The page of what is deployed names each bundle's modules and counts what its process loads."""

from __future__ import annotations

from benchmarks.closures import Closure, page


def test_each_bundle_has_a_row_and_its_modules_by_package() -> None:
    shared = ("common.logs", "common.http.app", "common.http.body", "common.accounts")
    loaded = frozenset({"flask", "common", "common.logs", "common.http.app"})
    text = page([Closure("auth", 41_250, shared, 31, loaded, 34.2), Closure("upload", 9, (), 1, loaded, 1)])
    assert "| auth | 41 | 4 | 31 | 4 | 3 | 34 |" in text
    assert "- `common`: accounts, logs\n- `common.http`: app, body\n" in text
    assert text.index("## auth") < text.index("## upload")
