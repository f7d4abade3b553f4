"""How a PDF is to be read by a model, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from common.domain.recognised import PageWords
from common.records.api_keys import ApiKey
from common.records.usage_log import Answered
from common.services import Service


@dataclass(frozen=True)
class Order:
    """How a PDF is to be read, and in whose name."""

    service: Service
    model: str
    file_name: str | None
    message: str
    """What a result that succeeded says of itself."""
    tries: int
    """Calls of one model at the most; what the queue repeats is tried once."""
    fallbacks: tuple[str, ...] = ()
    """Models to ask, in this order, where the one before has failed."""
    key: ApiKey | None = None
    """In whose name, and on whose budget."""
    object_name: str | None = None
    """The object in the bucket that holds it, if one does."""
    invoice_id: int | None = None
    owner: str | None = None
    """The user whose file it is, if it is one's."""
    note_call: Callable[[int], None] = lambda log_id: None
    """Told the usage log's row before a call is made."""
    note_answer: Callable[[str], None] = lambda answer: None
    """Told an answer as soon as it is there, before anything else can fail: it is paid for."""
    kept_answer: str | None = None
    """What a former reader of the same file told so, and could not store."""
    note_second: Callable[[str], None] = lambda answer: None
    kept_second: str | None = None
    """The same of the answer that an escalation brings."""
    careful: bool = False
    """Whether the model shall look and think as well as it can, whatever the service's profile saves."""
    note_stage: Callable[[str], None] = lambda stage: None
    note_words: Callable[[Iterable[PageWords]], None] = lambda words: None
    """Told what was recognised on pages that are pictures: a person may need it where no model answers."""


@dataclass(frozen=True)
class Cost:
    """What reading took: tokens as the service counted them, prices by the price book."""

    model_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    price_usd: Decimal | None = Decimal(0)
    """None: a model that the price book doesn't know was used."""
    price_inr: Decimal | None = Decimal(0)

    @staticmethod
    def of(call: Answered) -> Cost:
        """What one call took."""
        return Cost(
            1, call.input_tokens, call.output_tokens, call.cached_tokens, call.price_usd, call.price_inr
        )

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.model_calls + other.model_calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            _sum(self.price_usd, other.price_usd),
            _sum(self.price_inr, other.price_inr),
        )

    def documented(self) -> dict[str, object]:
        """As it stands in a result's `usage`."""
        return {
            "model_calls": self.model_calls,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "cached_tokens": self.cached_tokens,
            "price_usd": self.price_usd,
            "price_inr": self.price_inr,
        }


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
