"""Clients of google-genai, for the Gemini API and for Vertex AI."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from google.genai import Client, types


def gemini_client(api_key: str, base_url: str, timeout: float) -> Client:
    """A client of the Gemini API; `base_url` may be empty, `timeout` is in seconds.

    Everything is given explicitly: the library otherwise takes settings from the
    environment and can reach another server than the one named. It makes no second
    attempt by itself, so that each call can be logged.
    """
    from google import genai

    return genai.Client(
        vertexai=False, api_key=api_key or "none", http_options=_options(base_url, "v1beta", timeout)
    )


def vertex_client(project: str, location: str, base_url: str, timeout: float, *, token: str = "") -> Client:
    """A client of Vertex AI; `token` replaces the machine's own credentials (a local server takes any)."""
    from google import genai
    from google.oauth2.credentials import Credentials

    credentials = Credentials(token=token) if token else None  # type: ignore[no-untyped-call]
    return genai.Client(
        vertexai=True,
        project=project,
        location=location,
        credentials=credentials,
        http_options=_options(base_url, "v1beta1", timeout),
    )


def _options(base_url: str, version: str, timeout: float) -> types.HttpOptions:
    from google.genai import types

    return types.HttpOptions(base_url=base_url or None, api_version=version, timeout=int(timeout * 1000))
