"""Google clients: made once, on first use, by functions that import their library inside.

An emulator is used where its own variable says so: FIRESTORE_EMULATOR_HOST,
STORAGE_EMULATOR_HOST and PUBSUB_EMULATOR_HOST are read by Google's libraries.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, wraps
from typing import TYPE_CHECKING, TypeVar

from common.config import settings

if TYPE_CHECKING:
    from google.cloud.firestore import Client as Firestore
    from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
    from google.cloud.storage import Client as Storage

Made = TypeVar("Made")

_making = threading.RLock()


def _once(make: Callable[[], Made]) -> Callable[[], Made]:
    """`make`, called by the first caller alone: cache by itself lets racing threads make two."""
    kept = cache(make)

    @wraps(make)
    def once() -> Made:
        with _making:
            return kept()

    return once


@_once
def firestore() -> Firestore:
    """The client of this project's Firestore database."""
    from google.cloud import firestore

    return firestore.Client(project=settings().project)


@_once
def storage() -> Storage:
    """The client of Cloud Storage."""
    from google.auth.credentials import AnonymousCredentials
    from google.cloud import storage

    if settings().storage_emulator:
        return storage.Client(project=settings().project, credentials=AnonymousCredentials())  # type: ignore[no-untyped-call]
    return storage.Client(project=settings().project)


@_once
def publisher() -> PublisherClient:
    """The client that publishes to Pub/Sub."""
    from google.cloud import pubsub_v1

    return pubsub_v1.PublisherClient()


@_once
def subscriber() -> SubscriberClient:
    """The client that takes messages from Pub/Sub; no function does, only its operator."""
    from google.cloud import pubsub_v1

    return pubsub_v1.SubscriberClient()
