"""The connection manager: what happens to every request, whatever its route."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from emulators.gateway import limits
from emulators.gateway.replies import SANE_REQUEST_ID, header, local_replies

_EXTENSIONS = "type.googleapis.com/envoy.extensions"
# What a caller may not say of itself: where it comes from, who it is, what the gateway shall do.
_SPOOFABLE = (
    "forwarded|x-forwarded-.*|x-real-ip",
    "x-apigateway-.*|x-endpoint-api-.*|x-client-id",
    "x-envoy-.*|x-gateway-.*",
)


def connection_manager(table: list[dict[str, Any]], cors_origins: Sequence[str]) -> dict[str, Any]:
    """The listener's one network filter, around the route table."""
    return {
        "@type": f"{_EXTENSIONS}.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "gateway",
        "codec_type": "HTTP1",
        "http_protocol_options": {
            "accept_http_10": True,
            "default_host_for_http_10": "localhost",
            # An offer to change the protocol may be left unanswered (RFC 9110, 7.8).
            "ignore_http_11_upgrade": [{"safe_regex": {"regex": ".*"}}],
        },
        # The client is the peer, whatever it says of itself.
        "use_remote_address": True,
        "skip_xff_append": True,
        "preserve_external_request_id": True,
        # These four as API Gateway has them (ESPv2, http_connection_manager.go). To a function
        # X_Y and X-Y are one header, so that a header with an underscore could forge another.
        "normalize_path": True,
        "merge_slashes": True,
        "path_with_escaped_slashes_action": "KEEP_UNCHANGED",
        "common_http_protocol_options": {
            "headers_with_underscores_action": "REJECT_REQUEST",
            "max_headers_count": limits.HEADER_COUNT,
        },
        "max_request_headers_kb": limits.READABLE_KB,
        "request_headers_timeout": "30s",
        "stream_idle_timeout": "60s",
        "early_header_mutation_extensions": [
            _typed(
                "heads", "http.early_header_mutation.header_mutation.v3.HeaderMutation", mutations=_heads()
            )
        ],
        "local_reply_config": local_replies(cors_origins),
        "access_log": [_access_log()],
        "http_filters": [
            *limits.filters(),
            _typed("router", "filters.http.router.v3.Router", suppress_envoy_headers=True),
        ],
        "route_config": {"virtual_hosts": [_virtual_host(table)]},
    }


def _virtual_host(table: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "api",
        "domains": ["*"],
        # Only what no function has seen is sent again. The tries together outlast a restart of 2 s:
        # each wait is a random part of up to 1 s, so that fewer tries sometimes would not.
        "retry_policy": {
            "retry_on": "connect-failure,refused-stream",
            "num_retries": 12,
            "retry_back_off": {"base_interval": "0.25s", "max_interval": "1s"},
        },
        "request_headers_to_add": [
            header("x-forwarded-for", "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"),
            header("x-forwarded-authorization", "%REQ(authorization)%"),
        ],
        "response_headers_to_add": [header("x-request-id", "%REQ(x-request-id)%")],
        "request_headers_to_remove": ["x-envoy-internal", "x-envoy-external-address"],
        "routes": table,
    }


def _heads() -> list[dict[str, Any]]:
    """Keeps a sane X-Request-Id, so that Envoy makes a fresh one elsewhere, and drops what is spoofed."""
    return [
        *({"remove_on_match": {"key_matcher": {"safe_regex": {"regex": regex}}}} for regex in _SPOOFABLE),
        {"append": header("x-gateway-id", SANE_REQUEST_ID, keep_empty=True)},
        {"remove": "x-request-id"},
        {"append": header("x-request-id", "%REQ(x-gateway-id)%")},
        {"remove": "x-gateway-id"},
    ]


def _access_log() -> dict[str, Any]:
    """One JSON line a request; of its query, headers and body nothing but the request id."""
    fields = {
        "time": "%START_TIME%",
        "request_id": "%RESP(x-request-id)%",
        "method": "%REQ(:method)%",
        "path": "%PATH(NQ:ORIG_OR_PATH)%",
        "status": "%RESPONSE_CODE%",
        "ms": "%DURATION%",
        "bytes_in": "%BYTES_RECEIVED%",
        "bytes_out": "%BYTES_SENT%",
        "details": "%RESPONSE_CODE_DETAILS%",
        "function": "%UPSTREAM_CLUSTER%",
        "client": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
    }
    return _typed("stdout", "access_loggers.stream.v3.StdoutAccessLog", log_format={"json_format": fields})


def _typed(name: str, kind: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "typed_config": {"@type": f"{_EXTENSIONS}.{kind}", **fields}}
