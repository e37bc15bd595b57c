"""Canaries: faults of Django for which we change it."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from cms.content.models import ContentDocument
from tests.cms.upstream.originals import original, still_needed
from tests.factories.media import DocumentFactory

pytestmark = pytest.mark.django_db

FIELD_FILE = "django.db.models.fields.files:FieldFile"
CONNECTION = "django.db.backends.base.base:BaseDatabaseWrapper"


def test_canary_file_transactions() -> None:
    document = DocumentFactory()
    path = Path(document.file.path)
    other = ContentDocument(title="Ny")

    def change() -> None:
        original(f"{FIELD_FILE}.delete")(document.file, save=False)
        original(f"{FIELD_FILE}.save")(other.file, "ny.pdf", ContentFile(b"%PDF-1.4"), save=False)

    savepoint = transaction.savepoint()
    change()
    original(f"{CONNECTION}.savepoint_rollback")(connection, savepoint)
    stays = Path(other.file.path)
    assert ContentDocument.objects.filter(pk=document.pk).exists()
    still_needed(not path.exists() and stays.exists(), "django/file_transactions")
    stays.unlink()
