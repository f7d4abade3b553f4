"""How every record is reached: collections, limits on waiting, and faults in our own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypedDict

from common import clients
from common.errors import Conflict, Unavailable

if TYPE_CHECKING:
    from google.api_core.retry import Retry
    from google.cloud.firestore import CollectionReference, DocumentSnapshot, FieldFilter, WriteBatch

SECONDS = 10.0
"""How long a call may take with its retries. Firestore's own default is up to five minutes."""

LISTING_SECONDS = 50.0
"""The same for a query that reads many records."""


class Taken(Conflict):
    """A record of that key is there already."""


class Changed(Conflict):
    """The record was changed by another since it was read."""


class Waiting(TypedDict):
    """The limits that every call to Firestore is given."""

    timeout: float
    retry: Retry


def waiting(seconds: float = SECONDS) -> Waiting:
    """Retries what passes (unavailable, aborted for contention) within `seconds`."""
    from google.api_core import exceptions
    from google.api_core.retry import Retry, if_exception_type

    passing = if_exception_type(exceptions.ServiceUnavailable, exceptions.Aborted, exceptions.TooManyRequests)
    return {
        "timeout": seconds,
        "retry": Retry(predicate=passing, initial=0.1, maximum=1.0, multiplier=1.5, timeout=seconds),
    }


def collection(name: str) -> CollectionReference:
    """The collection `name`."""
    return clients.firestore().collection(name)


def where(field: str, operator: str, value: object) -> FieldFilter:
    """A condition of a query."""
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, operator, value)


def batch() -> WriteBatch:
    """Writes that take effect together or not at all."""
    return clients.firestore().batch()


def commit(writes: WriteBatch) -> None:
    """Carries `writes` out; raises Taken, Changed or Unavailable."""
    with translated():
        writes.commit(**waiting())


def read(name: str, key: str) -> DocumentSnapshot[Any] | None:
    """The record `key` of collection `name`, None if there is none."""
    with translated():
        snapshot = collection(name).document(key).get(**waiting())
    return snapshot if snapshot.exists else None


def create(name: str, key: str, fields: Mapping[str, Any]) -> None:
    """Writes a new record; raises Taken if the key is there."""
    with translated():
        collection(name).document(key).create(dict(fields), **waiting())


@contextmanager
def translated() -> Iterator[None]:
    """Turns Firestore's exceptions into ours, at the one place where it is called."""
    from google.api_core import exceptions

    try:
        yield
    except exceptions.AlreadyExists as error:
        raise Taken("already there") from error
    except (exceptions.FailedPrecondition, exceptions.NotFound) as error:
        raise Changed("changed by another") from error
    except (
        exceptions.ServerError,
        exceptions.RetryError,
        exceptions.Aborted,
        exceptions.TooManyRequests,
    ) as error:
        raise Unavailable("The records are not available now; try again") from error
