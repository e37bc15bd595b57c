"""Fingerprint of all that documents are rendered with beside what editors write.

It tells whether the stored documents were rendered by the program and the settings that run now.
What renders is found out, not listed: whatever is installed.
"""

import hashlib
import json
import sys
import sysconfig
from functools import cache
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management.base import no_translations

from cms.common.site_address import site_address
from cms.content.api.delivered_types import delivered_models
from cms.content.api.documents import document_schema
from cms.delivery.publishing.sequence import current_sequence
from cms.languages.registry import LANGUAGES, fallback_chain

_PROGRAM_TEXT: Final = ("*.py", "*.html")


@no_translations
def fingerprint() -> str:
    """Return the SHA-256 of the program, the packages, the settings and the shapes of all types.

    The same in whatever language somebody asks: the shapes describe themselves in the active one.
    """
    made_with = {
        # The rest of an address is content, which is followed as such.
        "scheme": urlsplit(site_address()).scheme,
        "media_url": settings.MEDIA_URL,
        "fallbacks": {code: fallback_chain(code) for code in LANGUAGES},
        "shapes": shapes_digest(),
        "packages": package_versions(),
        "program": program_digest(),
    }
    return hashlib.sha256(json.dumps(made_with, sort_keys=True, default=str).encode()).hexdigest()


@cache
def shapes_digest() -> str:
    """Return the SHA-256 of the shapes of all documents; a process has them once and for all."""
    shapes = {
        model._meta.label: document_schema(model).model_json_schema()
        for model in delivered_models()
    }
    return hashlib.sha256(json.dumps(shapes, sort_keys=True, default=str).encode()).hexdigest()


def package_versions() -> dict[str, str]:
    """Return the version of every package that is installed beside the program, and of Python."""
    python = ".".join(map(str, sys.version_info[:2]))
    return {"python": python} | {found.name: found.version for found in distributions()}


@cache
def program_digest() -> str:
    """Return the SHA-256 of the program text that runs.

    Read once: what is put in its place later is not what this process has loaded.
    """
    digest = hashlib.sha256()
    for name, path in program_files().items():
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def program_files() -> dict[str, Path]:
    """Return the modules and templates of every installed application that has no version, by name.

    These are this project's applications, with all that their packages hold beside.
    """
    return {
        path.relative_to(folder.parent).as_posix(): path
        for folder in _program_folders()
        for path in sorted(path for pattern in _PROGRAM_TEXT for path in folder.rglob(pattern))
    }


def _program_folders() -> list[Path]:
    own = __name__.partition(".")[0]
    packages = {own, *(app.name.partition(".")[0] for app in apps.get_app_configs())}
    folders = {name: Path(import_module(name).__path__[0]) for name in sorted(packages)}
    # Where packages lie that have a version. Ours is there only where it was installed like them;
    # then it cannot be told from them, and all are read.
    installed = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    if folders[own].parent in installed:
        return list(folders.values())
    return [folder for folder in folders.values() if folder.parent not in installed]


def is_current() -> bool:
    """Return whether every document was rendered by what runs now."""
    return bool(current_sequence().fingerprint == fingerprint())


def record() -> None:
    """Note that every document was rendered by what runs now."""
    feed = current_sequence()
    type(feed).objects.filter(pk=feed.pk).update(fingerprint=fingerprint())
