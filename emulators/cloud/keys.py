"""The keys of a local system: what signs login tokens, and what signs links."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from common.tokens import public_keys
from emulators.cloud.folder import write_private


@dataclass(frozen=True)
class Keys:
    """`token_key` is the private key (ES256, PEM), which the auth function alone is given."""

    token_key: str
    link_secret: str

    @property
    def token_public_keys(self) -> str:
        """The JSON Web Key Set that verifies what `token_key` signs."""
        return json.dumps(public_keys(self.token_key))


def fresh() -> Keys:
    """Keys that nobody has."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Keys(token_key=pem.decode(), link_secret=secrets.token_urlsafe(32))


def kept(path: Path) -> Keys:
    """The keys in this file, so that tokens and links outlive a restart; made where there is none."""
    if path.exists():
        return Keys(**json.loads(path.read_text("utf-8")))
    keys = fresh()
    write_private(path, json.dumps(asdict(keys)))
    return keys
