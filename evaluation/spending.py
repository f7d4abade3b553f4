"""What a run will likely cost, before anything is spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from common.config import Profile, settings
from common.errors import Unreadable
from common.extraction import pipeline
from common.extraction.estimate import likely_tokens
from common.extraction.prices import Endpoint, price_of
from evaluation.sample import Sample


@dataclass(frozen=True)
class Estimate:
    """Questions to a model and what they take; `usd` is None for a model without a known price."""

    documents: int
    questions: int
    input_tokens: int
    output_tokens: int
    usd: Decimal | None

    def told(self, model: str) -> str:
        """The estimate as a sentence."""
        price = (
            "at a price that the price book does not know"
            if self.usd is None
            else f"about {self.usd:.2f} USD"
        )
        return (
            f"Documents: {self.documents}; questions to {model}: {self.questions}, together about "
            f"{self.input_tokens:,} input and {self.output_tokens:,} output tokens, {price}."
        )


def estimate(
    samples: Iterable[Sample], endpoint: Endpoint, profile: Profile, model: str, limits: pipeline.Limits
) -> Estimate:
    """Reads every document as far as that costs nothing, and adds up what asking will likely take."""
    documents = questions = tokens_in = tokens_out = 0
    usd: Decimal | None = Decimal(0)
    for sample in samples:
        documents += 1
        try:
            prepared = pipeline.prepare(sample.pdf(), limits)
        except (Unreadable, ValueError):
            continue
        if not prepared.question:
            continue
        questions += 1
        tokens = likely_tokens(prepared, profile)
        tokens_in, tokens_out = tokens_in + tokens.input, tokens_out + tokens.output
        price = price_of(
            endpoint,
            model,
            datetime.now(UTC).date(),
            input_tokens=tokens.input,
            output_tokens=tokens.output,
            location=settings().vertex_location,
        )
        usd = None if usd is None or price is None else usd + price
    return Estimate(documents, questions, tokens_in, tokens_out, usd)
