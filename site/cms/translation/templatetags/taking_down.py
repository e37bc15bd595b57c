"""Puts the choice of what becomes of translations into Wagtail's forms that take pages down."""

import re
from typing import Any, Final

from django import template
from django.template.base import NodeList, Parser, Token
from wagtail.models import DraftStateMixin, Page, TranslatableMixin

from cms.languages.names import display_name
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.admin.taking_down import SHOWN, closed_along, form_context
from cms.translation.lifecycle.telling import live_versions
from cms.translation.roles.permissions import changeable

register = template.Library()

CHOICE: Final = "cms_translation/parts/choose_translations.html"
_TOKEN: Final = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>')


@register.inclusion_tag(CHOICE)
def choose_translations(
    page: Page, *, below: bool = False, is_deleted: bool = False
) -> dict[str, Any]:
    """The choice for a page; with ``below`` for all below it too."""
    return _context([page], below=below, is_deleted=is_deleted)


@register.inclusion_tag(CHOICE)
def choose_translations_of(
    items: Any, *, below: bool = False, is_deleted: bool = False
) -> dict[str, Any]:
    """The choice for the pages of a bulk action."""
    return _context([item["item"] for item in items], below=below, is_deleted=is_deleted)


def _context(pages: list[Page], *, below: bool, is_deleted: bool) -> dict[str, Any]:
    ids = {page.pk for page in pages}
    if below:
        for page in pages:
            ids.update(page.get_descendants().values_list("pk", flat=True))
    return form_context(ids, is_deleted=is_deleted)


@register.inclusion_tag("cms_translation/parts/closed_along.html")
def closed_by_move(page: Page, destination: Page) -> dict[str, Any]:
    """The languages in which a page will be closed with its move."""
    is_closed = destination.get_view_restrictions().exists()
    return {"languages": closed_along(page) if is_closed else []}


@register.inclusion_tag("cms_translation/parts/facts_left.html")
def facts_left(facts: Any) -> dict[str, Any]:
    """Versions that stay live in other languages of facts that are unpublished or deleted."""
    sources = [
        fact
        for fact in facts
        if isinstance(fact, TranslatableMixin)
        and isinstance(fact, DraftStateMixin)
        and not isinstance(fact, Page)
        and fact.locale.language_code == SOURCE_LANGUAGE_CODE
        and fact.live
    ]
    found = live_versions(sources)
    return {
        "facts": [
            {"fact": fact, "language": display_name(fact.locale.language_code)}
            for fact in found[:SHOWN]
        ],
        "more": max(0, len(found) - SHOWN),
    }


@register.filter
def alone(thing: Any) -> list[Any]:
    """A list of one thing; of none where there is none."""
    return [] if thing is None else [thing]


@register.filter
def items_of(rows: Any) -> list[Any]:
    """The things of a bulk action."""
    return [row["item"] for row in rows or ()]


class IntoForm(template.Node):
    """Moves what stands behind a form to its beginning: Wagtail's forms have no block to fill."""

    def __init__(self, around: NodeList) -> None:
        self.around = around

    def render(self, context: Any) -> str:
        """The form with what is put in, behind its token."""
        *form, added = [node.render_annotated(context) for node in self.around]
        html = "".join(map(str, form))
        return _TOKEN.sub(lambda token: token.group() + str(added), html, count=1)


@register.tag
def into_form(parser: Parser, token: Token) -> IntoForm:
    """``{% into_form %}`` a form, and last a tag to put into it ``{% end_into_form %}``."""
    around = parser.parse(("end_into_form",))
    parser.delete_first_token()
    return IntoForm(around)


@register.simple_tag(takes_context=True)
def of_own_languages(context: Any, instance: Any, translations: Any) -> list[dict[str, Any]]:
    """The versions that a page or fact has in languages in which the user may change it."""
    found: list[dict[str, Any]] = [one for one in translations or () if one.get("url")]
    if not found or instance.pk is None:
        return found
    own = changeable(context["request"].user, type(instance))
    locales = set(
        own.filter(translation_key=instance.translation_key).values_list("locale", flat=True)
    )
    return [one for one in found if one["locale"].pk in locales]


@register.simple_tag
def other_languages(instance: Any) -> list[dict[str, Any]]:
    """The other languages of a page or fact, whoever may edit them, and whether each is live."""
    if not isinstance(instance, TranslatableMixin) or instance.pk is None:
        return []
    found = instance.get_translations().select_related("locale")
    return [
        {
            "language": display_name(one.locale.language_code),
            "live": getattr(one, "live", True),
        }
        for one in found.order_by("locale__language_code")
    ]
