"""The words that invoices print beside the values of their header. Patterns are for folded text."""

from __future__ import annotations

import re

from emulators.gemini.reader.wordlist import choice, choices, sections

LABELS: dict[str, list[tuple[re.Pattern[str], float]]] = {}
for _title, _patterns in sections("labels"):
    _field, _weight = _title.split()
    LABELS.setdefault(_field, []).append(
        (re.compile(rf"(?<![a-z0-9/]){choice(_patterns)}(?![a-z])"), float(_weight))
    )

_CONTEXT = choices("contexts")
# What turns a label into another one when it stands right before it ("due" before "date").
BEFORE = {field: re.compile(rf"\b{_CONTEXT[f'before {field}']}[- .]?$") for field in LABELS}
# What does the same when it follows at once ("of delivery" behind "date").
AFTER = {field: re.compile(rf"^[ .:]*{_CONTEXT[f'after {field}']}") for field in LABELS}

# Any label at all: what stands here is never another label's value.
ANY_LABEL = re.compile(rf"^{_CONTEXT['any label']}\b")
# What stands before a date that is not the invoice's.
OTHER_DATE = re.compile(rf"{_CONTEXT['other date']}\W*(?:\w+\W+){{0,2}}$")
# A sentence that says when to pay, and what makes it one about something else.
SAYS_TERMS = re.compile(_CONTEXT["says terms"])
NO_TERMS = re.compile(rf"\b{_CONTEXT['no terms']}\b")
# Where tax is 0 because the document says so.
NO_TAX = re.compile(_CONTEXT["no tax"])
# Lines of an items table: carried sums, what ends it, and details below a description.
CARRY = re.compile(_CONTEXT["carry"])
FOOT = re.compile(rf"^{_CONTEXT['foot']}")
DETAIL_LINE = re.compile(rf"^{_CONTEXT['detail line']}")
