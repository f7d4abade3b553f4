"""The REST paths of both services."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulators.gemini.failure import Service

_GEMINI = re.compile(r"/(v1|v1beta|v1alpha)/models(?:/([^/:]+))?(?::(\w+))?")
_VERTEX = re.compile(
    r"/(v1|v1beta1)/(?:projects/([^/]+)/locations/([^/]+)/)?publishers/google/models(?:/([^/:]+))?(?::(\w+))?"
)


@dataclass(frozen=True)
class Route:
    """A path taken apart. `action` is empty for the model list and for one model's entry."""

    service: Service
    version: str
    model: str
    action: str
    parent: str = "publishers/google"


def parse(path: str) -> Route | None:
    """The route of `path` (without its query), or None."""
    if found := _GEMINI.fullmatch(path):
        version, model, action = found.groups()
        return Route("gemini", version, model or "", action or "")
    if found := _VERTEX.fullmatch(path):
        version, project, location, model, action = found.groups()
        place = f"projects/{project}/locations/{location}/" if project else ""
        return Route("vertex", version, model or "", action or "", f"{place}publishers/google")
    return None
