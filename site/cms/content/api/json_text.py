"""JSON as the API writes it: as it is read, without spaces, every language's letters plain."""

import json
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

MEDIA_TYPE: Final = "application/json"


class JSONEncoder(NinjaJSONEncoder):
    """Ninja's, which cuts moments to the millisecond; here they are as Pydantic writes them."""

    def default(self, o: Any) -> Any:
        """A moment to the microsecond, UTC as ``Z``."""
        if isinstance(o, datetime):
            return o.isoformat().replace("+00:00", "Z")
        return super().default(o)


def as_json(value: Any) -> bytes:
    """A value as the API sends it, UTF-8."""
    return json.dumps(value, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()


class CompactRenderer(BaseRenderer):
    """In the place of Ninja's own, which writes Sámi letters as numbers."""

    media_type = MEDIA_TYPE

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The body of an answer."""
        return as_json(data)
