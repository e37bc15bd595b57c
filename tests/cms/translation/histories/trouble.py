"""A site in which everything went wrong once, a page for each kind of trouble."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.lifecycle.synchronisation import stop_synchronisation
from cms.translation.lifecycle.taking_down import Choice, choosing
from cms.translation.models import SameOnPurpose
from cms.translation.texts.same_on_purpose import say_same, withdraw_same
from home.models import ContentPage
from tests.cms.exchange.carrying import bring, filled
from tests.cms.export.small import in_language
from tests.cms.translation.histories.judge import Log, folded, has_letters, texts_of
from tests.factories.site import start_site
from tests.factories.translations import enter_translations, translate

CODE = "smj"
"""The language into which everything is translated."""

TITLE, INTRODUCTION, PARAGRAPH, NAME = "Titel", "Inledning", "Stycke", "Anna Åström"


@dataclass
class Trouble:
    """A site in which everything went wrong once.

    Attributes:
        names: the key of each page by what happened to it.
        stored: for a key, the stored translations by their source texts, folded.
        published: what the source said when the translation was last published from its strings.
    """

    log: Log = field(default_factory=Log)
    home: Any = None
    folder: Path = Path()
    names: dict[str, UUID] = field(default_factory=dict)
    stored: dict[UUID, dict[str, str]] = field(default_factory=dict)
    published: dict[UUID, list[str]] = field(default_factory=dict)

    def page(self, name: str, *, publish: bool = True) -> Any:
        """A Swedish page of four texts, one of them the name of somebody."""
        page = ContentPage(
            title=f"{TITLE} {name}",
            slug=f"sida-{uuid4().hex[:8]}",
            introduction=f"<p>{INTRODUCTION} {name}.</p>",
            body=[
                ("paragraph", f"<p>{PARAGRAPH} {name} ett.</p><p>{PARAGRAPH} {name} två.</p>"),
                ("quote", {"text": f"Ord {name}.", "name": NAME, "role": ""}),
            ],
            live=False,
        )
        Page.objects.get(pk=self.home.pk).add_child(instance=page)
        revision = page.save_revision()
        if publish:
            revision.publish()
        self.names[name] = page.translation_key
        page = ContentPage.objects.get(pk=page.pk)
        self.log.note(page)
        return page

    def work(self, page: Any, *texts: str, code: str = CODE, publish: bool = True) -> Any:
        """Translates the texts that begin so, all without any."""
        own = in_language(code)

        def text_of(path: str, source: str) -> str | None:
            if path == "slug" or (texts and not source.startswith(texts)):
                return None
            text: str = own(path, source)
            self.enter(page.translation_key, code, source, text)
            return text

        if not publish:
            enter_translations(page, code, text_of)
            return None
        made = translate(page, code, text_of)
        self.note_published(page, made)
        return made

    def enter(self, key: UUID, code: str, source: str, text: str) -> None:
        """Remembers what a person entered."""
        self.log.persons[key, code].add(folded(text))
        if code == CODE:
            self.stored.setdefault(key, {})[folded(source)] = folded(text)

    def note_published(self, page: Any, made: Any) -> None:
        """Remembers what was published, and of what it was made."""
        self.log.note(type(made).objects.get(pk=made.pk))
        if made.locale.language_code == CODE:
            self.published[page.translation_key] = source_strings(page)

    def rewrite(self, page: Any, text: str) -> Any:
        """Publishes the Swedish page with another introduction."""
        page = ContentPage.objects.get(pk=page.pk)
        page.introduction = f"<p>{text}</p>"
        page.save_revision().publish()
        self.log.note(page)
        return page

    def version(self, key: UUID, code: str) -> Any:
        """A page in a language, not an alias; ``None`` where it is not there."""
        found = ContentPage.objects.filter(translation_key=key, alias_of=None)
        return found.filter(locale__language_code=code).first()


def source_strings(page: Any) -> list[str]:
    """The strings of a page for a translator, folded; names are none."""
    return [
        folded(piece)
        for text in texts_of(page)
        for piece in text.pieces
        if not text.pointer.endswith("/name") and has_letters(piece)
    ]


def locale(code: str) -> Locale:
    found: Locale = Locale.objects.get(language_code=code)
    return found


def _whole(site: Trouble) -> None:
    site.work(site.page("whole"))


def _half(site: Trouble) -> None:
    site.work(site.page("half"), TITLE)


def _nothing(site: Trouble) -> None:
    site.work(site.page("nothing"), "nothing begins so")


def _new(site: Trouble) -> None:
    site.page("new")


def _entered(site: Trouble) -> None:
    site.work(site.page("entered and not published"), publish=False)


def _stopped(site: Trouble) -> None:
    page = site.page("stopped")
    site.work(page, TITLE, INTRODUCTION)
    stop_synchronisation(Translation.objects.get(source__object=page.translation_key))


def _loose(site: Trouble) -> None:
    page = site.page("translation deleted")
    site.work(page, TITLE)
    Translation.objects.filter(source__object=page.translation_key).delete()


def _unknown(site: Trouble) -> None:
    page = site.page("source forgotten")
    site.work(page, TITLE)
    TranslationSource.objects.filter(object=page.translation_key).delete()
    site.version(page.translation_key, CODE).save_revision().publish()


def _orphan(site: Trouble) -> None:
    page = site.page("source deleted")
    site.work(page, TITLE)
    with choosing(Choice.LEAVE):
        page.delete()


def _source_down(site: Trouble) -> None:
    page = site.page("source unpublished")
    site.work(page, TITLE)
    with choosing(Choice.LEAVE):
        page.unpublish()


def _copied(site: Trouble) -> None:
    page = site.page("original")
    made = site.work(page, TITLE)
    copy = CopyPageAction(
        made, update_attrs={"slug": f"kopia-{uuid4().hex[:8]}"}, user=None, keep_live=True
    ).execute(skip_permission_checks=True)
    site.names["copied"] = copy.translation_key
    site.log.note_copy(page.translation_key, copy.translation_key, CODE)
    site.log.note(copy)


def _copied_for_translation(site: Trouble) -> None:
    page = site.page("copied for translation")
    copy = page.copy_for_translation(locale(CODE), copy_parents=True)
    copy.save_revision().publish()
    site.log.note(copy)


def _alias(site: Trouble) -> None:
    site.page("alias").copy_for_translation(locale(CODE), copy_parents=True, alias=True)


def _converted(site: Trouble) -> None:
    page = site.page("alias that was converted")
    alias = page.copy_for_translation(locale(CODE), copy_parents=True, alias=True)
    site.log.note(ConvertAliasPageAction(alias).execute(skip_permission_checks=True))


def _restored(site: Trouble) -> None:
    page = site.page("old revision restored")
    old = site.work(page, TITLE).get_latest_revision()
    site.work(page)
    old.publish()


def _changed(site: Trouble) -> None:
    page = site.page("source changed")
    site.work(page)
    site.rewrite(page, "Helt andra ord.")


def _changed_and_half(site: Trouble) -> None:
    page = site.page("source of what is not translated changed")
    site.work(page, TITLE)
    site.rewrite(page, "Helt andra ord om allt.")


def _written_by_hand(site: Trouble) -> None:
    page = site.page("Swedish written again")
    made = site.work(page)
    made.title = page.title.upper()
    made.save_revision().publish()
    site.log.note(made)


def _machine(site: Trouble) -> None:
    page = site.page("machine")
    site.work(page, publish=False)
    key = page.translation_key
    StringTranslation.objects.filter(context__object=key).update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE, tool_name="machine"
    )
    site.log.machines[key, CODE] = site.log.persons.pop((key, CODE))
    made = publish_translation(TranslationSource.objects.get(object=key), locale(CODE))
    site.note_published(page, made)


def _file(site: Trouble) -> None:
    page = site.page("pre-filled file")
    key = page.translation_key

    def fill(_group: Any, unit: Any) -> Any:
        if unit.source.startswith(TITLE):
            text = f"{CODE}({unit.source})"
            site.enter(key, CODE, unit.source, text)
            return type(unit)(**_members(unit) | {"target": text, "state": "translated"})
        return type(unit)(**_members(unit) | {"target": unit.source, "state": "needs-translation"})

    bring(filled(site.folder, fill, language=CODE, keys=[key]))
    made = publish_translation(TranslationSource.objects.get(object=key), locale(CODE))
    site.note_published(page, made)


def _members(unit: Any) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in unit.__dataclass_fields__}


def _said(site: Trouble) -> None:
    page = site.page("said to be the same")
    site.work(page, TITLE, INTRODUCTION, PARAGRAPH)
    texts = ["Ord said to be the same.", NAME]
    say_same(locale(CODE).pk, texts, SameOnPurpose.How.LIST)
    # The name is the same on every page; it is taken back.
    withdrawn = SameOnPurpose.objects.get(text=NAME)
    withdraw_same(locale(CODE).pk, [withdrawn.digest])
    site.log.said.add((CODE, folded(texts[0])))


def _complete(site: Trouble) -> None:
    page = site.page("complete")
    body = page.body.raw_data
    page.body = page._meta.get_field("body").stream_block.to_python([body[0]])
    page.save_revision().publish()
    site.log.note(page)
    site.work(page)


def _of_another(site: Trouble) -> None:
    page = site.page("words of another language")
    finnish = site.work(page, code="fi")
    copy = finnish.copy_for_translation(locale(CODE), copy_parents=True)
    copy.save_revision().publish()
    site.log.note(copy)


TROUBLES: tuple[Callable[[Trouble], None], ...] = (
    _whole, _half, _nothing, _new, _entered, _stopped, _loose, _unknown, _orphan, _source_down,
    _copied, _copied_for_translation, _alias, _converted, _restored, _changed, _changed_and_half,
    _written_by_hand, _machine, _file, _said, _complete, _of_another,
)  # fmt: skip


def build_trouble(folder: Path) -> Trouble:
    """Makes a site and has all of it happen there."""
    trouble = Trouble(home=start_site(), folder=folder)
    for happen in TROUBLES:
        happen(trouble)
    return trouble
