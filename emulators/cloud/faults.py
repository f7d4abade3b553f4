"""What keeps the local cloud from starting, or ends it."""

from __future__ import annotations


class CannotStart(RuntimeError):
    """A need is not met; the message is one sentence for a person, with the cure."""


class PartEnded(RuntimeError):
    """A part that the others can't do without has ended; the message has its last words."""
