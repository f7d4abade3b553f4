"""Words that a recognizer got wrong by one letter, set right where only a label can be meant."""

from __future__ import annotations

import re
from functools import lru_cache

# Labels that decide most; a name of somebody is hardly one letter away from one of them.
_LABELS = frozenset(
    "total totals subtotal amount invoice number balance payment commission description quantity discount "
    "advertiser terms gross grand rounding change receipt taxable customer vendor supplier price".split()
)
_BY_LENGTH = {
    size: [word for word in _LABELS if len(word) == size] for size in {len(word) for word in _LABELS}
}
_WORD = re.compile(r"[a-z0-9|]{5,}")


def corrected(fold: str) -> str:
    """Folded text with such words corrected; every position stays what it was."""
    return _WORD.sub(lambda match: _label(match.group()), fold)


@lru_cache(maxsize=4096)
def _label(word: str) -> str:
    if word in _LABELS or word.isdigit():
        return word
    for known in _BY_LENGTH.get(len(word), []):
        if sum(one != other for one, other in zip(word, known, strict=True)) == 1:
            return known
    return word
