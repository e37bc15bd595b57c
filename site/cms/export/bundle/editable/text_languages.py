"""Records of the language that texts are in: what is the same on purpose, and sources that went."""

from typing import Any

from django.db.models import F
from wagtail.models import Page

from cms.content.models import ContentDocument, ContentImage
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.editable.shapes import snippet_models
from cms.translation.models import LanguageTexts, SameOnPurpose
from cms.translation.texts.digests import plain_digest
from cms.translation.texts.packing import unpacked

Entry = dict[str, Any]

SOURCE_FIELDS = ("is_source", "is_translation", "titles", "texts")


def same_on_purpose(scope: Scope) -> list[Entry]:
    """The texts that are the same in a language on purpose, without who said so.

    Of what is public, those that stand in it.
    """
    said = SameOnPurpose.objects.filter(is_approved=True).annotate(code=F("locale__language_code"))
    wanted = None if scope.private else _public_digests(scope)
    return [
        {
            "locale": one.code,
            "text": one.text,
            "how": one.how,
            "origin": one.origin if scope.private else "",
        }
        for one in said.order_by("code", "text", "digest")
        if wanted is None or (one.code, one.digest) in wanted
    ]


def sources_that_went(scope: Scope) -> list[Entry]:
    """Digests of sources that are not in the bundle, while their translations are.

    Without these a text that nobody translated would be of the language that is left.
    """
    there = _versions(scope)
    keys = {key for key, _code in there}
    rows = LanguageTexts.objects.filter(is_source=True).annotate(code=F("locale__language_code"))
    return [
        {
            "key": str(row.key),
            "locale": row.code,
            **{name: getattr(row, name) for name in SOURCE_FIELDS},
        }
        for row in rows.order_by("key", "code").iterator(chunk_size=1_000)
        if row.key in keys and (row.key, row.code) not in there
    ]


def _versions(scope: Scope) -> set[tuple[Any, str]]:
    """Keys and languages of all pages and facts in the bundle."""
    return {
        row
        for model in (Page, *snippet_models())
        for row in scope.chosen(model).values_list("translation_key", "locale__language_code")
    }


def _public_digests(scope: Scope) -> set[tuple[str, str]]:
    """Digests of public texts that are the same on purpose, each with its language."""
    there = _versions(scope)
    found: set[tuple[str, str]] = set()
    rows = LanguageTexts.objects.values_list("key", "locale__language_code", "titles", "texts")
    for key, code, *parts in rows.iterator(chunk_size=1_000):
        if (key, code) in there:
            found |= {(code, digest) for digest in unpacked(*parts).said}
    codes = {code for _key, code in there}
    names = [
        *scope.chosen(ContentImage).values_list("credit", flat=True),
        *scope.chosen(ContentDocument).values_list("title", flat=True),
    ]
    return found | {(code, plain_digest(name)) for code in codes for name in names}
