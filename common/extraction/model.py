"""The one place where a model is called, by google-genai, and its answer judged."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from common.domain import exact_json
from common.errors import ModelFailed
from common.extraction.answer import expand
from common.extraction.request import Profile, instruction, schema
from common.extraction.salvage import salvage

if TYPE_CHECKING:
    from google.genai import Client, types

    from common.extraction.prepared import Prepared

LARGEST_PDF = 50 * 1024 * 1024
"""Bytes; Vertex AI, "Document understanding": maximum file size. The Gemini API takes no more either, not
even by its Files API (googleapis/python-genai, issue 308)."""

LARGEST_INLINE_ON_VERTEX = 14 * 1024 * 1024
"""Bytes that make less than 20 MB of Base64; Vertex AI, "Inference", the size of a blob."""

STAND_IN_HEADER = "x-stand-in"
_TOO_MANY_REQUESTS = 429
_TIMEOUTS = (408, 504)
_SERVER_ERROR = 500


@dataclass(frozen=True)
class ModelAnswer:
    """A model's answer and what it cost. `fields` has the full names of `data.data`."""

    fields: Mapping[str, object]
    model_asked: str
    model_answered: str
    input_tokens: int
    """The whole prompt, cached tokens included."""
    output_tokens: int
    """Thinking included."""
    cached_tokens: int
    thoughts_tokens: int
    total_tokens: int
    seconds: Decimal
    source_name: str
    """The model that answered, or "local stand-in" where the stand-in did."""
    truncated: bool = False
    """The answer was cut at the output limit; `fields` has what came whole."""


class Unusable(ModelFailed):
    """The model answered and was paid, but nothing of the answer can be used; `answer` has its cost."""

    def __init__(self, message: str, outcome: str, *, passing: bool, answer: ModelAnswer) -> None:
        super().__init__(message, outcome, passing=passing)
        self.answer = answer


def ask(
    client: Client,
    pdf: bytes,
    *,
    profile: Profile,
    model: str,
    prepared: Prepared,
    timeout_seconds: float,
    max_output_tokens: int | None = None,
    careful: bool = False,
    uri: str = "",
) -> ModelAnswer:
    """The model's answer about `pdf`, by one network call, which names its object `uri` where one is given.

    A `careful` one looks and thinks as well as the model can, whatever the profile saves.
    Raises ModelFailed, or Unusable where the failed call was paid for.
    """
    import httpx2
    from google.genai import errors, types

    config = types.GenerateContentConfig(
        system_instruction=instruction(profile),
        response_mime_type="application/json",
        response_schema=schema(profile, prepared.wanted),
        max_output_tokens=max_output_tokens,
        http_options=types.HttpOptions(timeout=int(timeout_seconds * 1000)),
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        **_economy("v1" if careful else profile, model, good_text=prepared.good_text),
    )
    contents = types.Content(
        role="user",
        parts=[
            types.Part.from_uri(file_uri=uri, mime_type="application/pdf")
            if uri
            else types.Part.from_bytes(data=pdf, mime_type="application/pdf"),
            types.Part.from_text(text="Read this document."),
        ],
    )
    started = time.monotonic()
    try:
        response = client.models.generate_content(model=model, contents=contents, config=config)
    except errors.APIError as fault:
        raise _refused(fault.code) from fault
    except httpx2.TimeoutException as fault:
        raise ModelFailed("the model did not answer in time", "timeout", passing=True) from fault
    except (httpx2.HTTPError, OSError) as fault:
        raise ModelFailed("the model can't be reached", "unreachable", passing=True) from fault
    except ValueError as fault:
        raise ModelFailed("the model's answer can't be read", "bad_answer", passing=True) from fault
    return _judged(response, model, Decimal(str(round(time.monotonic() - started, 3))))


