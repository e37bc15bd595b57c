"""The form of every page, with its limits. What is longer already stays, and may not grow."""

from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from cms.content.api.json_text import as_json
from cms.content.item_ids import keep_item_ids
from cms.content.page_slugs import PageSlugForm
from cms.content.rich_text.own_language import without_own_marks

BLOCKS: Final = 1_000
"""Blocks in one stream."""

BYTES: Final = 2_000_000
"""Of all texts and streams of a page together, as JSON in UTF-8."""


class PageForm(PageSlugForm):
    """The form of every page, in the admin and behind the API; keeps limits and slugs."""

    def clean(self) -> Any:
        """Refuses what is too much, with the number; words need no mark of the page's language."""
        cleaned = super().clean()
        self._leave_out_own_marks()
        for field in self.instance._meta.get_fields():
            if isinstance(field, StreamField) and field.name in self.cleaned_data:
                self._keep_item_ids(field.name)
                self._refuse_blocks(field.name)
        self._refuse_bytes()
        return cleaned

    def _leave_out_own_marks(self) -> None:
        # A new page that is previewed has no language yet but that of the page above it.
        page: Any = self.instance if self.instance.locale_id else self.parent_page
        if page is None:
            return
        for name in [name for name in self.cleaned_data if _is_text(self.instance, name)]:
            language = page.locale.language_code
            self.cleaned_data[name] = without_own_marks(self.cleaned_data[name], language)

    def _refuse_blocks(self, name: str) -> None:
        count = len(self.cleaned_data[name])
        if count > max(BLOCKS, len(getattr(self.instance, name))):
            message = _(
                "There are %(count)s blocks; %(limit)s are possible. Divide the text among pages."
            )
            self.add_error(name, message % {"count": count, "limit": BLOCKS})

    def _keep_item_ids(self, name: str) -> None:
        sent = {value for key, value in self.data.items() if key.endswith("-id")}
        keep_item_ids(getattr(self.instance, name), self.cleaned_data[name], sent)

    def _refuse_bytes(self) -> None:
        names = [name for name in self.cleaned_data if _is_text(self.instance, name)]
        size = sum(_bytes(self.instance, name, self.cleaned_data[name]) for name in names)
        if size <= BYTES:
            return
        before = sum(_bytes(self.instance, name, getattr(self.instance, name)) for name in names)
        if size > before:
            message = _(
                "The page has %(size)s bytes; %(limit)s are possible. Divide the text among pages."
            )
            self.add_error(None, message % {"size": size, "limit": BYTES})


def _is_text(page: Model, name: str) -> bool:
    field = _field(page, name)
    return field is not None and field.get_internal_type() in {
        "CharField",
        "JSONField",
        "TextField",
    }


def _bytes(page: Model, name: str, value: Any) -> int:
    field = _field(page, name)
    if isinstance(field, StreamField):
        value = field.stream_block.get_prep_value(value)
    return len(as_json(value))


def _field(page: Model, name: str) -> Any:
    return next((field for field in page._meta.fields if field.name == name), None)
