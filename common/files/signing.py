"""Who signs URLs to objects: the function's own service account, or a throw-away key for an emulator."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from common.config import settings

if TYPE_CHECKING:
    from google.auth.credentials import Credentials


def signer() -> dict[str, Any]:
    """What generate_signed_url needs beside the object.

    A function holds no private key: the IAM service signs for its account
    (Google Cloud, "IAM Service Account Credentials API", signBlob). An emulator
    checks no signature; the URL it gets has the same form.
    """
    emulator = settings().storage_emulator
    if emulator:
        return {"credentials": _throw_away(), "api_access_endpoint": emulator}
    import google.auth
    from google.auth.transport.requests import Request

    credentials, _ = google.auth.default(scopes=["https://www.googleapis.com/auth/cloud-platform"])
    credentials.refresh(Request())  # type: ignore[no-untyped-call]
    account = getattr(credentials, "service_account_email", None)
    return {"service_account_email": account, "access_token": credentials.token}


@cache
def _throw_away() -> Credentials:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from google.oauth2 import service_account

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    credentials: Credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
        {
            "type": "service_account",
            "client_email": "local@local-invoices.iam.gserviceaccount.com",
            "private_key": pem,
            "token_uri": "http://localhost/token",
        }
    )
    return credentials
