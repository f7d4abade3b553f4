"""The public keys that verify login tokens, while one private key takes over from another."""

from __future__ import annotations

import json

from common.tokens import key_id, public_keys


def with_key(key_set: str | None, private_key: str) -> str:
    """The key set with the public half of `private_key` added, or a new one; adding twice changes nothing."""
    own = _keys(json.dumps(public_keys(private_key)))
    kept = [key for key in _keys(key_set) if key["kid"] != own[0]["kid"]] if key_set else []
    return json.dumps({"keys": own + kept}, sort_keys=True)


def alone(key_set: str, private_key: str) -> str:
    """The key set without any but the public half of `private_key`; ValueError if it is not in there."""
    wanted = key_id(private_key)
    kept = [key for key in _keys(key_set) if key["kid"] == wanted]
    if not kept:
        raise ValueError(f"the key set does not have the key {wanted}, which signs tokens now")
    return json.dumps({"keys": kept}, sort_keys=True)


def _keys(key_set: str) -> list[dict[str, str]]:
    keys: list[dict[str, str]] = json.loads(key_set)["keys"]
    return keys
