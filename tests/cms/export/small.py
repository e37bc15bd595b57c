"""A page with a few texts, translated in every way that there is."""

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail_localize.models import StringTranslation

from cms.exchange.parallel_texts.reading import parallel_strings
from cms.exchange.parallel_texts.strings import (
    TARGET_LANGUAGES,
    ParallelQuery,
    ParallelString,
)
from cms.translation.models import Review
from cms.translation.sources.following import follow
from home.models import ContentPage
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, translate

PARAGRAPH = "9f1c4b0e-0000-4000-8000-000000000001"


def add_page(site: ExampleSite, title: str = "Kust", text: str = "Havet är kallt.") -> ContentPage:
    """A published page of two texts, beside its address."""
    follow(site.home)
    page = ContentPage(
        title=title,
        slug=title.lower(),
        body=[{"type": "paragraph", "value": f"<p>{text}</p>", "id": PARAGRAPH}],
    )
    site.home.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def rewrite(page: ContentPage, text: str) -> ContentPage:
    """Publishes the page with another paragraph."""
    page = ContentPage.objects.get(pk=page.pk)
    page.body = [{"type": "paragraph", "value": f"<p>{text}</p>", "id": PARAGRAPH}]
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def retitle(page: ContentPage, title: str) -> ContentPage:
    """Publishes the page with another title."""
    page = ContentPage.objects.get(pk=page.pk)
    page.title = title
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def in_language(code: str) -> Any:
    """A text of its own for each string: ``smj(Kust)``."""

    def text_of(path: str, source: str) -> str:
        return f"{source}-{code}" if path == "slug" else f"{code}({source})"

    return text_of


def give(page: ContentPage, code: str) -> Any:
    """Translates all of it and publishes that."""
    return translate(page, code, in_language(code))


def draft(page: ContentPage, code: str) -> Any:
    """Translates all of it, and publishes nothing."""
    return enter_translations(page, code, in_language(code))


def ask_for_review(text: str) -> None:
    translation = StringTranslation.objects.get(data=text)
    Review.objects.create(translation=translation, state=Review.State.NEEDS_REVIEW)


def strings_of(
    page: Any, open_languages: Collection[str] = (), languages: tuple[str, ...] = TARGET_LANGUAGES
) -> dict[str, ParallelString]:
    """The strings of one page, by their source."""
    query = ParallelQuery(languages, open_languages=frozenset(open_languages))
    return {
        string.source: string
        for strings in parallel_strings(query)
        for string in strings
        if string.key == page.translation_key
    }


def statuses(strings: dict[str, ParallelString], code: str) -> dict[str, tuple[str, str]]:
    """Status and text in a language, by the source."""
    return {
        source: (string.texts[code].status.value, string.texts[code].text)
        for source, string in strings.items()
    }


def label_of(page: Any) -> str:
    model: Any = ContentType.objects.get_for_model(page).model_class()
    return str(model._meta.label)
