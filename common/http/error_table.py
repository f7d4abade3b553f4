"""The one table that turns errors into answers."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable, RequestEntityTooLarge

from common import errors, logs
from common.http.answer import Answer, error_answer

STATUS: dict[type[errors.InvoiceSystemError], int] = {
    errors.Rejected: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.Missing: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Unprocessable: 422,
    errors.Exhausted: 429,
    errors.ProcessingFailed: 500,
    errors.Unavailable: 503,
}


def answer_for(error: Exception) -> Answer:
    """The answer that `error` becomes; what the table doesn't know is a fault of our own."""
    if isinstance(error, RequestEntityTooLarge):
        return error_answer("Payload too large", 413)
    if isinstance(error, RequestedRangeNotSatisfiable):
        return error_answer("Range not satisfiable", 416)
    if isinstance(error, HTTPException) and error.code is not None and error.code < 500:
        return error_answer("Bad request", error.code)
    for kind in type(error).__mro__:
        status = STATUS.get(kind)
        if status is not None:
            return _known(error, status)
    logs.fault("internal error", error)
    return Answer({"error": "Internal server error", "request_id": logs.request_id.get()}, 500)


def _known(error: Exception, status: int) -> Answer:
    if isinstance(error, errors.Exhausted):
        return error_answer(str(error), status, Retry_After=str(error.retry_after))
    if isinstance(error, errors.ProcessingFailed):
        return Answer({"error": str(error), "log_id": error.log_id}, status)
    if isinstance(error, errors.CurrentlyOther):
        return Answer({"error": str(error), "current": error.current}, status)
    if isinstance(error, errors.Unavailable):
        logs.warning("unavailable", reason=str(error))
        return error_answer(str(error), status, Retry_After="5")
    return error_answer(str(error), status)
