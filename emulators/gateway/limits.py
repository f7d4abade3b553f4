"""How large a request may be, in bytes. Bodies are counted as they stream, never held."""

from __future__ import annotations

from typing import Any

BODY = 32 * 1024 * 1024
"""API Gateway: a request's largest payload is 32 MB."""

URL = 8 * 1024
HEADERS = 60 * 1024
"""API Gateway: all headers of a request together."""

HEADER = 8190
"""gunicorn's limit_request_field_size, which a function can't change; it answers in HTML."""

HEADER_COUNT = 90
"""gunicorn takes 100, of which the gateway's own are some."""

READABLE_KB = 8192
"""KiB of URL and headers that are read before the answer is 431 in any case; Envoy's most."""

_SCRIPT = f"""
function envoy_on_request(handle)
  local headers = handle:headers()
  if #(headers:get(":path") or "") > {URL} then
    handle:respond({{[":status"] = "414"}}, "")
    return
  end
  local total = 0
  for name, value in pairs(headers) do
    local size = #name + #value + 4
    total = total + size
    if name ~= ":path" and size > {HEADER} or total > {HEADERS} then
      handle:respond({{[":status"] = "431"}}, "")
      return
    end
  end
end
"""


def filters() -> list[dict[str, Any]]:
    """Envoy's HTTP filters that answer 413, 414 and 431."""
    kinds = "type.googleapis.com/envoy.extensions.filters.http"
    return [
        {
            "name": "heads",
            "typed_config": {
                "@type": f"{kinds}.lua.v3.Lua",
                "default_source_code": {"inline_string": _SCRIPT},
            },
        },
        {
            "name": "bodies",
            "typed_config": {
                "@type": f"{kinds}.body_size_limit.v3.BodySizeLimit",
                "max_request_bytes": BODY,
            },
        },
    ]
