"""The version of the content model, which ``openapi.json`` names."""

from typing import Final

CONTENT_MODEL_VERSION: Final = "1.1.0"
"""``MAJOR.MINOR.PATCH``, as docs/content-model.md says when to raise it. Raised here and nowhere
else; the snapshot of ``openapi.json`` shows it beside the change for which it was raised."""
