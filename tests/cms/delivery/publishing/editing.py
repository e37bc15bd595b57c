"""Edits by editors and translators, each of one of what there is at that moment."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone
from treebeard.exceptions import InvalidMoveToDescendant
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
)
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.content.models import ContentDocument, ContentImage
from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from home.models import ContentPage
from strategy.models.indicators import IndicatorValue
from tests.cms.delivery.publishing.small_site import SmallSite, fresh, publish
from tests.factories.blocks import rich_text
from tests.factories.site import SNIPPET_TYPES

LANGUAGES = ("en", "fi", "smj", "se", "yi")


class NothingThere(Exception):
    """There is nothing to do it with."""


def one_of(things: Sequence[Any], position: int) -> Any:
    """The thing at a position, counted round."""
    if not things:
        raise NothingThere
    return things[position % len(things)]


class Editors:
    """Editors and translators of a site; what they cannot do raises one of ``refusals``."""

    refusals = (
        CannotPublish,
        InvalidMoveToDescendant,
        NothingThere,
        PermissionDenied,
        ValidationError,
    )

    def __init__(self, site: SmallSite) -> None:
        self.site = site
        self._made = 0

    def edit_page(self, position: int, title: str, slug: bool, straight: bool) -> None:
        page = self._own_page(position)
        page.title = title
        if slug:
            page.slug = self._new_slug()
        if straight:
            page.save()
        else:
            page.save_revision().publish()

    def link_page(self, position: int, target: int) -> None:
        page = one_of(self._pages(ContentPage).filter(alias_of=None), position)
        link = rich_text("Läs mer", page=self._page(target), document=self._file())
        publish(page, introduction=link)

    def create_page(self, parent: int, title: str, live: bool) -> None:
        page = ContentPage(title=title, slug=self._new_slug(), live=False)
        one_of(self._parents(), parent).add_child(instance=page)
        page.save_revision()
        if live:
            publish(page)

    def publish_page(self, position: int) -> None:
        page = self._own_page(position)
        (page.get_latest_revision() or page.save_revision()).publish()

    def unpublish_page(self, position: int, with_below: bool) -> None:
        page = self._page(position)
        page.unpublish()
        if with_below:
            for below in page.get_descendants().live().specific():
                fresh(below).unpublish()

    def move_page(self, position: int, target: int) -> None:
        page = one_of(self._pages(ContentPage), position)
        page.move(one_of(self._parents(), target), pos="last-child")

    def delete_page(self, position: int) -> None:
        one_of(self._pages(below_start=True), position).specific.delete()

    def restrict_page(self, position: int) -> None:
        page = self._page(position)
        if not page.view_restrictions.exists():
            PageViewRestriction.objects.create(
                page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN
            )

    def open_page(self, position: int) -> None:
        one_of(PageViewRestriction.objects.order_by("pk"), position).delete()

    def alias_page(self, position: int, parent: int) -> None:
        page = one_of(self._pages(ContentPage), position).specific
        page.create_alias(parent=one_of(self._parents(), parent), update_slug=self._new_slug())

    def alias_in_language(self, position: int, language: int) -> None:
        page = self._page(position)
        locale = self._locale(language)
        if page.alias_of_id or page.has_translation(locale):
            raise NothingThere
        page.copy_for_translation(locale, copy_parents=True, alias=True)

    def convert_alias(self, position: int) -> None:
        from wagtail.actions.convert_alias import ConvertAliasPageAction

        page = one_of(Page.objects.exclude(alias_of=None).order_by("pk"), position)
        ConvertAliasPageAction(page.specific).execute(skip_permission_checks=True)

    def convert_to_alias(self, position: int) -> None:
        """As wagtail-localize does, one statement after the other."""
        translation = one_of(self._translations(), position)
        target = translation.get_target_instance()
        source = translation.source.get_source_instance()
        if not isinstance(target, Page) or target.alias_of_id or source.pk == target.pk:
            raise NothingThere
        target.alias_of_id = source.pk
        target.save(update_fields=["alias_of_id"], clean=False)
        translation.delete()

    def copy_page(self, position: int, parent: int) -> None:
        page = one_of(self._pages(ContentPage), position).specific
        target = one_of(self._parents(), parent)
        if target.is_descendant_of(page) or target.pk == page.pk:
            raise NothingThere
        attributes = {"slug": self._new_slug(), "locale": target.locale}
        page.copy(recursive=True, to=target, update_attrs=attributes)

    def schedule_page(self, position: int) -> None:
        page = self._own_page(position)
        page.title = "Senare"
        page.go_live_at = timezone.now() + dt.timedelta(hours=1)
        page.expire_at = timezone.now() + dt.timedelta(hours=2)
        page.save_revision().publish()

    def time_passes(self) -> None:
        """An hour at a time: what is to go live does, what is live and is to end, ends."""
        past = timezone.now() - dt.timedelta(minutes=1)
        scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
        for revision in scheduled:
            revision.content["go_live_at"] = past.isoformat()
            revision.approved_go_live_at = past
            revision.save()
        if not scheduled:
            Page.objects.filter(live=True, expire_at__isnull=False).update(expire_at=past)
        call_command("publish_scheduled", verbosity=0)

    def begin_translation(self, position: int, language: int) -> None:
        begin_translation(one_of(self._swedish(), position), self._locale(language))

    def translate_string(self, position: int, string: int, text: str) -> None:
        translation = one_of(self._translations(), position)
        segments = StringSegment.objects.filter(source=translation.source).order_by("order", "pk")
        segment = one_of(segments, string)
        if segment.context.path == "slug":
            text = self._new_slug()
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": text},
        )

    def forget_string(self, position: int) -> None:
        one_of(StringTranslation.objects.order_by("pk"), position).delete()

    def publish_translation(self, position: int) -> None:
        translation = one_of(self._translations(), position)
        publish_translation(translation.source, translation.target_locale)

    def stop_translation(self, position: int) -> None:
        translation = one_of(self._translations(), position)
        translation.enabled = False
        translation.save(update_fields=["enabled"])

    def edit_snippet(self, position: int, name: str) -> None:
        publish(self._snippet(position), name=name)

    def switch_snippet(self, position: int) -> None:
        snippet = self._snippet(position)
        if snippet.live:
            snippet.unpublish()
        else:
            snippet.save_revision().publish()

    def delete_snippet(self, position: int) -> None:
        self._snippet(position).delete()

    def edit_indicator_value(self, position: int, number: int) -> None:
        value = one_of(list(IndicatorValue.objects.order_by("pk")), position)
        if number % 7 == 0:
            IndicatorValue.objects.filter(pk=value.pk).delete()
            return
        value.value = number
        value.save()

    def edit_image(self, position: int, credit: str, focal: bool) -> None:
        image = one_of(ContentImage.objects.order_by("pk"), position)
        image.credit = credit
        if focal:
            image.focal_point_x = image.focal_point_y = 5 + position % 5
            image.focal_point_width = image.focal_point_height = 2
        image.save()

    def delete_image(self, position: int) -> None:
        one_of(ContentImage.objects.order_by("pk"), position).delete()

    def edit_file(self, position: int, title: str) -> None:
        file = one_of(ContentDocument.objects.order_by("pk"), position)
        file.title = title
        file.save()

    def close_collection(self, closed: bool) -> None:
        """The images and files move into a collection that is closed, or it is opened."""
        if not closed:
            CollectionViewRestriction.objects.all().delete()
            return
        inner = Collection(name=f"Internt {self._new_slug()}")
        Collection.get_first_root_node().add_child(instance=inner)
        CollectionViewRestriction.objects.create(
            collection=inner, restriction_type=CollectionViewRestriction.LOGIN
        )
        for model in (ContentImage, ContentDocument):
            for each in model.objects.order_by("pk")[:1]:
                each.collection = inner
                each.save()

    def change_site(self, host: bool) -> None:
        site = Site.objects.get()
        if host:
            site.hostname = f"{self._new_slug()}.example.org"
        else:
            pages = Page.objects.filter(depth=3, locale__language_code="sv").order_by("path")
            start = Page.objects.get(pk=self.site.home.pk)
            site.root_page = pages.first() if site.root_page_id == start.pk else start
        site.save()

    def enter_redirect(self, path: int, target: int, site: bool, permanent: bool) -> None:
        """From one of a few paths, so that they meet, to a page or out of the site."""
        old_path = f"/sv/gammal-{path % 3}"
        of_site = Site.objects.get() if site else None
        redirect = Redirect.objects.filter(old_path=old_path, site=of_site).first() or Redirect(
            old_path=old_path, site=of_site
        )
        is_outside = target % 4 == 0
        redirect.redirect_page = None if is_outside else Page.objects.get(pk=self._page(target).pk)
        redirect.redirect_link = "https://example.org/" if is_outside else ""
        redirect.is_permanent = permanent
        redirect.save()

    def move_redirect(self, position: int, path: int) -> None:
        redirect = one_of(Redirect.objects.order_by("pk"), position)
        redirect.old_path = f"/sv/gammal-{path % 3}"
        if Redirect.objects.filter(old_path=redirect.old_path, site=redirect.site).exists():
            raise NothingThere
        redirect.save()

    def delete_redirect(self, position: int) -> None:
        one_of(Redirect.objects.order_by("pk"), position).delete()

    def _new_slug(self) -> str:
        self._made += 1
        return f"ny-{self._made}"

    def _pages(self, kind: type[Page] = Page, *, below_start: bool = False) -> Any:
        depth = 3 if below_start else 2
        return kind.objects.filter(depth__gte=depth).order_by("path")

    def _parents(self) -> list[Page]:
        return [page for page in self._pages().specific() if ContentPage.can_create_at(page)]

    def _page(self, position: int) -> Any:
        return one_of(self._pages(), position).specific

    def _own_page(self, position: int) -> Any:
        """One that is edited by itself; an alias follows its original."""
        return one_of(self._pages().filter(alias_of=None), position).specific

    def _swedish(self) -> list[Any]:
        pages = Page.objects.filter(depth__gte=2, locale__language_code="sv", alias_of=None)
        snippets = [
            snippet
            for model in SNIPPET_TYPES
            for snippet in model._default_manager.filter(locale__language_code="sv").order_by("pk")
        ]
        return [*pages.order_by("path").specific(), *snippets]

    def _snippet(self, position: int) -> Any:
        return one_of(
            [
                snippet
                for model in SNIPPET_TYPES
                for snippet in model._default_manager.order_by("pk")
            ],
            position,
        )

    def _translations(self) -> list[Any]:
        return list(
            Translation.objects.filter(enabled=True)
            .select_related("source", "target_locale")
            .order_by("pk")
        )

    def _locale(self, position: int) -> Locale:
        return Locale.objects.get(language_code=LANGUAGES[position % len(LANGUAGES)])

    def _file(self) -> ContentDocument | None:
        file: ContentDocument | None = ContentDocument.objects.order_by("pk").first()
        return file
