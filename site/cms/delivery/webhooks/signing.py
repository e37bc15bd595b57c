"""The secrets that messages are signed with, after standardwebhooks.com."""

import base64
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime

from standardwebhooks import Webhook as Signer

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    """A secret of 256 bits, ``whsec_`` and base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def masked(secret: str) -> str:
    """A secret as it is shown once it has been handed over."""
    return f"{PREFIX}…{secret[-5:]}"


def new_message_id() -> str:
    """An identity for a message."""
    return f"msg_{uuid.uuid4().hex}"


def signature_headers(
    keys: Iterable[str], message_id: str, now: datetime, payload: str
) -> dict[str, str]:
    """The headers by which a receiver knows that a message is ours, and not one sent before.

    Args:
        keys: every secret that is valid now; one matching signature is enough for a receiver.
        now: with its time zone.
    """
    signatures = [Signer(key).sign(message_id, now, payload) for key in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
