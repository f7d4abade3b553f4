"""docs/extraction.md says what the code does, where that can be compared."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

from common.config import read
from common.extraction import confidence, second_reading
from common.extraction.limits import Limits
from common.extraction.model import LARGEST_INLINE_ON_VERTEX, LARGEST_PDF
from common.extraction.review import Code
from common.reading import OCR_MEMORY_MB

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/extraction.md").read_text("utf-8")
MB = 1024 * 1024


def section(title: str) -> str:
    """The text below a heading, up to the next one of its rank or a higher one."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,2}} |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[2]


def named(text: str) -> list[str]:
    """The names in the first column of a table."""
    return [
        name
        for row in re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
        for name in re.findall(r"`(.+?)`", row)
    ]


def checks_of_the_code() -> set[str]:
    """The names that `review.check` and the sums are given, read from the code."""
    found: set[str] = set()
    for path in (ROOT / "common/extraction").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called in ("check", "_Sum") and isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found | {f"{kind}_{role}" for kind in ("gstin", "vat_id") for role in ("vendor", "buyer")}


def test_every_check_is_explained_and_no_other() -> None:
    assert set(named(section("Checks"))) == checks_of_the_code()


def test_every_reason_is_explained_in_the_order_of_the_code() -> None:
    assert tuple(named(section("Reasons to look"))) == get_args(Code)


def test_the_rule_of_confidence_is_that_of_the_code() -> None:
    told = re.findall(r"^ *(\|.*\|)$", confidence.confidence_of.__doc__ or "", re.MULTILINE)
    page = section("Confidence")
    assert len(told) > 5
    assert re.findall(r"^\|.*\|$", page, re.MULTILINE) == told
    numbers = {float(number) for number in re.findall(r"\b[01]\.\d+", page)}
    tree = ast.parse(Path(confidence.__file__).read_text("utf-8"))
    rule = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name != "confidence_of"]
    used = {
        node.value
        for function in rule
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    }
    # What its place adds at the most, and the strength of a value that nothing was said of.
    assert used - numbers == {0.25, 0.5, 1.0} - numbers


def test_the_limits_are_those_of_the_code() -> None:
    figures = [
        int(cell.replace(",", "")) for cell in re.findall(r"\| ([\d,]+) \|", section("The way of a PDF"))
    ]
    limits = Limits()
    assert figures == [
        limits.pages,
        read({}).extract_seconds,
        limits.memory_mb,
        OCR_MEMORY_MB,
        LARGEST_PDF // MB,
        limits.attachment_bytes // MB,
        limits.characters,
        limits.ocr_pages,
    ]
    assert f"a PDF over {LARGEST_INLINE_ON_VERTEX // MB} MB" in PAGE


def test_what_an_escalation_can_mend_is_what_the_code_asks_for() -> None:
    text = section("Escalation")
    told = re.search(r"Mendable are(.*?)\.", text, re.DOTALL)
    assert told is not None
    assert set(re.findall(r"`(\w+)`", told[1])) == second_reading.MENDABLE


def test_every_setting_that_is_named_is_one() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in re.findall(r"`([A-Z][A-Z_]{4,})(?:=\w+)?`", PAGE):
        assert f"| `{name}` |" in readme, name
