"""User ids as they are part of object names."""

from __future__ import annotations

import re

_USER_ID = re.compile(r"[A-Za-z0-9._@-]{1,128}\Z")


def is_user_id(text: str) -> bool:
    """1 to 128 ASCII letters, digits, ".", "_", "-" and "@", not only dots."""
    return _USER_ID.match(text) is not None and text.strip(".") != ""
