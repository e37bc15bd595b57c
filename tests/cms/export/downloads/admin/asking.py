"""Asks for files in the admin as a person does, and fetches them."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cms.export.models import ExportFile

SCREEN = "/admin/export/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def translator(code: str) -> User:
    user: User = User.objects.create(username=f"{code}-översättare")
    user.groups.set([Group.objects.get(name=f"Translators ({code})")])
    return user


def ask(client: Client, capture: Any, **data: Any) -> ExportFile:
    with capture(execute=True):
        response: Any = client.post(SCREEN, {"format": "csv"} | data)
    assert response.status_code == 302, response.content.decode()
    job: ExportFile = ExportFile.objects.latest("pk")
    assert response.url == reverse("cms_export:file", args=[job.pk])
    return job


def download(client: Client, job: ExportFile) -> bytes:
    response: Any = client.get(reverse("cms_export:download", args=[job.pk]))
    assert response.status_code == 200
    return b"".join(response.streaming_content)
