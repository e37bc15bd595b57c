"""System check: PostgreSQL has the text search configuration of each language.

It asks the database: it runs with ``manage.py check --database default`` and before each
``migrate``.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections

from cms.delivery.search.postgresql import WITHOUT_STEMS, configurations
from cms.languages.registry import LANGUAGES


@register(Tags.database)
def check_search_configurations(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Report each language whose words are found as they are written and in no other form.

    A warning, since a packaged PostgreSQL may lack a configuration that others have.
    """
    return [
        CheckWarning(
            f"The PostgreSQL of the database {alias!r} has no text search configuration "
            f"{language.search_configuration!r}: words in {language.english_name} "
            f"({language.code}) are found without their other forms.",
            hint="Set search_configuration in cms/languages/registry.py to one of "
            f"{', '.join(sorted(configurations(alias)))}; {WITHOUT_STEMS} takes words as they are.",
            id="delivery_search.W001",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        for language in LANGUAGES.values()
        if language.search_configuration not in configurations(alias)
    ]
