"""The translators' editor: a page of the admin, where Wagtail edits what is no translation."""

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.ui.side_panels import PageStatusSidePanel, StatusSidePanel
from wagtail.models import Page

from cms.languages.names import translated_name
from cms.languages.registry import LANGUAGES, get_language
from cms.translation.editor.choices import has_choices
from cms.translation.editor.publishing import may_publish
from cms.translation.editor.related import related_locale
from cms.translation.editor.rows import editor_rows
from cms.translation.editor.translation_page import TranslationPage, edit_address
from cms.translation.roles.permissions import changeable

PANELS_HOOK = "register_translation_editor_panels"
"""Functions of a request and a translation that return a Wagtail component for the editor's end."""

PREVIEW_HOOK = "translation_editor_preview"
"""Functions of a request and a page that return the address of a preview; one that follows what is
saved by itself. Empty where they have none."""


class EditorView(TranslationPage):
    """``GET``: all strings of a page or fact, open for typing."""

    template_name = "cms_translation/editor/page.html"
    http_method_names = ("get", "head")

    @cached_property
    def other_versions(self) -> list[Any]:
        """The page or fact in the other languages in which the user may change it."""
        found = changeable(self.request.user, type(self.instance)).filter(
            translation_key=self.instance.translation_key
        )
        return list(found.exclude(pk=self.instance.pk).select_related("locale"))

    def get_page_title(self) -> str:
        """The title in the language, as far as it is translated."""
        return str(self.instance)

    def get_page_subtitle(self) -> str:
        """The languages, from the source's to that of the translation."""
        return _("from %(source)s into %(target)s") % {
            "source": translated_name(self.translation.source.locale.language_code),
            "target": translated_name(self.translation.target_locale.language_code),
        }

    def get_header_more_buttons(self) -> list[Any]:
        """The actions of Wagtail's own editor of a page; each asks who may."""
        if not isinstance(self.instance, Page):
            return []
        user = self.request.user
        buttons: list[Any] = get_page_header_buttons(
            page=self.instance, user=user, next_url=self.request.path, view_name="edit"
        )
        return sorted(buttons)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the strings, the languages, and what the user may do with them."""
        related = related_locale(self.request, self.translation)
        rows = editor_rows(self.translation, related)
        user = self.request.user
        source_code = self.translation.source.locale.language_code
        target_code = self.translation.target_locale.language_code
        return super().get_context_data(
            translation=self.translation,
            instance=self.instance,
            is_page=isinstance(self.instance, Page),
            rows=rows,
            source_language=get_language(source_code),
            source_attributes=_attributes(source_code),
            language=get_language(target_code),
            attributes=_attributes(target_code),
            language_name=translated_name(target_code),
            related_language=get_language(related.language_code) if related else None,
            related_attributes=_attributes(related.language_code) if related else "",
            related_choices=[
                (code, translated_name(code))
                for code in LANGUAGES
                if code not in (source_code, target_code)
            ],
            may_publish=may_publish(user, self.instance),
            is_administrator=user.is_superuser,
            source_edit_url=self._source_edit_url(),
            preview_url=self._preview_url(),
            live_preview_url=self._live_preview_url(),
            side_panels=self._side_panels(),
            history_url=self._history_url(),
            page_perms=(
                self.instance.permissions_for_user(user)
                if isinstance(self.instance, Page)
                else None
            ),
            has_choices=has_choices(self.translation),
            panels=[make(self.request, self.translation) for make in hooks.get_hooks(PANELS_HOOK)],
            **kwargs,
        )

    def _source_edit_url(self) -> str:
        source = self.translation.source.locale_id
        return next(
            (edit_address(one) for one in self.other_versions if one.locale_id == source), ""
        )

    def _preview_url(self) -> str:
        if not isinstance(self.instance, Page):
            return ""
        return reverse("wagtail_localize:preview_translation", args=[self.translation.pk])

    def _live_preview_url(self) -> str:
        if not isinstance(self.instance, Page):
            return ""
        found = (ask(self.request, self.instance) for ask in hooks.get_hooks(PREVIEW_HOOK))
        return next(filter(None, found), "")

    def _side_panels(self) -> list[Any]:
        """Status alone: what is live, locks, other languages that the user edits."""
        shown: dict[str, Any] = {
            "locale": self.translation.target_locale,
            "translations": [
                {"locale": one.locale, "url": edit_address(one)} for one in self.other_versions
            ],
            "history_url": self._history_url(),
        }
        if not isinstance(self.instance, Page):
            return [StatusSidePanel(self.instance, self.request, **shown)]
        return [
            PageStatusSidePanel(
                self.instance,
                self.request,
                show_schedule_publishing_toggle=False,
                live_object=self.instance,
                **shown,
            )
        ]

    def _history_url(self) -> str:
        if isinstance(self.instance, Page):
            return reverse("wagtailadmin_pages:history", args=[self.instance.pk])
        name = type(self.instance).snippet_viewset.get_url_name("history")
        return reverse(name, args=[quote(self.instance.pk)])


def _attributes(code: str) -> SafeString:
    """The attributes that say of a text which language it is in."""
    return format_html('lang="{}" dir="{}"', code, get_language(code).direction)
