"""Canaries: faults of wagtail-localize for which we change it."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import translation
from wagtail.images.blocks import ImageBlock
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize import strings
from wagtail_localize.components import TranslationComponentManager
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from cms.translation.approval.switching import switch_approval
from cms.translation.sources.segments import refresh_segments
from cms.upstream.wagtail_localize import (
    draft_titles,
    inline_tags,
    report,
    restoring,
    string_extraction,
    submitting,
    synchronising,
)
from home.models import ContentPage
from tests.cms.translation.scene import Scene
from tests.cms.upstream.conftest import posted
from tests.cms.upstream.originals import original, still_needed
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def source_of(page: Page) -> TranslationSource:
    found: TranslationSource = TranslationSource.objects.get(
        object_id=page.translation_key, locale=page.locale
    )
    return found


def test_canary_view_restrictions(scene: Scene) -> None:
    finnish = scene.pages["fi"]
    PageViewRestriction.objects.create(page=finnish, restriction_type="login")
    swedish = scene.pages["sv"]
    source = source_of(swedish)
    source.sync_view_restrictions(swedish, finnish)
    assert finnish.view_restrictions.exists()
    sync = original("wagtail_localize.models:TranslationSource.sync_view_restrictions")
    sync(source, swedish, finnish)
    still_needed(not finnish.view_restrictions.exists(), "wagtail_localize/view_restrictions")


def test_canary_restoring() -> None:
    writer: Any = StreamFieldSegmentsWriter(None, None, None)
    text = OverridableSegmentValue("", "Röd bild").wrap("alt_text")
    with pytest.raises(AttributeError) as fault:
        original(restoring.BLOCK)(writer, ImageBlock(), None, [text])
    still_needed("NoneType" in str(fault.value), "wagtail_localize/restoring")


def test_canary_draft_titles(scene: Scene) -> None:
    source = source_of(scene.pages["sv"])
    segment = source.stringsegment_set.get(context__path="title")
    text = StringTranslation(
        translation_of=segment.string, context=segment.context,
        locale=scene.pages["fi"].locale, data="<b>Ranta", has_error=True,
    )  # fmt: skip
    draft_titles.show_title(text)
    titles = Page.objects.filter(pk=scene.pages["fi"].pk).values_list("draft_title", flat=True)
    assert titles.get() != "<b>Ranta"
    receive = original(draft_titles.RECEIVER.target)
    receive(instance=text)
    still_needed(titles.get() == "<b>Ranta", "wagtail_localize/draft_titles")


def test_canary_approved_texts(scene: Scene) -> None:
    switch_approval(scene.pages["smj"].locale, on=True)
    source = source_of(scene.pages["sv"])
    texts = StringTranslation.objects.filter(
        context__object=source.object_id, context__path="title"
    )
    texts.filter(locale__language_code="smj").update(data="Riddo")
    segments = source.stringsegment_set.filter(context__path="title")
    locale = scene.pages["smj"].locale
    assert segments.annotate_translation(locale).get().translation == "Kust [smj]"
    annotate = original("wagtail_localize.models:StringSegmentQuerySet.annotate_translation")
    published = annotate(segments.all(), locale).get().translation
    still_needed(published == "Riddo", "wagtail_localize/approved_texts")


def test_canary_string_errors() -> None:
    text = StringTranslation(
        translation_of=String(data="Kust"), data="<script>Riddo</script>", has_error=True,
        field_error="The tag <script> is not allowed.",
    )  # fmt: skip
    assert text.get_error() == text.field_error
    error = original("wagtail_localize.models:StringTranslation.get_error")
    still_needed(error(text) != text.field_error, "wagtail_localize/string_errors")


def test_canary_segment_refreshing(swedish_site: ExampleSite) -> None:
    page = swedish_site.pages[ContentPage]
    source = TranslationSource.update_or_create_from_instance(page)[0]
    texts = source.stringsegment_set.count()
    assert texts > 20
    with CaptureQueriesContext(connection) as ours:
        refresh_segments(source)
    with CaptureQueriesContext(connection) as queries:
        original("wagtail_localize.models:TranslationSource.refresh_segments")(source)
    assert len(ours) < texts
    still_needed(len(queries) > 3 * texts, "wagtail_localize/segment_refreshing")


def test_canary_string_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[Any] = []
    parse = strings.BeautifulSoup

    def count(*args: Any, **kwargs: Any) -> Any:
        parsed.append(args)
        return parse(*args, **kwargs)

    monkeypatch.setattr(strings, "BeautifulSoup", count)
    extract = string_extraction.EXTRACTION.original()
    html = "<p>Kråkan <b>sover</b>.</p>"
    extract(html)
    once = len(parsed)
    extract(html)
    still_needed(len(parsed) > once, "wagtail_localize/string_extraction")


def page_below_a_new_one(scene: Scene) -> ContentPage:
    page: Any = scene.pages["sv"]
    for slug in ("ny", "djup"):
        child = ContentPage(title=slug.title(), slug=slug)
        page.add_child(instance=child)
        child.save_revision().publish()
        page = child
    below: ContentPage = page
    return below


def upstreams_form(scene: Scene, page: ContentPage, *codes: str) -> Any:
    """Upstream's view of a page, with its form as the translator of Lule Sámi sends it."""
    locales = [Locale.objects.get(language_code=code).pk for code in codes]
    view = original(f"{submitting.VIEWS}:SubmitPageTranslationView")()
    view.setup(posted(scene.user, {"locales": locales}), page_id=page.pk)
    view.object = page
    view.components = TranslationComponentManager.from_request(
        view.request, source_object_instance=page
    )
    return view


