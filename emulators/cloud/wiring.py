"""Topics, subscriptions and the bucket, made through the emulators' REST interfaces. Safe to repeat."""

from __future__ import annotations

from http import HTTPStatus

from emulators.cloud.environment import BUCKET, DEAD_TOPIC, PROJECT, TOPIC
from emulators.cloud.rest import demand

PUSH = f"{TOPIC}-extract"
DEAD_LETTERS = f"{DEAD_TOPIC}-keep"
GIVEN_UP = f"{DEAD_TOPIC}-tell"
ATTEMPTS = 30
"""Enough for the handler's own back-off, in which it sends a message back each second."""

ACK_SECONDS = 600
"""The longest that there is: it is the time limit of a push, too."""

_THERE = int(HTTPStatus.CONFLICT)


def make_topics(pubsub: str, endpoint: str | None) -> None:
    """The queue: its topic, the push to `endpoint`, and the dead letters, which are kept and told.

    The cloud's subscription has a retry policy beside this and ours has none: a message is tried
    again after one second, each time. With a policy the emulator (0.8.20) stops delivering for ever
    as soon as two messages that failed are due in the same millisecond, which two uploads during a
    fault are: it lists one of them twice, misses it the second time, and its timer ends with a
    NullPointerException (MessageBacklog.expireOutstandingMessages).
    """
    project = f"projects/{PROJECT}"
    for topic in (TOPIC, DEAD_TOPIC):
        demand("PUT", f"{pubsub}/v1/{project}/topics/{topic}", {}, also=_THERE)
    demand(
        "PUT",
        f"{pubsub}/v1/{project}/subscriptions/{DEAD_LETTERS}",
        {"topic": f"{project}/topics/{DEAD_TOPIC}"},
        also=_THERE,
    )
    if endpoint is None:
        return
    push = {
        "topic": f"{project}/topics/{TOPIC}",
        "pushConfig": {"pushEndpoint": endpoint},
        "ackDeadlineSeconds": ACK_SECONDS,
        "deadLetterPolicy": {
            "deadLetterTopic": f"{project}/topics/{DEAD_TOPIC}",
            "maxDeliveryAttempts": ATTEMPTS,
        },
    }
    demand("PUT", f"{pubsub}/v1/{project}/subscriptions/{PUSH}", push, also=_THERE)
    tell = {
        "topic": f"{project}/topics/{DEAD_TOPIC}",
        "pushConfig": {"pushEndpoint": f"{endpoint}given-up/"},
        "ackDeadlineSeconds": ACK_SECONDS,
    }
    demand("PUT", f"{pubsub}/v1/{project}/subscriptions/{GIVEN_UP}", tell, also=_THERE)


def make_bucket(storage: str) -> None:
    """The one bucket."""
    demand("POST", f"{storage}/storage/v1/b?project={PROJECT}", {"name": BUCKET}, also=_THERE)
