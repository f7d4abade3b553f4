"""Callers who upload, and repeat under the same Idempotency-Key until they are answered.

Each signs its tokens by a clock of its own; some begin with one that is wrong.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from chaos.clocks import Clock
from chaos.paper import plain_invoice

AT_ONCE = 16
PAUSE = 0.5
ANSWER_SECONDS = 60.0


@dataclass
class Sent:
    """One invoice that somebody sends."""

    number: str
    """Printed on it, and in the record: by it an invoice is known."""
    user_id: str
    clock: Clock
    """Its tokens are dated by it."""
    invoice_id: int | None = None
    """As the answer said; None until one came."""
    tries: int = 0
    wrong_clock: Clock | None = None
    """The clock of its first token; None for one that is right from the start."""
    refused: int = 0
    """Tokens by the wrong clock that were refused."""
    misjudged: list[str] = field(default_factory=list)
    """Tokens that were taken and should not have been, or the other way round."""


@dataclass
class Senders:
    """All callers together."""

    gateway: str
    sent: list[Sent]
    private_key: str
    """Signs their tokens."""
    stop: threading.Event = field(default_factory=threading.Event)

    def send(self, give_up_after: float, over: float) -> None:
        """Sends all that is not answered yet, spread over so many seconds, AT_ONCE at a time at the most.

        Each is repeated for `give_up_after` seconds until it is answered.
        """
        waiting = [one for one in self.sent if one.invoice_id is None]
        pause = over / max(1, len(waiting))
        with (
            httpx.Client(base_url=self.gateway, timeout=ANSWER_SECONDS) as http,
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):
            for one in waiting:
                pool.submit(self._send, http, one, give_up_after)
                time.sleep(pause)

    @property
    def answered(self) -> int:
        """How many have had their answer."""
        return sum(one.invoice_id is not None for one in self.sent)

    def _send(self, http: httpx.Client, one: Sent, give_up_after: float) -> None:
        until = time.monotonic() + give_up_after
        pdf = plain_invoice(one.number)
        while time.monotonic() < until and not self.stop.is_set():
            one.tries += 1
            wrong = one.wrong_clock if not one.refused else None
            signed = time.monotonic()
            try:
                answer = self._post(http, one, pdf, wrong or one.clock)
            except httpx.HTTPError:
                time.sleep(PAUSE)
                continue
            if answer.status_code == httpx.codes.CREATED:
                one.invoice_id = int(answer.json()["invoice_id"])
                if wrong is not None:
                    one.misjudged.append(f"{one.number} taken")
                return
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                in_time = time.monotonic() - signed < one.clock.room.total_seconds()
                if wrong is not None:
                    one.refused += 1
                    continue
                if in_time:
                    one.misjudged.append(f"{one.number} refused")
            time.sleep(PAUSE)

    def _post(self, http: httpx.Client, one: Sent, pdf: bytes, clock: Clock) -> httpx.Response:
        token = clock.token(one.user_id, self.private_key)
        return http.post(
            "/upload/",
            data={"user_id": one.user_id, "invoice_no": one.number},
            files={"file": ("invoice.pdf", pdf, "application/pdf")},
            headers={"Idempotency-Key": one.number, "Authorization": f"Bearer {token}"},
        )
