"""Sends one message once, and says what came of it."""

import logging
import ssl
import time
from dataclasses import dataclass

import httpcore
import httpx
from django.conf import settings

from cms.common.deadline import TookTooLong
from cms.common.outgoing.addresses import ForbiddenAddress
from cms.common.outgoing.connection import CarefulTransport, Deadline, UnknownName, trusted
from cms.delivery.webhooks.addresses import UnusableAddress, not_public, parse_address
from cms.delivery.webhooks.models import WebhookDelivery

logger = logging.getLogger(__name__)

TIME_LIMIT = 10.0
"""Seconds for everything together: looking up the name, connecting, sending, reading."""

LARGEST_ANSWER = 16 * 1024
"""Bytes that are read of an answer."""

SHOWN = 2_000
"""Characters that are kept of it."""

USER_AGENT = "strategy-cms-webhooks"

Problem = WebhookDelivery.Problem


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one try.

    Attributes:
        status: the HTTP status; ``None`` where there was no answer.
        text: how the answer began.
        problem: empty for a success.
        detail: the problem in technical terms.
        duration: seconds.
    """

    status: int | None = None
    text: str = ""
    problem: str = ""
    detail: str = ""
    duration: float = 0.0

    @property
    def is_success(self) -> bool:
        """Tells whether the receiver has it."""
        return not self.problem


def send(address: str, headers: dict[str, str], payload: str) -> Answer:
    """Send a message; whatever goes wrong is in the answer."""
    began = time.monotonic()
    status, text, problem, detail = None, "", "", ""
    try:
        status, text = _post(address, headers, payload)
        problem = _judge(status)
    except TookTooLong:
        problem, detail = Problem.TIME, f"There was no answer within {TIME_LIMIT:g} seconds."
    except UnusableAddress as error:
        problem, detail = Problem.ADDRESS, str(error)
    except ForbiddenAddress as error:
        problem, detail = Problem.ADDRESS, not_public(error)
    except UnknownName as error:
        problem, detail = Problem.NAME, str(error)
    except ssl.SSLError as error:
        problem, detail = Problem.CERTIFICATE, str(error)
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
        problem, detail = Problem.CONNECTION, f"{type(error).__name__}: {error}"
    except Exception as error:
        # A message that cannot be sent is given up one day; it must not stop the others.
        logger.exception("Sending a message to a webhook failed")
        problem, detail = Problem.OTHER, f"{type(error).__name__}: {error}"
    return Answer(status, text, problem, _storable(detail), time.monotonic() - began)


def _judge(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if status == 410:
        return Problem.GONE
    return Problem.REDIRECT if 300 <= status < 400 else Problem.STATUS


def _post(address: str, headers: dict[str, str], payload: str) -> tuple[int, str]:
    url = parse_address(address)
    deadline = Deadline(TIME_LIMIT)
    fixed = {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        # What is read of the answer is read as it comes: no small answer that unpacks to a large.
        "accept-encoding": "identity",
        "connection": "close",
    }
    with (
        httpx.Client(
            transport=CarefulTransport(
                deadline,
                trusted(),
                is_private_allowed=settings.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES,
            ),
            follow_redirects=False,
            trust_env=False,
        ) as client,
        client.stream("POST", url, content=payload.encode(), headers=fixed | headers) as response,
    ):
        return response.status_code, _beginning(response)


def _beginning(response: httpx.Response) -> str:
    """The beginning of an answer; the status has come already, and says enough."""
    read = b""
    try:
        for part in response.iter_raw():
            read += part
            if len(read) >= LARGEST_ANSWER:
                break
    except (TookTooLong, httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError):
        logger.info("The rest of a webhook's answer never came")
    return _storable(read[:LARGEST_ANSWER].decode("utf-8", "replace"))


def _storable(text: str) -> str:
    """Text without what no database holds or no page should show."""
    kept = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
    return kept[:SHOWN]
