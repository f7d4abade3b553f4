"""What reads the documents: the offline stand-in, the Gemini API or Vertex AI."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from common import services
from common.config import Profile, settings
from common.services import Service

Engine = Literal["stand-in", "gemini", "vertex"]
ENGINES: tuple[Engine, ...] = ("stand-in", "gemini", "vertex")


@contextmanager
def service(engine: Engine, profile: Profile) -> Iterator[Service]:
    """The service of an engine; a stand-in is started for as long as the block lasts.

    Raises Unavailable where a setting is missing, and the local cloud's CannotStart or
    PartEnded where the stand-in does not start.
    """
    if engine == "gemini":
        yield services.gemini(profile)
    elif engine == "vertex":
        yield services.vertex(profile)
    else:
        with _stand_in(profile) as started:
            yield started


@contextmanager
def _stand_in(profile: Profile) -> Iterator[Service]:
    from common.extraction.model_client import gemini_client
    from emulators.cloud import LocalOptions, local_cloud

    # What is set for the real services must not keep the stand-in from starting.
    none = dict.fromkeys(("GEMINI_API_KEY", "GEMINI_BASE_URL", "VERTEX_PROJECT", "VERTEX_BASE_URL"), "")
    with tempfile.TemporaryDirectory(prefix="evaluation-") as folder:
        options = LocalOptions(folder=Path(folder), port=0, parts=frozenset({"gemini"}), settings=none)
        with local_cloud(options) as cloud:
            client = gemini_client("local", cloud.urls["gemini"], settings().model_seconds)
            yield Service("gemini_v2" if profile == "v2" else "gemini", profile, client)
