"""System checks: each registered language is whole, and Django and Wagtail have what they need.

They run with ``manage.py check``; the one that asks the database, with ``check --database default``
and before each ``migrate``.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections

from cms.languages.catalogues.files import catalogue_path, compiled_path, plural_rule_of
from cms.languages.entry_checks import described, errors_between, errors_in_entry
from cms.languages.registry import ENTRIES, LANGUAGES, Language


@register(Tags.translation)
def check_languages(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[Error]:
    """Report each registered language that lacks something outside the database."""
    return [
        *errors_between(ENTRIES),
        *(
            error
            for language in LANGUAGES.values()
            for error in (*errors_in_entry(language), *_errors_of(language))
        ),
    ]


def _errors_of(language: Language) -> Iterator[Error]:
    what = described(language)
    source = catalogue_path(language.code)
    compiled = compiled_path(language.code)
    if not source.is_file():
        yield Error(
            f"{what} has no message catalogue.",
            hint="Run: manage.py catalogues update",
            id="languages.E001",
        )
    elif (rule := plural_rule_of(language)) != language.plural_forms:
        yield Error(
            f"The message catalogue of {what} counts by {rule!r}, the registry by "
            f"{language.plural_forms!r}.",
            hint="Run: manage.py catalogues update; then look at its plurals.",
            id="languages.E019",
        )
    if source.is_file() and not compiled.is_file():
        # Without it Django does not take the language for supported: its addresses answer 404.
        yield Error(
            f"The message catalogue of {what} is not compiled.",
            hint="Run: manage.py catalogues compile",
            id="languages.E002",
        )
    information = LANG_INFO.get(language.code)
    if information is None:
        yield Error(
            f"Django has no entry for {what} in LANG_INFO.",
            hint="Call register_with_django() in the settings.",
            id="languages.E003",
        )
    elif information["bidi"] != language.is_right_to_left:
        yield Error(
            f"Django writes {what} in another direction than the registry's {language.direction}.",
            hint="Correct the direction in cms/languages/registry.py.",
            id="languages.E004",
        )
    if (language.code in settings.LANGUAGES_BIDI) != language.is_right_to_left:
        yield Error(
            f"LANGUAGES_BIDI disagrees with the registry, which writes {what} "
            f"{language.direction}.",
            hint="Set LANGUAGES_BIDI = right_to_left_codes() in the settings.",
            id="languages.E005",
        )
    for name in ("LANGUAGES", "WAGTAIL_CONTENT_LANGUAGES"):
        if language.code not in dict(getattr(settings, name)):
            yield Error(
                f"{what} is not in {name}.",
                hint=f"Make {name} from the registry in the settings.",
                id="languages.E006",
            )


@register(Tags.database)
def check_locales(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckWarning]:
    """Report each registered language that has no Locale in a database that is migrated.

    A warning: an administrator may have removed it, and ``migrate``, which makes it again, must
    run.
    """
    locale_model = installed_apps.get_model("wagtailcore", "Locale")
    warnings = []
    for alias in databases or ():
        if locale_model._meta.db_table not in connections[alias].introspection.table_names():
            continue
        rows = locale_model._default_manager.using(alias)
        existing = set(rows.values_list("language_code", flat=True))
        warnings += [
            CheckWarning(
                f"{described(language)} has no Locale in the database {alias!r}.",
                hint="Run: manage.py create_locales. One that goes for good leaves the registry.",
                id="languages.W007",
            )
            for language in LANGUAGES.values()
            if language.code not in existing
        ]
    return warnings
