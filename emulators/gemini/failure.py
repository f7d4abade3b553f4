"""The errors of both services, in the shape and words of each."""

from __future__ import annotations

from typing import Literal

Service = Literal["gemini", "vertex"]

_HOST = {"gemini": "generativelanguage.googleapis.com", "vertex": "aiplatform.googleapis.com"}
_GUIDE = "https://developers.generativeai.google/guide/troubleshooting"


class Failure(Exception):
    """An answer other than 200: `code` is the HTTP status, `status` the service's word for it."""

    def __init__(
        self, code: int, status: str, message: str, details: list[dict[str, object]] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message
        self.details = details or []

    def body(self) -> dict[str, object]:
        error: dict[str, object] = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid(message: str) -> Failure:
    return Failure(400, "INVALID_ARGUMENT", message)


def unknown_name(name: str, where: str) -> Failure:
    """A field that the service's protocol does not have; it refuses such a body whole."""
    message = f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': Cannot find field."
    violation = {"field": where, "description": message}
    return Failure(
        400,
        "INVALID_ARGUMENT",
        message,
        [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}],
    )


def no_credentials(service: Service) -> Failure:
    if service == "gemini":
        return Failure(
            403,
            "PERMISSION_DENIED",
            "Method doesn't allow unregistered callers (callers without established identity). "
            "Please use API Key or other form of API consumer identity to call this API.",
        )
    return Failure(
        401,
        "UNAUTHENTICATED",
        "Request is missing required authentication credential. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential. "
        "See https://developers.google.com/identity/sign-in/web/devconsole-project.",
        [_error_info("CREDENTIALS_MISSING", service)],
    )


def unknown_model(service: Service, model: str, version: str, parent: str, action: str) -> Failure:
    if service == "gemini":
        message = (
            f"models/{model} is not found for API version {version}, or is not supported for {action}. "
            "Call ListModels to see the list of available models and their supported methods."
        )
    else:
        message = (
            f"Publisher Model `{parent}/models/{model}` was not found or your project does not have "
            "access to it. Please ensure you are using a valid model version. For more information, see: "
            "https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions"
        )
    return Failure(404, "NOT_FOUND", message)


def no_pages() -> Failure:
    return invalid("The document has no pages.")


def unprocessable() -> Failure:
    return invalid(f"Unable to process input document. Please retry or report in {_GUIDE}")


def quota(service: Service, model: str, seconds: int) -> Failure:
    retry: dict[str, object] = {
        "@type": "type.googleapis.com/google.rpc.RetryInfo",
        "retryDelay": f"{seconds}s",
    }
    if service == "vertex":
        message = (
            "Resource exhausted. Please try again later. Please refer to "
            "https://cloud.google.com/vertex-ai/generative-ai/docs/error-code-429 for more details."
        )
        return Failure(429, "RESOURCE_EXHAUSTED", message, [retry])
    violation = {
        "quotaMetric": f"{_HOST[service]}/generate_content_requests",
        "quotaId": "GenerateRequestsPerMinutePerProjectPerModel",
        "quotaDimensions": {"location": "global", "model": model},
    }
    return Failure(
        429,
        "RESOURCE_EXHAUSTED",
        "You exceeded your current quota, please check your plan and billing details. For more information "
        "on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n"
        f"Please retry in {seconds}s.",
        [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}, retry],
    )


def internal() -> Failure:
    return Failure(500, "INTERNAL", f"An internal error has occurred. Please retry or report in {_GUIDE}")


def overloaded() -> Failure:
    return Failure(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")


def deadline() -> Failure:
    return Failure(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.")


def no_such_path(path: str) -> Failure:
    return Failure(404, "NOT_FOUND", f"The requested URL {path} was not found on this server.")


def wrong_method() -> Failure:
    return Failure(405, "UNIMPLEMENTED", "The request method is inappropriate for the URL.")


def _error_info(reason: str, service: Service) -> dict[str, object]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": _HOST[service]},
    }
