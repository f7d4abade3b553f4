"""The queue: what is published to it, and what becomes of a message that no retry can mend."""

from __future__ import annotations

from common import clients, logs
from common.config import settings
from common.errors import Unavailable

READ_AGAIN = "READ_AGAIN"
"""The eventType of our own messages; the bucket's notifications have OBJECT_FINALIZE."""

SECONDS = 10.0


def send_again(invoice_id: int) -> None:
    """Asks the extract function to read an invoice once more; Unavailable if the queue does not answer."""
    origin = logs.origin()
    carried = {"requestId": origin.pop("request_id"), **origin}
    _publish(settings().topic, b"", {"eventType": READ_AGAIN, "invoiceId": str(invoice_id), **carried})


def announce(attributes: dict[str, str], data: bytes = b"") -> None:
    """Publishes what a message of the topic said, for one that was lost or given up."""
    _publish(settings().topic, data, attributes)


def bury(data: bytes, attributes: dict[str, str], reason: str) -> None:
    """Sends a message to the dead-letter topic, as it came, with why it was given up."""
    _publish(settings().dead_letter_topic, data, {**attributes, "deadLetterReason": reason[:200]})
    logs.warning("dead letter")


def _publish(topic: str, data: bytes, attributes: dict[str, str]) -> None:
    from concurrent.futures import TimeoutError as NotYet

    from google.api_core.exceptions import GoogleAPICallError, RetryError

    publisher = clients.publisher()
    path = publisher.topic_path(settings().project, topic)
    try:
        publisher.publish(path, data, timeout=SECONDS, **attributes).result(timeout=SECONDS)
    except (GoogleAPICallError, RetryError, NotYet) as error:
        raise Unavailable("The queue is not available now; try again") from error
