"""The services that models are asked at: the Gemini API and Vertex AI, a client of each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from common.config import Profile, Settings, settings
from common.errors import Unavailable

if TYPE_CHECKING:
    from google.genai import Client

Endpoint = Literal["gemini", "vertex", "gemini_v2", "vertex_v2"]
"""The four endpoints of /process-pdf/, each with its own table of prices."""

_CLIENTS_KEPT = 16


@dataclass(frozen=True)
class Service:
    """Where a model is asked, how, and by which table its answers are priced."""

    endpoint: Endpoint
    profile: Profile
    client: Client
    location: str = ""
    """Vertex AI's, for models that cost more in a region."""
    reads_bucket: bool = False
    """Whether it can fetch an object of the system's bucket by itself."""


def gemini(profile: Profile) -> Service:
    """The Gemini API (Google AI Studio)."""
    return Service("gemini_v2" if profile == "v2" else "gemini", profile, _gemini_client())


def vertex(profile: Profile, project: str | None = None, location: str | None = None) -> Service:
    """Vertex AI, in the settings' own project and location unless others are named."""
    chosen = settings()
    at, place = project or chosen.vertex_project, location or chosen.vertex_location
    client = _vertex_client(at, place)
    endpoint: Endpoint = "vertex_v2" if profile == "v2" else "vertex"
    return Service(endpoint, profile, client, place, reads_bucket=vertex_reads_bucket(chosen, at))


def vertex_reads_bucket(chosen: Settings, project: str) -> bool:
    """Whether Vertex AI in `project` can fetch objects of the bucket: Google's own, of the same project."""
    return project == chosen.project and not chosen.storage_emulator and not chosen.vertex_base_url


def configured() -> Service:
    """What the queue and /invoice/extract-data/ ask: the Gemini API where it is set up, else Vertex AI."""
    chosen = settings()
    if chosen.gemini_api_key or chosen.gemini_base_url:
        return gemini(chosen.extraction_profile)
    return vertex(chosen.extraction_profile)


@lru_cache(maxsize=1)
def _gemini_client() -> Client:
    from common.extraction.model_client import gemini_client

    chosen = settings()
    if not (chosen.gemini_api_key or chosen.gemini_base_url):
        raise Unavailable("The Gemini API is not set up here: GEMINI_API_KEY is missing")
    return gemini_client(chosen.gemini_api_key, chosen.gemini_base_url, chosen.model_seconds)


@lru_cache(maxsize=_CLIENTS_KEPT)
def _vertex_client(project: str, location: str) -> Client:
    from common.extraction.model_client import vertex_client

    chosen = settings()
    if not project:
        raise Unavailable("Vertex AI is not set up here: VERTEX_PROJECT is missing")
    # A server of one's own takes no Google credentials, and there may be none to give.
    token = "local" if chosen.vertex_base_url else ""
    return vertex_client(project, location, chosen.vertex_base_url, chosen.model_seconds, token=token)