def test_canary_submitting(scene: Scene) -> None:
    page = page_below_a_new_one(scene)
    offered = upstreams_form(scene, page).get_form().fields["locales"].queryset
    codes = {locale.language_code for locale in offered}
    assert "smj" in codes
    still_needed("fi" in codes, "wagtail_localize/submitting")


def test_canary_submitting_makes_live_aliases(scene: Scene) -> None:
    page = page_below_a_new_one(scene)
    view = upstreams_form(scene, page, "smj")
    form = view.get_form()
    assert form.is_valid()
    view.form_valid(form)
    above = page.get_parent().get_translation(Locale.objects.get(language_code="smj"))
    still_needed(above.live and above.alias_of_id is not None, "wagtail_localize/submitting")


def test_canary_synchronising(scene: Scene) -> None:
    source = source_of(scene.pages["sv"])
    view = original("wagtail_localize.views.update_translations:UpdateTranslationsView")
    before = scene.state()
    request = posted(scene.user, {"publish_translations": "on"})
    assert view.as_view()(request, translation_source_id=source.pk).status_code == 302
    still_needed(scene.state() != before, "wagtail_localize/synchronising")


def test_canary_alias_conversion(scene: Scene) -> None:
    page = scene.pages["smj"]
    convert = original("wagtail_localize.views.convert:convert_to_alias")
    with suppress(PermissionDenied):
        convert(posted(scene.user, {}), page.pk)
    still_needed(
        Page.objects.get(pk=page.pk).alias_of_id is not None, "wagtail_localize/alias_conversion"
    )


def test_canary_stopping(scene: Scene) -> None:
    page = scene.pages["smj"]
    translation = scene.translation(page)
    views = "wagtail_localize.views.edit_translation"
    with suppress(PermissionDenied):
        original(f"{views}:stop_translation")(posted(scene.user, {}), translation.pk)
    stops_for_anybody = not scene.translation(page).enabled
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    page.title = "Riddo"
    page.save_revision().publish()
    with suppress(PermissionDenied):
        original(f"{views}:restart_translation")(
            posted(scene.user, {}), scene.translation(page), page
        )
    scene.translation(page).save_target(publish=False)
    forgets = Page.objects.get(pk=page.pk).title != "Riddo"
    still_needed(stops_for_anybody or forgets, "wagtail_localize/stopping")


def test_canary_report(scene: Scene) -> None:
    page = scene.pages["sv"]
    out_of_date = scene.translation(scene.pages["smj"])
    say = report.STATUS.original()
    with translation.override("en"):
        assert say(out_of_date) == "Up to date"
    page.title = "En annan kust"
    page.save_revision().publish()
    never = Translation.objects.create(
        source=source_of(page), target_locale=Locale.objects.get(language_code="sma")
    )
    with translation.override("en"):
        assert say(out_of_date) != "Up to date"
        still_needed(say(never) == say(out_of_date), "wagtail_localize/report")


@pytest.mark.parametrize(
    ("name", "arguments", "view"),
    [
        ("submit_page_translation", (1,), submitting.OwnLanguages),
        ("submit_snippet_translation", ("strategy", "municipality", "1"), submitting.OwnLanguages),
        ("update_translations", (1,), synchronising.ExplainingView),
        ("translations_report", (), report.ToOurReport),
        ("translations_report_results", (), report.ToOurReport),
    ],
)
def test_upstreams_addresses_lead_to_ours(
    name: str, arguments: tuple[Any, ...], view: type[Any]
) -> None:
    match: Any = resolve(reverse(f"wagtail_localize:{name}", args=arguments))
    assert issubclass(match.func.view_class, view)


def test_canary_inline_tags() -> None:
    still_needed(inline_tags.LACKING == ["sub", "sup"], "wagtail_localize/inline_tags")
    _template, found = strings.extract_strings("<p>10<sup>3</sup> ton CO<sub>2</sub></p>")
    assert [string.data for string, _attributes in found] == ["10<sup>3</sup> ton CO<sub>2</sub>"]


def test_canary_language_codes() -> None:
    html = '<a linktype="language" lang="smj">Jåhkåmåhkke</a> och <a href="/x">mer</a>'
    upstreams = original("wagtail_localize.strings:StringValue.from_source_html")
    string, _attributes = upstreams(html)
    still_needed('id="a1"' in string.data, "wagtail_localize/language_codes")
    string, attributes = strings.StringValue.from_source_html(html)
    assert string.data == '<a id="lang-smj-1">Jåhkåmåhkke</a> och <a id="a2">mer</a>'
    assert string.render_text() == "Jåhkåmåhkke och mer"
    assert attributes["lang-smj-1"] == {"linktype": "language", "lang": "smj"}
