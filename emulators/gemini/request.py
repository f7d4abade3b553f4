"""A generateContent or countTokens request, checked as the service checks it."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field

from emulators.gemini import body
from emulators.gemini.failure import Failure, Service, invalid, no_pages
from emulators.gemini.models import Model
from emulators.gemini.schema import Schema, from_json_schema, from_service_schema

INLINE_BYTES = 50 * 1024 * 1024
READABLE = ("application/pdf", "image/png", "image/jpeg", "image/webp")
_OUTSIDE = frozenset(
    "contents system_instruction tools tool_config safety_settings generation_config cached_content model "
    "service_tier store labels model_armor_config generate_content_request instances".split()
)
_CONTENT = frozenset(("role", "parts"))
_PART = frozenset(
    "text inline_data file_data thought thought_signature function_call function_response executable_code "
    "code_execution_result video_metadata media_resolution part_metadata".split()
)
_BLOB = frozenset(("mime_type", "data", "display_name"))
_CONFIG = frozenset(
    "candidate_count stop_sequences max_output_tokens temperature top_p top_k seed response_mime_type "
    "response_schema response_json_schema presence_penalty frequency_penalty response_logprobs logprobs "
    "enable_enhanced_civic_answers response_modalities speech_config thinking_config media_resolution "
    "image_config routing_config audio_timestamp model_selection_config".split()
)
_THINKING = frozenset(("include_thoughts", "thinking_budget", "thinking_level"))
_LEVELS = ("MINIMAL", "LOW", "MEDIUM", "HIGH", "XHIGH")


@dataclass(frozen=True)
class Blob:
    """A document or picture of the request."""

    mime_type: str
    data: bytes

    @property
    def is_pdf(self) -> bool:
        return self.mime_type == "application/pdf"


@dataclass
class GenerateRequest:
    """What was asked. `thinking` is the budget in tokens: 0 off, None the model's own choice."""

    prompt: str = ""
    blobs: list[Blob] = field(default_factory=list)
    schema: Schema | None = None
    schema_text: str = ""
    json_wanted: bool = False
    max_output_tokens: int | None = None
    thinking: int | None = None
    resolution: str = ""


def parse(raw: bytes, model: Model, service: Service) -> GenerateRequest:
    """The request in `raw`; raises Failure with the service's 400 for what it would refuse."""
    outside = body.named(body.parse(raw), _OUTSIDE, "")
    inner = outside.get("generate_content_request")
    if inner is not None:
        outside = body.named(inner, _OUTSIDE, "generate_content_request")
    request = GenerateRequest()
    contents = body.sequence(outside.get("contents"), "contents")
    if not contents:
        raise invalid("* GenerateContentRequest.contents: contents is not specified\n")
    texts = [_system(outside.get("system_instruction"))]
    for index, content in enumerate(contents):
        fields = body.named(content, _CONTENT, f"contents[{index}]")
        for part in body.sequence(fields.get("parts"), f"contents[{index}].parts"):
            texts.append(_part(part, f"contents[{index}].parts", request))
    request.prompt = "\n".join(text for text in texts if text)
    if not request.prompt and not request.blobs:
        raise invalid("* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.\n")
    _config(outside.get("generation_config"), request, model, service)
    return request


def _system(value: object) -> str:
    if value is None:
        return ""
    fields = body.named(value, _CONTENT, "system_instruction")
    parts = body.sequence(fields.get("parts"), "system_instruction.parts")
    named = [body.named(part, _PART, "system_instruction.parts") for part in parts]
    return "\n".join(body.text(part, "text", "system_instruction.parts") or "" for part in named)


def _part(value: object, where: str, request: GenerateRequest) -> str:
    part = body.named(value, _PART, where)
    if "file_data" in part:
        raise invalid("Cannot fetch content from the provided URL. The stand-in reads inline data only.")
    if "inline_data" in part:
        request.blobs.append(_blob(part["inline_data"], f"{where}.inline_data"))
    return body.text(part, "text", where) or ""


