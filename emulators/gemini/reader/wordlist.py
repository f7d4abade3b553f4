"""Reading the word lists beside this module: patterns for folded text, one a line, in named sections."""

from __future__ import annotations

import re
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


def sections(name: str) -> list[tuple[str, list[str]]]:
    """The sections of a list in their order, each with its patterns.

    A line `word = pattern` before the first section defines `{word}` for the
    rest; lines that begin with "# " are comments.
    """
    found: list[tuple[str, list[str]]] = []
    macros: dict[str, str] = {}
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        if line.startswith("[") and line.endswith("]") and "=" not in line and "\\" not in line:
            found.append((line[1:-1], []))
        elif not found:
            word, _, pattern = line.partition(" = ")
            macros[word] = pattern
        else:
            found[-1][1].append(re.sub(r"\{([a-z]+)\}", lambda match: macros[match.group(1)], line))
    return found


def choice(patterns: list[str]) -> str:
    """One group that matches any of `patterns`."""
    return f"(?:{'|'.join(patterns)})"


def choices(name: str) -> dict[str, str]:
    """The sections of a list as groups, by their titles."""
    return {title: choice(patterns) for title, patterns in sections(name)}
