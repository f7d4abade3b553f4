"""The code in a value of HCL, without the texts that stand in it."""

from __future__ import annotations

from collections.abc import Iterator

_ESCAPED = "$$"


def code_in(text: str) -> Iterator[str]:
    """Each `${…}` of a text, with the texts within it left out; those within them follow."""
    at = 0
    while (start := text.find("${", at)) >= 0:
        if text[max(start - 1, 0) : start + 1] == _ESCAPED:
            at = start + 2
            continue
        code, inner, at = _code(text, start + 2)
        yield code
        for each in inner:
            yield from code_in(each)


def _code(text: str, at: int) -> tuple[str, list[str], int]:
    """The code from `at` to its closing brace, the texts in it, and where it ends."""
    code: list[str] = []
    inner: list[str] = []
    depth = 0
    while at < len(text):
        sign = text[at]
        if sign == '"':
            content, at = _quoted(text, at + 1)
            inner.append(content)
            code.append(" ")
            continue
        if sign == "}" and depth == 0:
            return "".join(code), inner, at + 1
        depth += (sign == "{") - (sign == "}")
        code.append(sign)
        at += 1
    return "".join(code), inner, at


def _quoted(text: str, at: int) -> tuple[str, int]:
    """The content of a text from `at` to its closing quote, which no quote in a `${…}` is."""
    start = at
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith("${", at):
            _, _, at = _code(text, at + 2)
        elif text[at] == '"':
            return text[start:at], at + 1
        else:
            at += 1
    return text[start:], at
