"""How a PDF is to be read by a model, and what that costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

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
    invoice_id: int | None = None
    note_call: Callable[[int], None] = lambda log_id: None
    """Told the usage log's row before a call is made."""
    note_answer: Callable[[str], None] = lambda answer: None
    """Told an answer as soon as it is there, before anything else can fail: it is paid for."""
    kept_answer: str | None = None
    """What a former reader of the same file told so, and could not store."""
    note_stage: Callable[[str], None] = lambda stage: None


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

    def plus(self, call: Answered) -> Cost:
        """This and one more call."""
        return Cost(
            self.model_calls + 1,
            self.input_tokens + call.input_tokens,
            self.output_tokens + call.output_tokens,
            self.cached_tokens + call.cached_tokens,
            None if self.price_usd is None or call.price_usd is None else self.price_usd + call.price_usd,
            None if self.price_inr is None or call.price_inr is None else self.price_inr + call.price_inr,
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
