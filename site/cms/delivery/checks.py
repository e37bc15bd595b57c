"""System checks: documents can be stored in each language, and name the address that is meant.

The one that asks the database runs with ``manage.py check --database default``, and with
``migrate``, which writes ``BASE_URL`` into the database afterwards.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections
from wagtail.models import Site

from cms.common.site_address import Authority, address_of, authority_of
from cms.delivery.models import Entry, PublishedDocument, Removal
from cms.languages.registry import LANGUAGES

# Of the fields in which documents and the feed hold the code of a language.
_LONGEST_CODE: Final = min(
    model._meta.get_field("locale").max_length or 0 for model in (Entry, PublishedDocument, Removal)
)


@register(Tags.translation)
def check_codes(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Report each language whose code is too long to be stored."""
    return [
        Error(
            f"The code of {language.english_name}, {language.code!r}, has more than "
            f"{_LONGEST_CODE} characters: documents in it cannot be stored.",
            hint="Give it a shorter one in cms/languages/registry.py.",
            id="delivery.E001",
        )
        for language in LANGUAGES.values()
        if len(language.code) > _LONGEST_CODE
    ]


@register(Tags.database)
def check_site_address(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Report where ``BASE_URL`` and Wagtail's default site name different addresses."""
    wanted = authority_of(settings.BASE_URL)
    if wanted is None:
        return []
    found: list[CheckMessage] = []
    for alias in databases or ():
        if Site._meta.db_table not in connections[alias].introspection.table_names():
            continue
        sites = Site.objects.using(alias)
        site = sites.filter(is_default_site=True).first()
        if site is None:
            found.append(
                CheckWarning(
                    f"The database {alias!r} has no default site; addresses are those of BASE_URL.",
                    hint="Choose the default one under Settings → Sites.",
                    id="delivery.W001",
                )
            )
        elif Authority(site.hostname, site.port) != wanted:
            taken = sites.filter(hostname=wanted.host, port=wanted.port).exists()
            found.append(
                CheckWarning(
                    f"BASE_URL is {settings.BASE_URL}, but the default site in the database "
                    f"{alias!r} is {site.root_url}, which documents, exports and the mirror name.",
                    hint="Another site has that address: make it the default under Settings → "
                    "Sites."
                    if taken
                    else "Run manage.py migrate, which writes BASE_URL into the database, or set "
                    "BASE_URL to the address of the site.",
                    id="delivery.W002",
                )
            )
        elif address_of(wanted) != site.root_url:
            found.append(
                CheckWarning(
                    f"Wagtail takes the site for {site.root_url}, as it must on port {site.port}; "
                    f"documents name BASE_URL, {settings.BASE_URL}. The links of the admin to "
                    "pages lead to Wagtail's address.",
                    hint="Serve https on port 443 and http on port 80, or let the web server "
                    "redirect from the one address to the other.",
                    id="delivery.W003",
                )
            )
    return found
