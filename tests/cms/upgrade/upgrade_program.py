"""Upgrade of a database of commit 8ec75f9, as an operator does it: a program of its own.

``python -m tests.cms.upgrade.upgrade_program FOLDER``: brings the database forward, notes its
rows in FOLDER, and says as JSON how the site then works. FOLDER holds files that the former program
wrote for translators.
"""

import contextlib
import io
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

FORMER_ADDRESS: Final = b"http://127.0.0.1:8000"
ADDRESS: Final = b"http://localhost:8000"
"""Of the site's row in the dump."""


def main(folder: Path) -> dict[str, Any]:
    """Upgrade, then try what was there."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", check_unapplied=True, verbosity=0)

    from django.conf import settings

    from tests.cms.upgrade.rows import all_rows

    address = settings.DATABASES["default"]["NAME"]
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        import os

        address = os.environ["DATABASE_URL"]
    (folder / "after.json").write_text(json.dumps(all_rows(str(address))), encoding="utf-8")

    # As in the tests of that commit.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    make_files()
    # The address stands in the database, where the former code took that of its environment.
    before = {key: body.replace(FORMER_ADDRESS, ADDRESS) for key, body in bodies().items()}
    call_command("published", "rebuild", "--if-needed", verbosity=0, stdout=io.StringIO())
    said = io.StringIO()
    call_command("published", "check", stdout=said)
    return {
        "database": Path(str(address)).name,
        "changed_fields": changed_fields(before, bodies()),
        "documents": len(before),
        "changed_when_published": changed_when_published(),
        "check": said.getvalue(),
        "queue": queue(),
        "answers": answers(),
        "imports": imports(folder),
        "log": shown_log(),
    }


def make_files() -> None:
    """The files of images and documents: they are no part of a database."""
    from PIL import Image

    from cms.content.models import ContentDocument, ContentImage

    for document in ContentDocument.objects.all():
        path = Path(document.file.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(document.file_size or 1))

    for image in ContentImage.objects.all():
        path = Path(image.file.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (image.width, image.height)).save(path)


def bodies() -> dict[Any, bytes]:
    """Each published document as it is stored."""
    from cms.delivery.models import PublishedDocument

    return {row.pk: bytes(row.body) for row in PublishedDocument.objects.all()}


def changed_fields(before: dict[Any, bytes], after: dict[Any, bytes]) -> dict[str, int]:
    """Number of documents in which each field is another: ``{"meta.parent": 4}``."""
    return Counter(
        path
        for key in before.keys() & after.keys()
        for path in differences(json.loads(before[key]), json.loads(after[key]))
    )


def changed_when_published() -> int:
    """Number of documents that say that they changed when their page or fact was published last."""
    from cms.content.api.delivered_types import delivered_models
    from cms.delivery.models import PublishedDocument

    models = {model._meta.label: model for model in delivered_models() if hasattr(model, "live")}
    return sum(
        models[row.type]._default_manager.get(pk=row.object_id).last_published_at == row.modified_at
        for row in PublishedDocument.objects.filter(type__in=models)
    )


def differences(before: Any, after: Any, path: str = "") -> set[str]:
    """Fields that differ, by their names from the outermost; places in lists are not told apart."""
    if isinstance(before, dict) and isinstance(after, dict):
        pairs = [(before.get(name), after.get(name), name) for name in before.keys() | after.keys()]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(*pair, "") for pair in zip(before, after, strict=True)]
    else:
        return set() if before == after else {path}
    return {
        found
        for one, other, name in pairs
        for found in differences(one, other, f"{path}.{name}".strip("."))
    }


def queue() -> dict[str, list[Any]]:
    """States of each queued task, and of the files that two of them were to make."""
    from django.core.management import call_command
    from django_tasks_db.models import DBTaskResult

    from cms.delivery.models import PendingRefresh
    from cms.delivery.webhooks.models import Webhook
    from cms.exchange.models import Job
    from cms.export.models import ExportFile

    # Nobody else's machine is asked for anything; an address of this one is refused.
    Webhook.objects.update(address="http://127.0.0.1:9/in")
    call_command("db_worker", "--batch", "--backend=background", "--interval=0", verbosity=0)
    tasks = DBTaskResult.objects.order_by("task_path", "status")
    return {
        "tasks": [*tasks.values_list("status", "task_path")],
        "jobs": [*Job.objects.order_by("pk").values_list("state", flat=True)],
        "exports": [*ExportFile.objects.order_by("pk").values_list("state", flat=True)],
        "pending": [*PendingRefresh.objects.values_list("token", flat=True)],
    }


def answers() -> dict[str, Any]:
    """Answers to other sites, and to somebody with a token of before."""
    from django.test import Client
    from wagtail.models import APIToken

    client = Client(headers={"host": "localhost"})
    story: Any = client.get("/api/v3/entries/sv/find/?path=/sv/berattelser/scenen/").json()
    with patch("wagtail.models.api.secrets.token_bytes", bytes):
        token = {"Authorization": f"Bearer {APIToken.generate_token()}"}
    return {
        "title": story["title"],
        "languages": sorted(each["locale"] for each in story["translations"]),
        "changes": len(client.get("/api/v3/changes/").json()["items"]),
        "moved": client.get("/sv/kust/", follow=False).status_code,
        "closed": client.get("/api/v3/entries/sv/find/?path=/sv/intern/").status_code,
        "without token": client.get("/api/v3/locales/").status_code,
        "with token": client.get("/api/v3/locales/", headers=token).status_code,
        "password": client.login(username="redaktor", password="secret"),
        "admin": client.get("/admin/").status_code,
    }


def imports(folder: Path) -> dict[str, dict[str, int]]:
    """Numbers of texts that come back in each file that was written before, by outcome."""
    from django.db import transaction

    from cms.exchange.importing import Import, import_file

    found = {}
    for path in sorted(folder.glob("smj.*")):
        with transaction.atomic():
            # Their texts are the source's with the language behind it, on purpose.
            wanted = Import(accept_identical=True)
            report, _changed = import_file(path, path.name, wanted)
            found[path.name] = report.counts()
            transaction.set_rollback(True)
    return found


def shown_log() -> list[str]:
    """Words of the report on the site's history about exports."""
    from django.utils import translation
    from wagtail.models import ModelLogEntry

    entries = ModelLogEntry.objects.filter(content_type__app_label="export").order_by("pk")
    with translation.override("en"):
        return [str(entry.message) for entry in entries]


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        result = main(Path(sys.argv[1]))
    json.dump(result, sys.stdout)