def _blob(value: object, where: str) -> Blob:
    fields = body.named(value, _BLOB, where)
    mime_type = (body.text(fields, "mime_type", where) or "").lower()
    if mime_type not in READABLE:
        raise invalid(f"Unsupported MIME type: {mime_type}")
    data = decoded(body.text(fields, "data", where) or "", f"{where}.data")
    if not data:
        raise no_pages()
    if len(data) > INLINE_BYTES:
        raise invalid(f"The document size exceeds the limit of {INLINE_BYTES} bytes.")
    return Blob(mime_type, data)


def decoded(data: str, where: str) -> bytes:
    """Bytes of base64 in its plain or its URL-safe alphabet, as the protocol takes both."""
    plain = data.translate(str.maketrans("-_", "+/", "\r\n")).rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise invalid(f"Invalid value at '{where}' (TYPE_BYTES), Base64 decoding failed") from None


def _config(value: object, request: GenerateRequest, model: Model, service: Service) -> None:
    where = "generation_config"
    fields = body.named(value, _CONFIG, where)
    if (body.whole(fields, "candidate_count", where) or 1) != 1:
        raise invalid("Only one candidate can be specified")
    request.max_output_tokens = body.whole(fields, "max_output_tokens", where)
    if request.max_output_tokens is not None:
        limit = model.output_limit
        if not 0 < request.max_output_tokens <= limit:
            raise invalid(
                f"Unable to submit request because it has a maxOutputTokens value of "
                f"{request.max_output_tokens} but the supported range is from 1 (inclusive) to "
                f"{limit + 1} (exclusive). Update the value and try again."
            )
    mime_type = body.text(fields, "response_mime_type", where) or "text/plain"
    if mime_type not in ("text/plain", "application/json", "text/x.enum"):
        raise invalid(
            f"* GenerateContentRequest.generation_config.response_mime_type: {mime_type} is unknown\n"
        )
    request.json_wanted = mime_type == "application/json"
    schema, json_schema = fields.get("response_schema"), fields.get("response_json_schema")
    if schema is not None and json_schema is not None:
        raise invalid("Only one of response_schema and response_json_schema may be set.")
    if (schema is not None or json_schema is not None) and not request.json_wanted:
        raise invalid(
            "Function calling or structured output with a response schema needs response_mime_type "
            "application/json."
        )
    if schema is not None:
        request.schema = from_service_schema(schema, service)
    elif json_schema is not None:
        request.schema = from_json_schema(json_schema)
    if request.schema is not None:
        request.schema_text = json.dumps(
            schema if schema is not None else json_schema, ensure_ascii=False, separators=(",", ":")
        )
    request.resolution = (body.text(fields, "media_resolution", where) or "").upper()
    request.thinking = _thinking(fields.get("thinking_config"), model)


def _thinking(value: object, model: Model) -> int | None:
    """The thinking budget in tokens; the ranges are each model's documented ones."""
    where = "generation_config.thinking_config"
    fields = body.named(value, _THINKING, where)
    if not model.thinks:
        if fields:
            raise invalid("Thinking is not enabled for this model.")
        return 0
    budget = body.whole(fields, "thinking_budget", where)
    level = (body.text(fields, "thinking_level", where) or "").upper()
    if budget is not None and level:
        raise invalid("You can only set only one of thinking budget and thinking level.")
    if level:
        return _level(level, model)
    if budget is None or budget == -1:
        return None
    if budget == 0 and not model.can_stop_thinking:
        raise invalid("Budget 0 is invalid. This model only works in thinking mode.")
    least = {"gemini-2.5-pro": 128, "gemini-2.5-flash-lite": 512}.get(model.name, 0)
    most = 32_768 if model.name.endswith(("-pro", "-pro-preview")) else 24_576
    if budget != 0 and not least <= budget <= most:
        raise invalid(
            f"The thinking budget {budget} is invalid. Please choose a value between {least} and {most}."
        )
    return budget


def _level(level: str, model: Model) -> int:
    if not model.levels:
        raise invalid("Thinking level is not supported for this model.")
    if level not in _LEVELS:
        raise invalid(f"Invalid value at 'generation_config.thinking_config.thinking_level', \"{level}\"")
    if level == "MINIMAL" and not model.can_stop_thinking:
        raise Failure(400, "INVALID_ARGUMENT", "Thinking level MINIMAL is not supported for this model.")
    return {"MINIMAL": 0, "LOW": 1_024, "MEDIUM": 8_192, "HIGH": 24_576, "XHIGH": 32_768}[level]
