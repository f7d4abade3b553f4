"""The API's own document: whole, valid, and of the very server that gives it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from openapi_spec_validator import validate

from emulators.gateway.openapi import document, plain
from tests.contract.test_openapi_fuzz import FUNCTIONS, TEMPLATE
from tests.running import RunningCloud

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def found(http: httpx.Client) -> dict[str, Any]:
    answer = http.get("/docs/openapi.json")
    assert answer.status_code == 200
    given: dict[str, Any] = answer.json()
    return given


def test_it_is_a_valid_document_of_the_server_that_was_asked(
    found: dict[str, Any], cloud: RunningCloud
) -> None:
    validate(found)
    address = urlsplit(cloud.gateway)
    assert (found["schemes"], found["host"]) == ([address.scheme], address.netloc)


def test_it_has_every_route_but_those_of_page_files_and_preflights(found: dict[str, Any]) -> None:
    routes = plain(document(TEMPLATE.read_text("utf-8"), {name: f"http://{name}" for name in FUNCTIONS}))
    wanted = {
        (path.rstrip("/"), method)
        for path, item in routes["paths"].items()
        for method in item
        if method not in ("parameters", "options", "head") and not path.startswith("/check/static")
    }
    given = {
        (path.rstrip("/"), method)
        for path, item in found["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert given == wanted
    tags = {each["name"] for each in found["tags"]}
    for path, item in found["paths"].items():
        for method, each in item.items():
            assert method == "parameters" or {*each["tags"]} <= tags, (method, path)


def test_what_only_gateways_need_is_left_out_and_who_may_call_is_told(found: dict[str, Any]) -> None:
    assert not [
        name
        for name in re.findall(r'"(x-[a-z-]+)":', httpx.Response(200, json=found).text)
        if name != "x-nullable"
    ]
    assert found["paths"]["/upload/"]["post"]["security"] == [{"token": []}]
    assert found["paths"]["/process-pdf/gemini/"]["post"]["security"] == [{"key": []}]
    assert "security" not in found["paths"]["/login/"]["post"]
    assert {"token", "key"} == {*found["securityDefinitions"]}


@pytest.mark.parametrize("path", ["/", "/docs/"])
def test_the_pages_are_under_the_strict_policy(http: httpx.Client, path: str) -> None:
    page = http.get(path, headers={"Accept": BROWSER})
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    # The renderer's stylesheet holds its arrows itself; nothing else may come so, and on no other page.
    assert re.findall(r"([a-z-]+) [^;]*data:", policy) == (["img-src"] if path == "/docs/" else [])


def test_the_overview_leads_to_each_call_in_the_reference(http: httpx.Client, found: dict[str, Any]) -> None:
    page = http.get("/").text
    for path in found["paths"]:
        assert f'<span class="path">{path}</span>' in page
    assert 'href="/docs/#/Reading%20at%20once/extractData"' in page
