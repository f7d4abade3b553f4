"""The trace that a request belongs to, as the platform says in a header.

W3C "Trace Context" (`traceparent`), and Google's own older form `X-Cloud-Trace-Context`
(Google Cloud, "Trace context"). Both come from outside: what is not exactly of the form is no trace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-[!-~]{0,256})?\Z")
_CLOUD = re.compile(r"([0-9a-fA-F]{32})(?:/([0-9]{1,20}))?(?:;o=([0-9]))?\Z")
_SAMPLED = 0x01
_LARGEST_SPAN = 2**64 - 1


@dataclass(frozen=True)
class Trace:
    """One place in a trace: hexadecimal ids of 32 and 16 digits, none of them all zeros."""

    id: str
    span: str | None
    sampled: bool

    @property
    def parent(self) -> str | None:
        """As a `traceparent`, for work that this request sets off; None where no span is known."""
        return None if self.span is None else f"00-{self.id}-{self.span}-{'01' if self.sampled else '00'}"


def of_headers(parent: str | None, cloud: str | None) -> Trace | None:
    """The trace that `traceparent` names, or else X-Cloud-Trace-Context; None for no trace or a bad one."""
    return of_parent(parent or "") or _of_cloud(cloud or "")


def of_parent(text: str) -> Trace | None:
    """The trace that a `traceparent` names; None for anything else."""
    found = _PARENT.match(text)
    if found is None:
        return None
    version, trace, span, flags, more = found.groups()
    # Versions to come may say more behind it; ff is none, and 00 says no more.
    if version == "ff" or (version == "00" and more is not None):
        return None
    if not (int(trace, 16) and int(span, 16)):
        return None
    return Trace(trace, span, bool(int(flags, 16) & _SAMPLED))


def _of_cloud(text: str) -> Trace | None:
    found = _CLOUD.match(text)
    if found is None or not int(found[1], 16):
        return None
    span = int(found[2] or 0)
    if span > _LARGEST_SPAN:
        return None
    return Trace(found[1].lower(), f"{span:016x}" if span else None, found[3] == "1")
