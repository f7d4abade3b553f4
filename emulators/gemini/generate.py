"""From a request to the service's answer."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime

from common.domain import exact_json
from emulators.gemini import failure, request, tokens, values
from emulators.gemini.calls import Call
from emulators.gemini.faults import Fault, Faults
from emulators.gemini.fill import filled
from emulators.gemini.models import Model
from emulators.gemini.readers import Readers, Reading
from emulators.gemini.request import GenerateRequest


class Disconnect(Exception):
    """The connection is to be closed without an answer."""


@dataclass
class Answer:
    """Text of one candidate and why it ended; `blocked` when the prompt itself was refused."""

    text: str = ""
    finish: str = "STOP"
    usage: tokens.Usage = field(default_factory=lambda: tokens.Usage(0, 0))
    version: str = ""
    service: failure.Service = "gemini"
    blocked: bool = False

    def body(self) -> dict[str, object]:
        """A GenerateContentResponse of the service."""
        answer: dict[str, object] = {}
        if self.blocked:
            answer["promptFeedback"] = {"blockReason": "PROHIBITED_CONTENT"}
        else:
            answer["candidates"] = [self._candidate()]
        answer["usageMetadata"] = self.usage.metadata()
        answer["modelVersion"] = self.version
        answer["responseId"] = f"stand-in-{uuid.uuid4().hex}"
        if self.service == "vertex":
            answer["createTime"] = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        return answer

    def _candidate(self) -> dict[str, object]:
        candidate: dict[str, object] = {"index": 0, "finishReason": self.finish}
        if self.finish == "SAFETY":
            rating = {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": True}
            candidate["safetyRatings"] = [rating]
            return candidate
        content: dict[str, object] = {"role": "model"}
        if self.text:
            content["parts"] = [{"text": self.text}]
        return {"content": content, **candidate}


def count(
    raw: bytes, model: Model, service: failure.Service, readers: Readers, call: Call
) -> dict[str, object]:
    """A CountTokensResponse: the prompt's tokens, as generate would count them."""
    asked = request.parse(raw, model, service)
    call.pages = readers.pages(asked.blobs)
    usage = _prompt(asked, model, call.pages)
    call.prompt_tokens = usage.prompt
    answer: dict[str, object] = {"totalTokens": usage.prompt, "promptTokensDetails": usage.details()}
    if service == "vertex":
        answer["totalBillableCharacters"] = len(asked.prompt)
    return answer


def generate(
    raw: bytes, model: Model, service: failure.Service, *, readers: Readers, faults: Faults, call: Call
) -> Answer:
    """The answer to generateContent; raises Failure, or Disconnect when that was ordered."""
    asked = request.parse(raw, model, service)
    call.sha256 = (
        hashlib.sha256(b"".join(blob.data for blob in asked.blobs)).hexdigest() if asked.blobs else ""
    )
    fault = faults.take(service, call.model, lambda: readers.read(asked.blobs).text)
    if fault is not None:
        call.outcome = fault.name
        _refuse(fault, model, service, call)
    reading = readers.read(asked.blobs)
    call.pages = reading.pages
    found = reading.values
    if fault is not None and fault.name == "wrong_values":
        found = values.replaced(found, fault.values)
    answer = Answer(_text(asked, found, reading), usage=_prompt(asked, model, reading.pages))
    answer.version, answer.service = model.name, service
    if fault is not None:
        _spoil(answer, fault)
    _spend(answer, asked, model)
    usage = answer.usage
    call.prompt_tokens, call.cached_tokens = usage.prompt, usage.cached
    call.output_tokens, call.thoughts_tokens = usage.candidates, usage.thoughts
    return answer


def _refuse(fault: Fault, model: Model, service: failure.Service, call: Call) -> None:
    """Faults that come instead of an answer, or before it."""
    if fault.name == "429":
        raise failure.quota(service, model.name, max(1, round(fault.seconds)) if fault.seconds else 17)
    if fault.name == "500":
        raise failure.internal()
    if fault.name == "503":
        raise failure.overloaded()
    if fault.name == "not_found":
        raise failure.unknown_model(service, call.model, "v1beta", "publishers/google", "generateContent")
    if fault.name in ("timeout", "slow"):
        fault.hold()
    if fault.name in ("timeout", "disconnect"):
        raise Disconnect


def _spoil(answer: Answer, fault: Fault) -> None:
    """Faults of the answer itself."""
    if fault.name == "truncated_json":
        answer.text = answer.text[: len(answer.text) * 2 // 3]
    elif fault.name == "bad_json":
        answer.text = "I am sorry, but I cannot show this as JSON: {total: twelve, 'items': [}"
    elif fault.name == "max_tokens":
        answer.text, answer.finish = answer.text[: len(answer.text) // 2], "MAX_TOKENS"
    elif fault.name == "safety":
        answer.text, answer.finish = "", "SAFETY"
    elif fault.name == "prompt_blocked":
        answer.text, answer.blocked = "", True
    elif fault.name == "cached_tokens":
        prompt = answer.usage.prompt
        answer.usage.cached = min(prompt, prompt * 3 // 4 if fault.tokens is None else fault.tokens)
    elif fault.name == "served_by" and fault.model_version:
        answer.version = fault.model_version


def _spend(answer: Answer, asked: GenerateRequest, model: Model) -> None:
    """Counts the output, and cuts it where the request's limit is; thoughts come first out of it."""
    if answer.blocked:
        return
    usage = answer.usage
    usage.thoughts = tokens.of_thoughts(model, asked.thinking, answer.text)
    usage.candidates = tokens.of_text(answer.text)
    limit = asked.max_output_tokens or model.output_limit
    if usage.thoughts + usage.candidates > limit:
        usage.thoughts = min(usage.thoughts, limit)
        answer.text, answer.finish = tokens.cut(answer.text, limit - usage.thoughts), "MAX_TOKENS"
        usage.candidates = tokens.of_text(answer.text)


def _prompt(asked: GenerateRequest, model: Model, pages: int) -> tokens.Usage:
    text = tokens.of_text(asked.prompt) + tokens.of_text(asked.schema_text)
    return tokens.Usage(text, pages * tokens.of_page(model, asked.resolution))


def _text(asked: GenerateRequest, found: dict[str, object], reading: Reading) -> str:
    if asked.schema is not None:
        return exact_json.dumps(filled(asked.schema, found))
    if asked.json_wanted:
        return exact_json.dumps(found)
    if not asked.blobs:
        return (
            "This is a local stand-in for Gemini. It reads invoices that it is sent as PDF, and nothing else."
        )
    shown = (("document_type", "a document of type"), ("invoice_number", "number"), ("total_amt", "total"))
    said = [f"{words} {found[name]}" for name, words in shown if found.get(name) is not None]
    summary = f"{reading.pages} page(s): " + (", ".join(said) or "nothing that it knows")
    return f"This is a local stand-in for Gemini; it reads by rules. It found {summary}."
