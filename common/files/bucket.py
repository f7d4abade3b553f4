"""Objects in the bucket: written once under a precondition, streamed both ways."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO, TYPE_CHECKING

from common import clients
from common.config import settings
from common.errors import Conflict, Missing, Unavailable

if TYPE_CHECKING:
    from google.api_core.retry import Retry
    from google.cloud.storage import Blob, Bucket

SECONDS = 15.0
"""How long a call may take with its retries; of a large object, each piece."""

PIECE = 4 * 1024 * 1024
"""Bytes that are in memory at once while an object is moved."""


class NameTaken(Conflict):
    """An object of that name is there already."""


@dataclass(frozen=True)
class StoredObject:
    """What the bucket says of an object."""

    name: str
    size: int
    generation: int
    content_type: str
    md5: str
    metadata: dict[str, str]


def write(name: str, content: IO[bytes], size: int, content_type: str, metadata: dict[str, str]) -> int:
    """Stores a new object, reading `content` from its start; returns its generation.

    Raises NameTaken if one of that name exists, Unavailable if the bucket does not answer.
    """
    blob = _bucket_blob(name)
    blob.metadata = metadata
    if size > PIECE:
        blob.chunk_size = PIECE
    content.seek(0)
    try:
        with _translated():
            blob.upload_from_file(
                content,
                size=size,
                content_type=content_type,
                if_generation_match=0,
                timeout=SECONDS,
                retry=_retry(SECONDS),
            )
    except NameTaken:
        # A write whose answer was lost is repeated by the client and then meets itself.
        found = stat(name)
        if found is None or found.metadata != metadata:
            raise
        return found.generation
    return int(blob.generation or 0)


def replace(name: str, content: bytes, content_type: str) -> None:
    """Writes an object over whatever had its name."""
    with _translated():
        _bucket_blob(name).upload_from_string(
            content, content_type=content_type, timeout=SECONDS, retry=_retry(SECONDS)
        )


def stat(name: str) -> StoredObject | None:
    """What the bucket says of `name`; None if there is no such object."""
    with _translated():
        blob = _bucket().get_blob(name, timeout=SECONDS, retry=_retry(SECONDS))
    if blob is None:
        return None
    return StoredObject(
        name=name,
        size=int(blob.size or 0),
        generation=int(blob.generation or 0),
        content_type=blob.content_type or "application/octet-stream",
        md5=blob.md5_hash or "",
        metadata=dict(blob.metadata or {}),
    )


def read(name: str) -> bytes:
    """An object's whole content; raises Missing if it is not there."""
    with _translated():
        content: bytes = _bucket_blob(name).download_as_bytes(timeout=SECONDS, retry=_retry(SECONDS))
    return content


def read_range(name: str, start: int, end: int) -> Iterator[bytes]:
    """The bytes of an object from `start` up to, not including, `end`, a piece at a time."""
    blob = _bucket_blob(name)
    for at in range(start, end, PIECE):
        last = min(at + PIECE, end) - 1
        with _translated():
            yield blob.download_as_bytes(
                start=at, end=last, timeout=SECONDS, retry=_retry(SECONDS), checksum=None
            )


def sha256(stored: StoredObject) -> str:
    """The digest of an object's bytes, which are read a piece at a time."""
    digest = hashlib.sha256()
    for piece in read_range(stored.name, 0, stored.size):
        digest.update(piece)
    return digest.hexdigest()


def names(prefix: str) -> list[str]:
    """The names of all objects below `prefix`."""
    with _translated():
        found = clients.storage().list_blobs(
            settings().bucket, prefix=prefix, timeout=SECONDS, retry=_retry(SECONDS)
        )
        return [blob.name for blob in found]


def delete(name: str) -> None:
    """Removes an object; safe to repeat."""
    try:
        with _translated():
            _bucket_blob(name).delete(timeout=SECONDS, retry=_retry(SECONDS))
    except Missing:
        return


def signed_url(name: str, file_name: str, lifetime: timedelta) -> str:
    """A URL that gives the object to whoever has it, until it expires (Cloud Storage, V4 signing)."""
    from common.files.signing import signer

    with _translated():
        url: str = _bucket_blob(name).generate_signed_url(
            version="v4",
            expiration=datetime.now(UTC) + lifetime,
            response_type="application/pdf",
            response_disposition=f'inline; filename="{file_name}"',
            **signer(),
        )
    return url


def signed_write(
    name: str, content_type: str, size: int, metadata: dict[str, str], lifetime: timedelta
) -> tuple[str, dict[str, str]]:
    """A URL for one PUT of a new object of exactly this type and size, and the headers that it must carry.

    The headers are part of what is signed (Cloud Storage, "HTTP headers and query
    string parameters for XML API": x-goog-content-length-range,
    x-goog-if-generation-match).
    """
    from common.files.signing import signer

    headers = {
        "Content-Type": content_type,
        "x-goog-content-length-range": f"{size},{size}",
        "x-goog-if-generation-match": "0",
        **{f"x-goog-meta-{key}": value for key, value in metadata.items()},
    }
    with _translated():
        url: str = _bucket_blob(name).generate_signed_url(
            version="v4",
            expiration=datetime.now(UTC) + lifetime,
            method="PUT",
            content_type=content_type,
            headers=headers,
            **signer(),
        )
    return url, headers


def _bucket() -> Bucket:
    return clients.storage().bucket(settings().bucket)


def _bucket_blob(name: str) -> Blob:
    return _bucket().blob(name)


def _retry(seconds: float) -> Retry:
    from google.cloud.storage.retry import DEFAULT_RETRY

    retry: Retry = DEFAULT_RETRY.with_timeout(seconds).with_delay(initial=0.2, maximum=2.0, multiplier=2.0)
    return retry


@contextmanager
def _translated() -> Iterator[None]:
    """Turns the client's exceptions into ours, at the one place where it is called."""
    from google.api_core import exceptions
    from google.cloud.exceptions import GoogleCloudError
    from google.cloud.storage.exceptions import DataCorruption, InvalidResponse
    from requests.exceptions import RequestException

    try:
        yield
    except exceptions.PreconditionFailed as error:
        raise NameTaken("an object of that name is there") from error
    except exceptions.NotFound as error:
        raise Missing("no such object") from error
    except (
        GoogleCloudError,
        exceptions.RetryError,
        RequestException,
        InvalidResponse,
        DataCorruption,
    ) as error:
        raise Unavailable("The file storage is not available now; try again") from error
