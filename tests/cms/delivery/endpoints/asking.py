"""Asks the API through Django's views, and through the fast path before them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.test import Client, RequestFactory

from cms.delivery.http.fast_path import Environ, FastPath, StartResponse

API = "/api/v3"


@dataclass(frozen=True)
class Reply:
    """A response; names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Views:
    """Through Django alone."""

    def __call__(self, path: str, method: str = "GET", **headers: str) -> Reply:
        client = Client(raise_request_exception=False)
        response: Any = client.generic(method, f"{API}{path}", headers=_named(headers))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found = {name.lower(): value for name, value in response.items()}
        return Reply(response.status_code, found, body)


class Fast:
    """Through the fast path, which hands over what it leaves to Django."""

    def __init__(self) -> None:
        self.handed_over = 0

    def __call__(self, path: str, method: str = "GET", **headers: str) -> Reply:
        said: dict[str, Any] = {}

        def behind(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            self.handed_over += 1
            reply = Views()(path, method, **headers)
            start_response(f"{reply.status} ", list(reply.headers.items()))
            return (reply.body,)

        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            said["status"] = int(status.split(maxsplit=1)[0])
            said["headers"] = {name.lower(): value for name, value in headers}

        request: Any = RequestFactory().generic(method, f"{API}{path}", headers=_named(headers))
        environ = request.environ | {"HTTP_HOST": "testserver"}
        sent = FastPath(behind)(environ, start_response)
        # Granian sends a list in one piece, and streams whatever else is given to it.
        assert self.handed_over or isinstance(sent, list)
        body = b"".join(sent)
        return Reply(said["status"], said["headers"], body)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


Ask = Views | Fast
