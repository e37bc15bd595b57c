"""The demo's users and their password."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import transaction
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from cms.demo.access import apply_group
from cms.demo.errors import DemoError
from cms.demo.groups import editor_groups
from cms.demo.site import start_page
from cms.demo.workflow import prepare_workflow
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.translation.roles.groups import ensure_translator_group

ADMIN: Final = "admin"
EDITOR: Final = "redaktor"
WRITER: Final = "skribent"
REVIEWER: Final = "granskare"
"""Two who show four eyes: one writes, and cannot publish; the other approves."""


@dataclass(frozen=True, slots=True)
class DemoUser:
    """One user of the demo, as the command's table shows it.

    Attributes:
        password_is_demo: whether the demo's password opens it; false once somebody changed it.
    """

    name: str
    groups: tuple[str, ...]
    password_is_demo: bool


def translator_name(code: str) -> str:
    """Return the name of the demo user who translates into a language."""
    return f"oversattare-{code}"


def refuse_in_production() -> None:
    """Refuse where others reach the site, unless the operator has chosen the password.

    Raises:
        DemoError: the settings force HTTPS, as production's do, and name no password.
    """
    if settings.SECURE_SSL_REDIRECT and not settings.DEMO_PASSWORD:
        raise DemoError(
            "These are production settings: demo users are made here only with a password of "
            "your own. Set DEMO_PASSWORD."
        )


def demo_password() -> str:
    """Return ``DEMO_PASSWORD``, or the one generated on first use and kept in ``DATA_DIR``."""
    if settings.DEMO_PASSWORD:
        return str(settings.DEMO_PASSWORD)
    path = Path(settings.DATA_DIR) / "demo-password"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    password = secrets.token_urlsafe(12)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{password}\n")
    return password


@transaction.atomic
def create_demo_users(password: str, *, reset: bool) -> list[DemoUser]:
    """Create groups and users, or bring their groups into line.

    Args:
        password: given to users who are new.
        reset: whether users who are there get it too; otherwise their own is kept.

    Raises:
        DemoError: the demo's pages are not loaded.
    """
    editors, publishers = [apply_group(definition) for definition in editor_groups()]
    users = [
        _create(ADMIN, [], password, reset=reset, superuser=True),
        _create(EDITOR, [editors, publishers], password, reset=reset),
        _create(WRITER, [editors], password, reset=reset),
        _create(REVIEWER, [publishers], password, reset=reset),
    ]
    if (home := start_page(SOURCE_LANGUAGE_CODE)) is not None:
        prepare_workflow(home, publishers)
    for code, language in LANGUAGES.items():
        if not language.is_source:
            groups = [_translators(code)]
            name = translator_name(code)
            users.append(_create(name, groups, password, reset=reset, language=code))
    return users


def _translators(code: str) -> Group:
    found = ensure_translator_group(Locale.objects.get(language_code=code))
    if found is None:
        raise DemoError(f"Nobody translates into {code!r}: it is the source.")
    group: Group = found.group
    return group


def _create(
    name: str,
    groups: list[Group],
    password: str,
    *,
    reset: bool,
    superuser: bool = False,
    language: str = SOURCE_LANGUAGE_CODE,
) -> DemoUser:
    model: type[AbstractUser] = get_user_model()
    user, created = model.objects.get_or_create(
        username=name,
        defaults={
            "email": f"{name}@example.org",
            "is_staff": superuser,
            "is_superuser": superuser,
        },
    )
    if created:
        _prefer(user, language)
    password_is_demo = not created and user.check_password(password)
    if created or (reset and not password_is_demo):
        user.set_password(password)
        user.save()
        password_is_demo = True
    user.groups.set(groups)
    return DemoUser(name, tuple(str(group.name) for group in groups), password_is_demo)


def _prefer(user: AbstractUser, language: str) -> None:
    """Let the admin speak the user's language where it can, else the language of the region."""
    permitted = dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language if language in permitted else SOURCE_LANGUAGE_CODE
    profile.save()
