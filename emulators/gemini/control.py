"""The tests' own door: ordering faults and looking at past calls. Only from this machine, without a key."""

from __future__ import annotations

from emulators.gemini import body
from emulators.gemini.calls import Calls
from emulators.gemini.failure import invalid, no_such_path, wrong_method
from emulators.gemini.faults import BadFault, Faults, ordered

_METHODS = {
    "/control/ready": ("GET",),
    "/control/faults": ("POST", "DELETE"),
    "/control/calls": ("GET", "DELETE"),
}


def answer(method: str, path: str, raw: bytes, faults: Faults, calls: Calls) -> dict[str, object]:
    """The answer to a call below /control/; raises Failure."""
    if path not in _METHODS:
        raise no_such_path(path)
    if method not in _METHODS[path]:
        raise wrong_method()
    if path == "/control/faults":
        return _order(method, raw, faults)
    if path == "/control/calls":
        if method == "DELETE":
            calls.clear()
        return {"calls": calls.listed()}
    return {"ready": True, "standIn": "local stand-in"}


def _order(method: str, raw: bytes, faults: Faults) -> dict[str, object]:
    if method == "DELETE":
        faults.clear()
        return {"faults": []}
    try:
        fault = ordered(body.parse(raw))
    except BadFault as error:
        raise invalid(str(error)) from None
    faults.add(fault)
    return {"fault": fault.name, "times": fault.times}
