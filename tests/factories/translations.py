"""Translations made through wagtail-localize, as a translator makes them."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.tracking.transaction import tracked
from cms.translation.models import SameOnPurpose
from cms.translation.status.counting import recounting_once
from cms.translation.texts.extraction import plain_string, texts_of
from cms.translation.texts.judging import known_texts
from cms.translation.texts.same_on_purpose import say_same
from tests.factories.pages import PUBLISHED_AT

TextOf = Callable[[str, str], str | None]
"""Content path and source text to the translation; ``None`` for one that is not made."""


def marked(language: str) -> TextOf:
    """Every text translated: the source with the language behind it."""

    def text_of(path: str, source: str) -> str:
        return f"{source}-{language}" if path == "slug" else f"{source} [{language}]"

    return text_of


def only(text_of: TextOf, *paths: str) -> TextOf:
    """Only the texts whose content path begins with one of ``paths``."""

    def chosen(path: str, source: str) -> str | None:
        return text_of(path, source) if path.startswith(paths) else None

    return chosen


@tracked
def translate(original: Any, language: str, text_of: TextOf | None = None) -> Any:
    """Translates what there is a text for, publishes the translation and returns it."""
    translation = enter_translations(original, language, text_of or marked(language))
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()
    target = type(original).objects.get(
        translation_key=original.translation_key, locale__language_code=language
    )
    if hasattr(target, "first_published_at"):
        type(target).objects.filter(pk=target.pk).update(first_published_at=PUBLISHED_AT)
        target.refresh_from_db()
    return target


def enter_translations(original: Any, language: str, text_of: TextOf) -> Any:
    """Enters the texts; the translated page is as it was until it is saved."""
    source, _created = TranslationSource.update_or_create_from_instance(original)
    translation, _created = Translation.objects.get_or_create(
        source=source, target_locale=Locale.objects.get(language_code=language)
    )
    segments = source.stringsegment_set.select_related("string", "context").order_by("order")
    with recounting_once():
        for segment in segments:
            text = text_of(segment.context.path, segment.string.data)
            place = {"translation_of": segment.string, "context": segment.context}
            entered = StringTranslation.objects.filter(locale=translation.target_locale, **place)
            if text is not None and not entered.filter(data=text).exists():
                StringTranslation.objects.update_or_create(
                    **place, locale=translation.target_locale, defaults={"data": text}
                )
    return translation


@tracked
def make_alias(original: Any, language: str) -> Any:
    """A page in another language that shows this one's text, as a synchronised tree makes it."""
    alias = original.copy_for_translation(
        Locale.objects.get(language_code=language), copy_parents=True, alias=True
    )
    type(alias).objects.filter(pk=alias.pk).update(first_published_at=PUBLISHED_AT)
    alias.refresh_from_db()
    return alias


@tracked
def say_names_same(pages: Iterable[Any], language: str) -> None:
    """Says that names, which no translator gets to see, are the same in a language.

    Those of persons, of files, and of who made an image.
    """
    names = [plain_string(image.credit) for image in ContentImage.objects.all()]
    names += [plain_string(document.title) for document in ContentDocument.objects.all()]
    for page in pages:
        if page.locale.language_code == language:
            texts = known_texts([page.translation_key]).of(page.translation_key, language)
            names += [
                string
                for text in texts_of(page)
                for string in text.strings
                if texts.language_of(text.path, string) != language
            ]
    locale = Locale.objects.get(language_code=language)
    say_same(locale.pk, names, SameOnPurpose.How.BUNDLE)
