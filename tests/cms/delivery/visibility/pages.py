"""Pages for the tests of who may see: each has its title in its text too."""

from typing import Any

from wagtail.coreutils import cautious_slugify
from wagtail.models import Page, PageViewRestriction

from home.models import ContentPage
from tests.factories.translations import translate


def fresh(page: Any) -> Any:
    """A page as it is now."""
    return Page.objects.get(pk=page.pk).specific


def make_page(parent: Any, title: str) -> ContentPage:
    """A live page in the language of its parent."""
    page = ContentPage(
        title=title,
        slug=cautious_slugify(title),
        introduction=f"<p>{title} berättar.</p>",
        locale=parent.locale,
    )
    fresh(parent).add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def translated(page: Any, language: str) -> Any:
    """The page in a language, live, with the words of the source and the language's code."""

    def text_of(path: str, source: str) -> str:
        return source if path == "slug" else f"{source} {language}"

    return fresh(translate(fresh(page), language, text_of))


def close(page: Any) -> PageViewRestriction:
    """Closes a page to who is not logged in."""
    found: PageViewRestriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )
    return found


def move(page: Any, target: Any) -> None:
    """Moves a page under another."""
    fresh(page).move(fresh(target), pos="last-child")
