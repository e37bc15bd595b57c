"""A site as it is before anybody has written in it, and one to which everything has happened."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Revision,
    Site,
)
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.tracking.transaction import tracked_transaction
from cms.export.bundle.editable.shapes import snippet_models
from cms.export.models import OpenData
from cms.translation.models import Review, StringVersion, Suggestion
from cms.translation.status.counting import recount_objects, recounting_once
from home.models import ContentPage
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, only

TRANSLATIONS: tuple[Any, ...] = (
    StringTranslation,
    SegmentOverride,
    StringSegment,
    TemplateSegment,
    RelatedObjectSegment,
    OverridableSegment,
    Translation,
    TranslationSource,
    TranslationContext,
    TranslatableObject,
)
"""In an order in which they can go."""


def empty_site() -> None:
    """Takes everything away that a bundle holds, files included."""
    with tracked_transaction(), recounting_once():
        Redirect.objects.all().delete()
        OpenData.objects.all().delete()
        PageViewRestriction.objects.all().delete()
        CollectionViewRestriction.objects.all().delete()
        Site.objects.all().delete()
        for page in Page.objects.filter(depth=2):
            page.delete()
        for model in snippet_models():
            for snippet in model._base_manager.all():
                snippet.delete()
        for model in (ContentImage, ContentDocument):
            for instance in model.objects.all():
                instance.delete()
        for model in TRANSLATIONS:
            model.objects.all().delete()
        Revision.objects.all().delete()
        for collection in Collection.objects.filter(depth=2):
            collection.delete()
    for folder in ("original_images", "images", "documents"):
        if default_storage.exists(folder):
            for name in default_storage.listdir(folder)[1]:
                default_storage.delete(f"{folder}/{name}")
    cache.clear()


def trouble(site: ExampleSite) -> None:
    """Lets happen to a site what happens in years: drafts, secrets, changes, suggestions."""
    page: Any = ContentPage.objects.get(pk=site.pages[ContentPage].pk)
    _write_and_translate(page)
    draft = Page.objects.get(pk=site.home.pk).add_child(
        instance=ContentPage(title="Bara ett utkast", slug="utkast", live=False)
    )
    draft.introduction = "<p>Ännu inte färdigt.</p>"
    draft.save_revision()
    _break_links(site, draft)
    later = Page.objects.get(pk=site.home.pk).add_child(
        instance=ContentPage(title="Senare", slug="senare", live=False)
    )
    later.go_live_at = timezone.now() + dt.timedelta(days=30)
    later.save_revision().publish()
    secret = Page.objects.get(pk=site.home.pk).add_child(
        instance=ContentPage(title="Hemligt", slug="hemligt")
    )
    secret.save_revision().publish()
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=secret.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Nämnden"))
    OpenData.objects.create(publisher_name="Region Norrbotten", licence=OpenData.Licence.CC0)
    Redirect.objects.create(old_path="/gammal", redirect_page=Page.objects.get(pk=page.pk))
    Redirect.objects.create(old_path="/ute", redirect_link="https://example.org/ute")
    closed = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.PASSWORD, password="Älv"
    )
    ImageFactory(title="Inre bild", file__filename="inre.png", collection=closed).tags.add("älv")
    DocumentFactory(title="Inre handling", file__filename="inre.pdf", collection=closed)
    for document in ContentDocument.objects.all():
        # As Wagtail's form does, and the factory does not.
        document._set_document_file_metadata()
        document.save()
        document.file.close()


def _break_links(site: ExampleSite, draft: Any) -> None:
    """A page that links to what is gone, and to what nobody may see yet."""
    gone = Page.objects.get(pk=site.home.pk).add_child(
        instance=ContentPage(title="Det som var", slug="det-som-var")
    )
    file = DocumentFactory(title="En handling", file__filename="handling.pdf")
    page = ContentPage(title="Länkar", slug="lankar")
    page.introduction = (
        f'<p>Mer om <a linktype="page" id="{gone.pk}">det som var</a>, '
        f'<a linktype="page" id="{draft.pk}">det som blir</a> och '
        f'<a linktype="document" id="{file.pk}">en handling</a>.</p>'
    )
    Page.objects.get(pk=site.home.pk).add_child(instance=page)
    page.save_revision().publish()
    enter_translations(page, "fi", only(marked("fi"), "introduction"))
    Page.objects.get(pk=gone.pk).delete()
    file.delete()


def _write_and_translate(page: Any) -> None:
    page.introduction = "<p>Så var det förr.</p>"
    page.save_revision().publish()
    enter_translations(page, "fi", only(marked("fi"), "introduction"))
    page.introduction = "<p>Så är det nu.</p>"
    page.save_revision().publish()
    unpublished = StringTranslation.objects.filter(
        locale__language_code="fi", context__object=page.translation_key
    ).first()
    assert unpublished is not None
    Review.objects.update_or_create(
        translation=unpublished, defaults={"state": Review.State.NEEDS_REVIEW}
    )
    Suggestion.objects.create(
        context=unpublished.context,
        locale=unpublished.locale,
        source_text="Så var det",
        data="Niin oli",
        reason=Suggestion.Reason.REPLACED,
    )
    StringVersion.objects.create(
        context=unpublished.context,
        string=unpublished.translation_of,
        locale=unpublished.locale,
        data="Niin se oli",
        made_at=timezone.now(),
        tool="vanha.xlf",
    )
    recount_objects([page.translation_key])
    page.title = "En titel som ingen har sett"
    page.save_revision()
