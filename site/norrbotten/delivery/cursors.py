"""Places in the order of changes, as other sites keep them."""

import base64
import json


def change_cursor(sequence: int) -> str:
    """The cursor of ``changes/`` that continues after a change."""
    return base64.urlsafe_b64encode(json.dumps({"sequence": sequence}).encode()).decode()
