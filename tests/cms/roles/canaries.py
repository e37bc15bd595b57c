"""A site in which everything that not everybody may see holds a word of its own.

What somebody may see in the admin is what anybody may see, and what they work on. A canary says
who that is besides the administrator, who sees each of them: a test that saw nothing would fail.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    APIToken,
    Collection,
    CollectionViewRestriction,
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    UploadedFile,
    Workflow,
)
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.previews.models import PreviewToken
from cms.delivery.previews.tokens import make_token
from cms.delivery.tracking.transaction import tracked
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.demo.access import apply_group
from cms.demo.groups import editor_groups
from cms.demo.site import HOME_KEY
from cms.exchange.models import Job
from cms.export.downloads.models import Kind
from cms.export.models import ExportFile
from cms.translation.models import (
    PublishingJob,
    SameOnPurpose,
    Suggestion,
    TranslationRequest,
)
from cms.translation.roles.groups import group_name
from cms.translation.texts.same_on_purpose import say_same
from cms.wastebasket.models import DeletedPage
from cms.web_addresses.models import WebAddress
from cms.web_addresses.models.addresses import digest_of
from home.models import ContentPage, HomePage
from home.site_settings import SiteSettings
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.site import ExampleSite
from tests.factories.snippets import (
    IndicatorFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PerspectiveFactory,
    ProgrammeFactory,
    SiteSettingsFactory,
)
from tests.factories.translations import enter_translations, marked, translate

Made = TypeVar("Made")

WORD: Final = "kanarie"
"""All canaries begin with it: a search for it finds each."""

_END: Final = "zz"
_WORDS: Final = re.compile(f"{WORD}[a-z]{{2}}{_END}")

FACT_FACTORIES: Final[tuple[Any, ...]] = (
    IndicatorFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PerspectiveFactory,
    ProgrammeFactory,
)
LANGUAGES: Final = ("sv", "fi", "se", "smj")
EDITORS: Final = frozenset({"editor", "moderator"})
SEEN_BY: Final[dict[str, frozenset[str]]] = {
    "sv": EDITORS,
    "fi": frozenset(),
    "se": frozenset({"translator-se"}),
    "smj": frozenset({"translator-smj"}),
}
"""The roles that work in a language, besides the administrator."""

ROLES: Final = ("anonymous", "translator-smj", "translator-se", "editor", "moderator")
ADMINISTRATOR: Final = "administrator"


@dataclass(frozen=True, slots=True)
class Canary:
    """A word that stands in one thing.

    Attributes:
        seen_by: the roles that may see it, besides the administrator.
    """

    word: str
    about: str
    seen_by: frozenset[str]


@dataclass
class Aviary:
    """The site, its canaries, and the things that hold them.

    Attributes:
        pages: pages with a canary, and by what they are hidden.
        things: whatever an address may ask for, by the kind that a table of addresses names.
        kept: what is asked for again and again, and is the same until something is changed.
    """

    site: ExampleSite
    canaries: list[Canary] = field(default_factory=list)
    pages: list[Any] = field(default_factory=list)
    things: dict[str, list[Any]] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)

    def keep(self, key: Any, make: Callable[[], Made]) -> Made:
        """Returns what is kept under a key, made when it is first asked for."""
        if key not in self.kept:
            self.kept[key] = make()
        found: Made = self.kept[key]
        return found

    def heard_in(self, text: str) -> list[Canary]:
        """The canaries of which a text holds the word."""
        words = set(_WORDS.findall(text))
        return [canary for canary in self.canaries if canary.word in words]

    def word(self, about: str, seen_by: frozenset[str] = frozenset()) -> str:
        """A new canary."""
        # Letters alone: no form, address or search makes another word of it.
        number = len(self.canaries)
        word = f"{WORD}{chr(97 + number // 26)}{chr(97 + number % 26)}{_END}"
        self.canaries.append(Canary(word, about, seen_by))
        return word

    def add(self, kind: str, *things: Any) -> Any:
        """Keeps things of a kind, and returns the first."""
        self.things.setdefault(kind, []).extend(things)
        return things[0]


@tracked
def build_aviary(site: ExampleSite) -> Aviary:
    """Adds everything that holds a canary to a site in Swedish."""
    aviary = Aviary(site)
    home = HomePage.objects.get(pk=site.home.pk)
    home.translation_key = HOME_KEY  # The demo's groups work below the demo's start page.
    home.save()
    homes = {"sv": home}
    for code in LANGUAGES[1:]:
        homes[code] = translate(homes["sv"], code)
    aviary.add("page", *homes.values())
    _make_users(aviary)
    for code in LANGUAGES:
        _make_pages(aviary, homes[code], code)
        _make_facts(aviary, code)
        _make_site_settings(aviary, homes[code], code)
    _make_translations(aviary, homes["sv"])
    _make_files(aviary)
    _make_work(aviary)
    _make_settings(aviary, homes["sv"])
    _make_deleted(aviary, homes)
    _make_dead_links(aviary, homes)
    return aviary


def _make_users(aviary: Aviary) -> None:
    chief = User.objects.create_superuser(
        "chef", email=f"{aviary.word('the address of a user')}@example.org"
    )
    aviary.users[ADMINISTRATOR] = aviary.add("user", chief)
    editors, publishers = (apply_group(definition) for definition in editor_groups())
    for role, group in (
        ("translator-smj", Group.objects.get(name=group_name("smj"))),
        ("translator-se", Group.objects.get(name=group_name("se"))),
        ("editor", editors),
        ("moderator", publishers),
    ):
        aviary.users[role] = User.objects.create_user(role)
        aviary.users[role].groups.add(group)
    aviary.add(
        "group",
        Group.objects.create(name=aviary.word("the name of a group", frozenset({"moderator"}))),
    )


def _make_pages(aviary: Aviary, home: Any, code: str) -> None:
    """A page hidden in each way, written by hand in its language, with a live one below it."""

    def page(way: str) -> Any:
        word = aviary.word(f"a {way} page in {code}", SEEN_BY[code])
        made = ContentPage(
            title=f"{word} titel",
            slug=word,
            introduction=f"<p>{word} text</p>",
            search_description=word,
            locale=home.locale,
            owner=aviary.users["editor"] if code == "sv" else None,
        )
        home.add_child(instance=made)
        aviary.pages.append(aviary.add("page", made))
        return made

    draft = page("draft")
    draft.unpublish()
    draft.save_revision(user=aviary.users[ADMINISTRATOR])
    below = ContentPage(title="Under", slug="under", locale=home.locale)
    draft.add_child(instance=below)
    below.save_revision().publish()

    scheduled = page("scheduled")
    scheduled.unpublish()
    scheduled.go_live_at = timezone.now() + dt.timedelta(days=3)
    scheduled.save_revision(approved_go_live_at=scheduled.go_live_at)

    closed = page("closed")
    closed.save_revision().publish()
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type="groups")
    restriction.groups.add(Group.objects.get_or_create(name="Nämnden")[0])

    changed = ContentPage(title="Öppen", slug="oppen", locale=home.locale)
    home.add_child(instance=changed)
    changed.save_revision().publish()
    word = aviary.word(f"changes to a live page in {code}", SEEN_BY[code])
    changed.title = f"{word} titel"
    changed.introduction = f"<p>{word} text</p>"
    changed.save_revision()
    aviary.pages.append(aviary.add("page", changed))

    commented = ContentPage.objects.get(pk=changed.pk)
    Comment.objects.create(
        page=commented,
        user=aviary.users[ADMINISTRATOR],
        text=aviary.word(f"a comment on a page in {code}", SEEN_BY[code]),
        contentpath="title",
        position="",
    )


def _make_facts(aviary: Aviary, code: str) -> None:
    """Facts of each kind that are not live, and changes to a live one."""
    locale = Locale.objects.get(language_code=code)
    for factory in FACT_FACTORIES:
        model = factory._meta.model
        word = aviary.word(f"a draft of {model.__name__} in {code}", SEEN_BY[code])
        made = factory(name=f"{word} namn", locale=locale, live=False)
        made.save_revision()
        aviary.add(model._meta.model_name, made)
    changed = MunicipalityFactory(name=f"Kommun {code}", code="2599", locale=locale)
    changed.name = f"{aviary.word(f'changes to a fact in {code}', SEEN_BY[code])} namn"
    changed.save_revision()
    aviary.add("municipality", changed)


def _make_site_settings(aviary: Aviary, home: Any, code: str) -> None:
    """Changes to the settings of the site, which the example site has in Swedish."""
    made = SiteSettings.objects.filter(locale=home.locale).first()
    if made is None:
        source = SiteSettings.objects.get(locale__language_code="sv")
        made = SiteSettingsFactory(
            start_page=home,
            locale=home.locale,
            translation_key=source.translation_key,
            live=False,
        )
    made.name = f"{aviary.word(f'site settings in {code}', SEEN_BY[code])} namn"
    made.save_revision()
    aviary.add("sitesettings", made)


def _make_translations(aviary: Aviary, home: Any) -> None:
    """Drafts of translations, with suggestions; and texts that are said to be the same."""
    source = ContentPage(title="Källan", slug="kallan")
    home.add_child(instance=source)
    source.save_revision().publish()
    for code in LANGUAGES[1:]:
        seen_by = SEEN_BY[code]
        word = aviary.word(f"the draft of a translation into {code}", seen_by)

        def text_of(path: str, text: str, word: str = word) -> str:
            return word if path == "slug" else f"{word} {text}"

        translation = enter_translations(source, code, text_of)
        translation.save_target(publish=False)
        page = translation.get_target_instance()
        aviary.pages.append(aviary.add("page", page))
        aviary.add("translation", translation)
        context = TranslationContext.objects.get(object_id=source.translation_key, path="title")
        Suggestion.objects.create(
            context=context,
            locale=translation.target_locale,
            source_text=source.title,
            data=aviary.word(f"a suggestion in {code}", seen_by),
            reason=Suggestion.Reason.TO_REVIEW,
        )
        said = aviary.word(f"what is said to be the same in {code}", seen_by)
        say_same(translation.target_locale_id, [said], SameOnPurpose.How.LIST)
        live = aviary.add("page", translate(aviary.site.pages[ContentPage], code, marked(code)))
        entered = StringTranslation.objects.filter(
            locale=live.locale, context__object_id=live.translation_key, context__path="title"
        )
        word = aviary.word(f"a text in {code} that waits to be published", seen_by)
        aviary.add(
            "translation",
            Translation.objects.get(
                source__object_id=live.translation_key, target_locale=live.locale_id
            ),
        )
        entered.update(data=f"{word} titel")
    aviary.add("source", *{translation.source for translation in aviary.things["translation"]})
    _make_requests(aviary, source)
    _make_publishing(aviary, aviary.things["source"][0])


def _make_requests(aviary: Aviary, asked: Any) -> None:
    """Requests for an open page in each language, and for a closed one in one."""
    closed = Page.objects.get(locale__language_code="sv", view_restrictions__groups__name="Nämnden")
    wanted = [(asked, code, EDITORS | SEEN_BY[code]) for code in LANGUAGES[1:]]
    for page, code, seen_by in [*wanted, (closed, "smj", EDITORS)]:
        source = TranslationSource.objects.select_related("locale").get(
            object_id=page.translation_key, locale=page.locale_id
        )
        request = TranslationRequest.objects.create(
            source=source,
            locale=Locale.objects.get(language_code=code),
            due=timezone.localdate(),
            note=aviary.word(f"what is asked of {code} for {page.title}", seen_by),
            asked_by=aviary.users[ADMINISTRATOR],
        )
        aviary.add("request", request)
        if source not in aviary.things["source"]:
            aviary.add("source", source)


def _make_publishing(aviary: Aviary, source: TranslationSource) -> None:
    """A run that published everything in a language, of one of its translators."""
    role = "translator-se"
    job = PublishingJob.objects.create(
        locale=Locale.objects.get(language_code="se"), user=aviary.users[role], state="done"
    )
    job.results.create(
        source=source, title=aviary.word("what somebody has published", frozenset({role}))
    )
    aviary.add("publishing", job)


def _make_files(aviary: Aviary) -> None:
    word = aviary.word("a closed collection", EDITORS)
    collection = Collection.get_first_root_node().add_child(name=word)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    aviary.add("collection", collection)
    aviary.add(
        "image",
        ImageFactory(title=word, file__filename=f"{word}.png", collection=collection),
    )
    aviary.add(
        "document",
        DocumentFactory(title=word, file__filename=f"{word}.pdf", collection=collection),
    )
    chief = aviary.users[ADMINISTRATOR]
    word = aviary.word("an upload of somebody else's", frozenset())
    for kind, model in (("image", ContentImage), ("document", ContentDocument)):
        uploaded = UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=f"{word}.png",
            uploaded_by_user=chief,
        )
        aviary.add(f"uploaded {kind}", uploaded)


def _make_work(aviary: Aviary) -> None:
    """A page in moderation, and jobs and files of the administrator."""
    chief = aviary.users[ADMINISTRATOR]
    workflow = aviary.add("workflow", Workflow.objects.get())
    aviary.add("task", *workflow.tasks)
    moderated = next(page for page in aviary.pages if page.locale.language_code == "sv")
    state = workflow.start(moderated, aviary.users["editor"])
    state.current_task_state.comment = aviary.word("what a moderator says", EDITORS)
    state.current_task_state.save()
    _make_link(aviary)
    locale = Locale.objects.get(language_code="smj")
    job = {"user": chief, "state": "failed"}
    aviary.add(
        "job",
        Job.objects.create(
            kind=Job.Kind.IMPORT,
            locale=locale,
            name=f"{aviary.word('a file for translators')}.po",
            format="po",
            **job,
        ),
    )
    aviary.add(
        "export",
        ExportFile.objects.create(
            format=Kind.CSV, name=aviary.word("an export"), options={"open": ["sv"]}, **job
        ),
    )


def _make_link(aviary: Aviary) -> None:
    """A link to the draft of a page, made for somebody."""
    page = ContentPage.objects.get(title="Öppen", locale__language_code="sv")
    make_token(
        page,
        aviary.users[ADMINISTRATOR],
        dt.timedelta(days=3),
        admin="https://example.org",
        is_shared=True,
        label=aviary.word("for whom a link to a draft is", EDITORS),
    )
    aviary.add("link", PreviewToken.objects.get())


def _make_settings(aviary: Aviary, home: Any) -> None:
    """Makes things that administrators alone see."""
    word = aviary.word("a webhook")
    webhook = aviary.add(
        "webhook",
        Webhook.objects.create(name=word, address=f"https://example.org/{word}", secret=word),
    )
    aviary.add(
        "message",
        WebhookDelivery.objects.create(
            webhook=webhook, type="t", payload=f'{{"{aviary.word("a message")}": 1}}'
        ),
    )
    token, _key = APIToken.create_token(
        user=aviary.users[ADMINISTRATOR], name=aviary.word("a token")
    )
    aviary.add("token", token)
    aviary.add(
        "redirect",
        Redirect.objects.create(old_path=f"/{aviary.word('a redirect')}", redirect_page=home),
    )
    deleted = ContentPage(
        title=f"{aviary.word('a page that was deleted', EDITORS)} titel", slug="borta"
    )
    home.add_child(instance=deleted)
    log(deleted, "wagtail.edit", user=aviary.users[ADMINISTRATOR])
    gone: Any = deleted
    gone.delete(user=aviary.users[ADMINISTRATOR])
    aviary.add("locale", Locale.objects.get(language_code="yi"))
    aviary.add("site", *Site.objects.all())


def _make_deleted(aviary: Aviary, homes: dict[str, Any]) -> None:
    """Deletes a page in each language, and one of the editor's own."""
    for code, home in homes.items():
        home.refresh_from_db()
        word = aviary.word(f"a page in {code} that was deleted", SEEN_BY[code])
        made: Any = ContentPage(title=f"{word} titel", slug=word, locale=home.locale)
        home.add_child(instance=made)
        made.delete(user=aviary.users[ADMINISTRATOR])
        aviary.add("deleted", DeletedPage.objects.get(page_id=made.pk))


def _make_dead_links(aviary: Aviary, homes: dict[str, Any]) -> None:
    """An address that is dead, in the start page of each language; translators have no list."""
    for code, home in homes.items():
        word = aviary.word(f"a dead link in {code}", SEEN_BY[code] & EDITORS)
        url = f"https://{word}.se/"
        address = WebAddress.objects.create(
            url=url, digest=digest_of(url), host=f"{word}.se", status="gone", is_dead=True
        )
        address.places.create(
            type="home.HomePage", object_id=home.pk, page_id=home.pk, locale=code, field="body"
        )
        aviary.add("web address", address)