def _economy(profile: Profile, model: str, *, good_text: bool) -> dict[str, Any]:
    """Settings that save tokens where the profile and the model allow."""
    from google.genai import types

    made: dict[str, Any] = {}
    if not model.startswith("gemini-3"):
        made["temperature"] = 0.0
    if profile == "v1":
        return made
    if good_text:
        made["media_resolution"] = types.MediaResolution.MEDIA_RESOLUTION_LOW
    if model.startswith("gemini-3") and "image" not in model:
        lowest = types.ThinkingLevel.LOW if "pro" in model else types.ThinkingLevel.MINIMAL
        made["thinking_config"] = types.ThinkingConfig(thinking_level=lowest)
    elif model.startswith("gemini-2.5"):
        # 2.5 Pro can't stop thinking: 128 is its least.
        made["thinking_config"] = types.ThinkingConfig(thinking_budget=128 if "pro" in model else 0)
    return made


def _refused(code: int) -> ModelFailed:
    if code == _TOO_MANY_REQUESTS:
        return ModelFailed("the model has no capacity now", "rate_limited", passing=True)
    if code in _TIMEOUTS:
        return ModelFailed("the model did not answer in time", "timeout", passing=True)
    if code >= _SERVER_ERROR:
        return ModelFailed("the model's service failed", "server_error", passing=True)
    return ModelFailed("the model refused the request", "bad_request", passing=False)


def _judged(response: types.GenerateContentResponse, asked: str, seconds: Decimal) -> ModelAnswer:
    """The answer behind a response; the library itself reports neither a block nor a cut."""
    candidate = response.candidates[0] if response.candidates else None
    finish = candidate.finish_reason.value if candidate and candidate.finish_reason else ""
    if candidate is None:
        raise Unusable(
            "the model blocked the document", "blocked", passing=False, answer=_cost(response, asked, seconds)
        )
    text = "".join(
        part.text
        for part in (candidate.content.parts if candidate.content else None) or []
        if part.text and not part.thought
    )
    if finish == "MAX_TOKENS":
        fields = salvage(text)
        if not fields:
            cost = _cost(response, asked, seconds, truncated=True)
            raise Unusable("the model's answer was cut off", "truncated", passing=False, answer=cost)
        return _cost(response, asked, seconds, fields=fields, truncated=True)
    if finish not in ("", "STOP", "FINISH_REASON_UNSPECIFIED"):
        raise Unusable(
            "the model blocked its answer", "blocked", passing=False, answer=_cost(response, asked, seconds)
        )
    try:
        read = exact_json.loads(text)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise Unusable(
            "the model's answer is no JSON object",
            "bad_answer",
            passing=True,
            answer=_cost(response, asked, seconds),
        )
    return _cost(response, asked, seconds, fields=read)


def _cost(
    response: types.GenerateContentResponse,
    asked: str,
    seconds: Decimal,
    *,
    fields: Mapping[str, object] | None = None,
    truncated: bool = False,
) -> ModelAnswer:
    usage = response.usage_metadata
    prompt = (usage.prompt_token_count or 0) + (usage.tool_use_prompt_token_count or 0) if usage else 0
    candidates = (usage.candidates_token_count or 0) if usage else 0
    thoughts = (usage.thoughts_token_count or 0) if usage else 0
    told = (usage.total_token_count or 0) if usage else 0
    # Some answers count thinking within the candidates: then prompt and candidates make up the total.
    output = candidates if told and prompt + candidates == told else candidates + thoughts
    headers = response.sdk_http_response.headers if response.sdk_http_response else None
    stand_in = next((value for name, value in (headers or {}).items() if name.lower() == STAND_IN_HEADER), "")
    answered = response.model_version or asked
    return ModelAnswer(
        fields=expand(fields or {}),
        model_asked=asked,
        model_answered=answered,
        input_tokens=prompt,
        output_tokens=output,
        cached_tokens=(usage.cached_content_token_count or 0) if usage else 0,
        thoughts_tokens=thoughts,
        total_tokens=prompt + output,
        seconds=seconds,
        source_name=stand_in or answered,
        truncated=truncated,
    )
