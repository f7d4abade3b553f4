"""Envoy's bootstrap: where it listens, what it sends on to."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from emulators.gateway.edge import connection_manager
from emulators.gateway.openapi import document, operations
from emulators.gateway.routes import routes

_CONNECTIONS = {
    "name": "envoy.resource_monitors.global_downstream_max_connections",
    "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.resource_monitors."
        "downstream_connections.v3.DownstreamConnectionsConfig",
        "max_active_downstream_connections": 4096,
    },
}


def configuration(
    openapi: str,
    upstreams: Mapping[str, str],
    *,
    port: int,
    admin_port: int,
    cors_origins: Sequence[str] = ("*",),
    addresses: Sequence[str] | None = None,
) -> dict[str, object]:
    """Envoy's bootstrap for the template `openapi` (its text), with one upstream per function.

    `upstreams` maps auth, upload, … to "http://127.0.0.1:PORT". Without `addresses` the gateway
    listens on every loopback address that this machine has, because a browser asked for
    `localhost` may try ::1 first. The admin interface listens on 127.0.0.1 only.
    """
    clusters = {url: name for name, url in upstreams.items()}
    table = routes(operations(document(openapi, upstreams)), clusters, cors_origins)
    first, *others = addresses if addresses is not None else loopback_addresses()
    return {
        "admin": {"address": _address("127.0.0.1", admin_port)},
        "overload_manager": {"resource_monitors": [_CONNECTIONS]},
        "static_resources": {
            "clusters": [_cluster(name, url) for url, name in clusters.items()],
            "listeners": [
                {
                    "name": "gateway",
                    "address": _address(first, port),
                    "additional_addresses": [{"address": _address(other, port)} for other in others],
                    # Without this, a second gateway would share the port and take half the calls.
                    "enable_reuse_port": False,
                    "filter_chains": [
                        {
                            "filters": [
                                {
                                    "name": "http",
                                    "typed_config": connection_manager(table, cors_origins),
                                }
                            ]
                        }
                    ],
                }
            ],
        },
    }


def loopback_addresses() -> list[str]:
    """127.0.0.1, and ::1 where this machine has IPv6."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return ["127.0.0.1"]
    return ["127.0.0.1", "::1"]


def _address(host: str, port: int) -> dict[str, Any]:
    return {"socket_address": {"address": host, "port_value": port}}


def _cluster(name: str, url: str) -> dict[str, Any]:
    upstream = urlsplit(url)
    endpoint = {"endpoint": {"address": _address(upstream.hostname or "", upstream.port or 80)}}
    # Envoy's defaults (3 retries at once, 1,024 of the rest) would refuse calls in a busy moment.
    limits = dict.fromkeys(("max_connections", "max_pending_requests", "max_requests", "max_retries"), 4096)
    return {
        "name": name,
        "connect_timeout": "2s",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [endpoint]}]},
        "circuit_breakers": {"thresholds": [limits]},
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                # Shorter than the 2 s for which functions-framework keeps a connection open: a call
                # never goes out on one that the function is just closing.
                "common_http_protocol_options": {"idle_timeout": "1s"},
                "explicit_http_config": {"http_protocol_options": {}},
            }
        },
    }
