"""What the scripts of a page that asks for its content itself are told."""

from __future__ import annotations

from common.config import Settings


def own_page(settings: Settings) -> dict[str, object]:
    """Whether a person must sign in before anything is shown."""
    return {"sign_in": settings.auth_mode == "token"}
