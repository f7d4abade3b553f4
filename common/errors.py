"""The one tree of errors that a use case may raise; http's table turns each into an answer."""

from __future__ import annotations

from collections.abc import Mapping


class InvoiceSystemError(Exception):
    """Root of every error that this system raises on purpose.

    The message is shown to the caller: it never holds content of an invoice,
    a password, a key or a token.
    """


class Rejected(InvoiceSystemError):
    """The request is wrong, and repeating it unchanged can't help (400)."""


class Unauthenticated(InvoiceSystemError):
    """Nobody, or somebody unknown, is calling (401)."""


class Forbidden(InvoiceSystemError):
    """The caller is known and may not do this (403)."""


class Missing(InvoiceSystemError):
    """What the request names does not exist (404)."""


class Conflict(InvoiceSystemError):
    """Another call is at work on the same thing (409)."""


class CurrentlyOther(Conflict):
    """A change was made to a version that is no longer the current one; `current` is what stands now."""

    def __init__(self, message: str, current: Mapping[str, object]) -> None:
        super().__init__(message)
        self.current = current


class TooLarge(InvoiceSystemError):
    """The body is over its limit (413)."""


class Unprocessable(InvoiceSystemError):
    """The request is understood and can't be carried out as it stands (422)."""


class Exhausted(InvoiceSystemError):
    """A budget is spent (429); `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(InvoiceSystemError):
    """A part that this call needs does not answer now (503); a later try may succeed."""


class Unreadable(InvoiceSystemError):
    """A PDF that can never be read: broken, encrypted, too long, no PDF. The message says why."""


class ModelFailed(InvoiceSystemError):
    """The model gave no usable answer.

    `outcome` is one word for the usage log (rate_limited, server_error, timeout,
    blocked, truncated, bad_request, bad_answer, unreachable); `passing` says
    whether a later try may succeed.
    """

    def __init__(self, message: str, outcome: str, *, passing: bool) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.passing = passing


class ProcessingFailed(InvoiceSystemError):
    """The model failed in all its tries (500); `log_id` is the usage log's row of the last one."""

    def __init__(self, log_id: int) -> None:
        super().__init__("Processing failed")
        self.log_id = log_id
