"""Translates texts that stand in the templates of Wagtail's admin in English.

Wagtail 8.0.1 has them there without asking a catalogue: the value of a button, the name of a
navigation, ``True`` and ``None`` as Python writes them, names of permissions as the database has
them. Here the template is read with a tag in their place; all else is Wagtail's. A text may go
from this table when Wagtail's template translates it.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final

import wagtail

from cms.upstream.replacement import Replacement, apply_replacements

GET_CONTENTS: Final = "django.template.loaders.filesystem:Loader.get_contents"
WAGTAIL: Final = Path(wagtail.__file__).parent

_SEARCH: Final = ('value="Search"', "value=\"{% load i18n %}{% trans 'Search' %}\"")
_NAMES: Final = (
    "{% load i18n wagtailadmin_tags %}",
    "{% load i18n wagtailadmin_tags permission_names %}",
)

TEXTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "wagtailadmin/home.html": (_SEARCH,),
    "wagtailadmin/shared/header.html": (_SEARCH,),
    "wagtailadmin/shared/headers/_actions.html": (
        ('aria-label="Actions"', "aria-label=\"{% load i18n %}{% trans 'Actions' %}\""),
    ),
    "wagtailadmin/shared/user_avatar.html": (("{{ user }}", '{{ user|default_if_none:"–" }}'),),
    "wagtailadmin/tables/boolean_cell.html": (("value|stringformat:'s'", "value|yesno"),),
    "wagtailusers/groups/includes/formatted_permissions.html": (
        _NAMES,
        (".add.perm.name", ".add.perm|permission_name"),
        (".change.perm.name", ".change.perm|permission_name"),
        (".delete.perm.name", ".delete.perm|permission_name"),
    ),
    "wagtailusers/groups/includes/page_permissions_form.html": (
        _NAMES,
        ("{{ option.choice_label }}", "{{ option.data.value.instance|permission_name }}"),
    ),
}
"""By the name of a template, what stands there and what is read in its place."""


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            GET_CONTENTS,
            "cdffade2e1132cfff437fcde5659c36b0bec593c2ae1e50afaafd2886eedeeb0",
            with_tags,
        )
    )


def with_tags(get_contents: Callable[[Any, Any], str]) -> Callable[[Any, Any], str]:
    """The reading of a template, with tags in place of those texts."""

    @wraps(get_contents)
    def get_translated(loader: Any, origin: Any) -> str:
        contents = get_contents(loader, origin)
        texts = TEXTS.get(origin.template_name, ())
        if texts and WAGTAIL in Path(origin.name).parents:
            for text, tag in texts:
                contents = contents.replace(text, tag)
        return contents

    return get_translated
