"""The list of routes as people read it."""

from __future__ import annotations

import json
from pathlib import Path

from bundles.api_document import for_people, write

TEMPLATE = """
swagger: "2.0"
info: {title: T, version: "1"}
schemes: [https]
x-backends: {one: &one {address: "${one_url}", deadline: 30.0}}
tags: [{name: A, description: All.}]
paths:
  /: {get: {operationId: home, tags: [A], x-google-backend: *one}}
  /keys.json: {get: {operationId: keys, x-google-backend: *one}}
  /thing/{id}:
    parameters: [{name: id, in: path, type: string, required: true, x-nullable: true}]
    get: &get {operationId: read, x-caller: token, x-google-backend: *one}
    head: {<<: *get, operationId: describe}
    options: {operationId: preflight, x-google-backend: *one}
  /below/{rest=**}: {post: {operationId: deep, x-caller: key, x-google-backend: *one}}
  /check/static/{file=**}: {get: {operationId: file, x-google-backend: *one}}
"""


def test_paths_have_their_last_slash_and_what_only_gateways_need_is_gone() -> None:
    found = for_people(TEMPLATE)
    assert [*found["paths"]] == ["/", "/keys.json", "/thing/{id}/", "/below/{rest}/"]
    assert [*found["paths"]["/thing/{id}/"]] == ["parameters", "get"]
    assert found["paths"]["/"] == {"get": {"operationId": "home", "tags": ["A"]}}
    assert "schemes" not in found
    assert "x-backends" not in found
    assert found["paths"]["/thing/{id}/"]["parameters"][0]["x-nullable"] is True


def test_who_may_call_is_told_as_openapi_tells_it() -> None:
    found = for_people(TEMPLATE)
    assert found["paths"]["/thing/{id}/"]["get"]["security"] == [{"token": []}]
    assert found["paths"]["/below/{rest}/"]["post"]["security"] == [{"key": []}]
    assert {*found["securityDefinitions"]} == {"token", "key"}


def test_it_is_written_once_and_left_alone_afterwards(tmp_path: Path) -> None:
    first = write(tmp_path)
    when = first.stat().st_mtime_ns
    assert "/upload/" in json.loads(first.read_text("utf-8"))["paths"]
    assert write(tmp_path).stat().st_mtime_ns == when
    assert [each.name for each in tmp_path.iterdir()] == ["openapi.json"]
