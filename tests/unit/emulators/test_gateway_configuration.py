"""The bootstrap listens on loopback alone and knows every function."""

from __future__ import annotations

import json
from typing import Any

import pytest

from emulators.gateway import configuration
from tests.unit.emulators.test_gateway_openapi import FUNCTIONS, TEMPLATE

UPSTREAMS = {name: f"http://127.0.0.1:{41001 + number}" for number, name in enumerate(FUNCTIONS)}


def made(**settings: Any) -> dict[str, Any]:
    return configuration(TEMPLATE, UPSTREAMS, port=8000, admin_port=8001, **settings)


def sockets(bootstrap: dict[str, Any]) -> set[tuple[str, int]]:
    [listener] = bootstrap["static_resources"]["listeners"]
    addresses = [listener["address"], *(each["address"] for each in listener["additional_addresses"])]
    return {(each["socket_address"]["address"], each["socket_address"]["port_value"]) for each in addresses}


def test_each_function_is_a_cluster_at_its_address() -> None:
    found = {
        cluster["name"]: cluster["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]["address"]
        for cluster in made()["static_resources"]["clusters"]
    }
    assert found == {
        name: {"socket_address": {"address": "127.0.0.1", "port_value": int(url.rpartition(":")[2])}}
        for name, url in UPSTREAMS.items()
    }


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["127.0.0.1", "::1"]])
def test_it_listens_where_it_is_told(addresses: list[str]) -> None:
    assert sockets(made(addresses=addresses)) == {(address, 8000) for address in addresses}


def test_by_itself_it_listens_on_loopback_alone() -> None:
    bootstrap = made()
    assert ("127.0.0.1", 8000) in sockets(bootstrap)
    assert sockets(bootstrap) <= {("127.0.0.1", 8000), ("::1", 8000)}
    assert bootstrap["admin"]["address"]["socket_address"] == {"address": "127.0.0.1", "port_value": 8001}


def test_functions_that_share_an_address_share_a_cluster() -> None:
    one = dict.fromkeys(FUNCTIONS, "http://127.0.0.1:41001")
    bootstrap: dict[str, Any] = configuration(TEMPLATE, one, port=8000, admin_port=8001)
    assert len(bootstrap["static_resources"]["clusters"]) == 1


def test_the_bootstrap_is_plain_json() -> None:
    assert json.loads(json.dumps(made())) == made()
