"""Tells whether documents were rendered by the program and the settings that run now."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from wagtail import __version__ as wagtail_version

from cms.content.api.delivered_types import delivered_models
from cms.content.api.documents import document_schema
from cms.delivery.publishing.sequence import current_sequence
from cms.languages.registry import LANGUAGES, fallback_chain


def fingerprint() -> str:
    """SHA-256 of everything that documents are made with, beside what editors write.

    The settings that show in documents, the shapes of all types, and the program text that renders.
    """
    made_with = {
        "wagtail": wagtail_version,
        "base_url": settings.WAGTAILAPI_BASE_URL,
        "media_url": settings.MEDIA_URL,
        "fallbacks": {code: fallback_chain(code) for code in LANGUAGES},
        "schemas": {
            model._meta.label: document_schema(model).model_json_schema()
            for model in delivered_models()
        },
        "program": _program_digest(),
    }
    return hashlib.sha256(json.dumps(made_with, sort_keys=True, default=str).encode()).hexdigest()


def _program_digest() -> str:
    import cms

    digest = hashlib.sha256()
    room = Path(cms.__file__).parent
    for folder in (room / "content", room / "delivery", room / "translation", room / "languages"):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Tells whether every document was rendered by what runs now."""
    return current_sequence().fingerprint == fingerprint()


def take_down() -> None:
    """Notes that every document was rendered by what runs now."""
    feed = current_sequence()
    type(feed).objects.filter(pk=feed.pk).update(fingerprint=fingerprint())
