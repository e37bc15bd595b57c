"""Slugs of pages: a new page's in ASCII; a page's old address stays as it is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import camel_case_to_spaces
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import SlugInput
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from cms.languages.slugs import ascii_slug, letters_of_slugs, slug_in_ascii


def slug_of_new_page(page: Page) -> str:
    """Return the slug for a page that is not stored yet, from what there is of it.

    That is its slug, else its title, else the slug of its source, else the name of its type.
    """
    return (
        ascii_slug(page.slug)
        or ascii_slug(page.title)
        or _slug_of_source(page)
        or ascii_slug(camel_case_to_spaces(type(page).__name__))
    )


def _slug_of_source(page: Page) -> str:
    if not page.translation_key:
        return ""
    others = Page.objects.filter(translation_key=page.translation_key).order_by("pk")
    slugs = map(ascii_slug, others.values_list("slug", flat=True))
    return next(filter(None, slugs), "")


class PageSlugForm(WagtailAdminPageForm):
    """A form of a page that takes a new slug in ASCII alone."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if "slug" in self.fields:
            is_old = bool(self.instance.pk) and not self.instance.slug.isascii()
            self.fields["slug"].widget.attrs.update(_attributes(is_old=is_old))

    def clean_slug(self) -> str:
        """Refuses other letters than a–z, but for an address that the page has already."""
        slug: str = self.cleaned_data["slug"]
        is_new = not self.instance.pk or slug != self.instance.slug
        if is_new and not slug.isascii():
            raise ValidationError(slug_in_ascii(slug), code="slug")
        if self.instance.first_published_at or slug != ascii_slug(
            self.cleaned_data.get("title", "")
        ):
            return slug
        return self._free(slug)

    def _free(self, slug: str) -> str:
        """A slug that nobody chose, with a number where another page has it.

        The browser makes it of the title, in a field that its writer may never have seen, and goes
        on sending it after the draft got its number.
        """
        own = self.instance.slug if self.instance.pk else ""
        if own.startswith(f"{slug}-") and own.removeprefix(f"{slug}-").isdecimal():
            return own
        free: str = find_available_slug(self.parent_page, slug, self.instance.pk)
        return free


class PageCopyForm(CopyForm):
    """Wagtail's form for copying a page, with a slug as new pages have it, and one that is free."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        field = self.fields["new_slug"]
        slug = ascii_slug(self.page.slug) or slug_of_new_page(self.page)
        field.initial = find_available_slug(self.page.get_parent(), slug)
        field.widget.attrs.update(_attributes(is_old=False))


def _attributes(*, is_old: bool) -> dict[str, Any]:
    # The browser writes typed letters as the server does; it leaves an old slug alone.
    if is_old:
        return {"data-w-slug-allow-unicode-value": True}
    return dict(SlugInput(formatters=letters_of_slugs()).attrs)
