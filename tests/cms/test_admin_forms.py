"""Every form of our admin screens that changes something carries its CSRF token."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from lxml import html
from wagtail.admin.action_menu import ActionMenuItem as PageItem
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page
from wagtail.snippets.action_menu import ActionMenuItem as SnippetItem
from wagtail_localize.models import Translation, TranslationContext

from cms.common.request_component import RequestComponent
from cms.delivery.previews.models import PreviewToken
from cms.delivery.previews.tokens import make_token
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.exchange.models import Job
from cms.export.downloads.models import Kind
from cms.export.models import ExportFile
from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.lifecycle.synchronisation import stop_synchronisation
from cms.translation.models import PublishingJob, Suggestion, TranslationRequest
from cms.wastebasket.models import DeletedPage
from cms.web_addresses.models import WebAddress
from home.models import ContentPage
from strategy.models import Municipality
from tests.cms.admin_patterns import Pattern, admin_patterns
from tests.factories.site import ExampleSite
from tests.test_architecture import PROJECT_ROOT

pytestmark = pytest.mark.shared_out

START_PAGE: Final = "/admin/"
NAMESPACES: Final = {
    "cms_translation",
    "cms_exchange",
    "cms_export",
    "cms_wastebasket",
    "delivery_previews",
    "delivery_webhooks",
}
"""Each holds views of ours, with some of Wagtail's below them."""

# These give a file or JSON, or take a file, and show no page.
_FILES: Final = re.compile(r"/file/$|/translation-files/page/|/pofile/upload/$|^/admin/api/")
_POST_FORM: Final = re.compile(r'<form\b[^>]*?\bmethod="post"(?:\{%.*?%\}|[^>{])*>')
_ACTION: Final = re.compile(r"action=\"\{% url '([\w:]+)'")


class Form(NamedTuple):
    """A form that posts, as a browser gets it.

    Attributes:
        page: the address of the page that it stands on.
        target: name of the address that it posts to; empty where that is the page's own.
    """

    page: str
    target: str
    action: str
    fields: Mapping[str, str]


def our_patterns() -> list[Pattern]:
    """The patterns below ``/admin/`` that are answered by us, with a page."""
    found = [
        pattern
        for pattern in admin_patterns()
        if pattern.view.__module__.partition(".")[0] in {"cms", "home", "strategy"}
        or pattern.namespace in NAMESPACES
    ]
    assert len(found) > 40
    return [pattern for pattern in found if not _FILES.search(pattern.template)]


def forms_in_templates() -> set[str]:
    """The names of the addresses that forms in our templates post to."""
    found = set()
    for folder in ("site/cms", "home", "strategy"):
        for path in (PROJECT_ROOT / folder).rglob("templates/**/*.html"):
            for tag in _POST_FORM.findall(path.read_text(encoding="utf-8")):
                action = _ACTION.search(tag)
                found.add(action[1] if action else "")
    return found


_SENT_BY_SCRIPT: Final = "w-editing-sessions"
"""The class of a form of Wagtail's that its script sends, with the token in a header."""


def post_forms(client: Client, page: str) -> list[Form]:
    """The forms of a page that post; none where it takes nothing but ``POST``."""
    response = client.get(page, follow=True)
    assert response.status_code in {200, 405}, (page, response.status_code)
    content_type = response.headers.get("Content-Type", "")
    if response.status_code == 405:
        return []
    text = response.content.decode()
    if content_type.startswith("application/json"):
        # What Wagtail shows in a dialogue comes as HTML within JSON.
        text = response.json().get("html") or "<p></p>"
    elif not content_type.startswith("text/html"):
        return []
    found = []
    for form in html.fromstring(text or "<p></p>").iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        if _SENT_BY_SCRIPT in form.classes:
            continue
        fields = {
            name: field.get("value", "")
            for field in form.iter("input")
            if (name := field.get("name"))
            and field.get("type") not in {"file", "checkbox", "radio"}
        }
        action = form.get("action") or page
        target = resolve(action.partition("?")[0]).view_name if form.get("action") else ""
        found.append(Form(page, target, action, fields))
    return found


def strict_client(user: User) -> Client:
    """Somebody signed in whose browser sends no more than a page holds."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


@pytest.fixture
def chief(swedish_site: ExampleSite) -> User:
    """An administrator, who sees every button."""
    user: User = User.objects.create_superuser("chef")
    user.groups.set(Group.objects.filter(name="Translators (smj)"))
    return user


@pytest.fixture
def translator(swedish_site: ExampleSite) -> User:
    user: User = User.objects.create_user("översättare")
    user.groups.set(Group.objects.filter(name="Translators (smj)"))
    return user


def deleted_page(site: ExampleSite, user: User) -> DeletedPage:
    """A page in the wastebasket."""
    page: Any = ContentPage(title="Borta", slug="borta")
    site.home.add_child(instance=page)
    page.delete(user=user)
    return DeletedPage.objects.get(page_id=page.pk)


def dead_link(page: Any, url: str, **values: Any) -> WebAddress:
    """An address on a page that is dead."""
    address: WebAddress = WebAddress.objects.create(url=url, digest=url, is_dead=True, **values)
    address.places.create(
        type="home.ContentPage", object_id=page.pk, page_id=page.pk, locale="sv", field="body"
    )
    return address


@pytest.fixture
def pages(swedish_site: ExampleSite, chief: User) -> list[str]:
    """The addresses of all our screens, for things that show all of their buttons."""
    page = swedish_site.pages[ContentPage]
    draft = begin_translation(page, Locale.objects.get(language_code="smj"), chief)
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code="smj"
    )
    begin_translation(swedish_site.home, Locale.objects.get(language_code="se"), chief)
    stopped = Translation.objects.get(
        source__object_id=swedish_site.home.translation_key, target_locale__language_code="se"
    )
    stop_synchronisation(stopped)
    suggestion = Suggestion.objects.create(
        context=TranslationContext.objects.get(object_id=page.translation_key, path="title"),
        locale=translation.target_locale,
        source_text=page.title,
        data="Riddo",
        reason=Suggestion.Reason.TO_REVIEW,
    )
    TranslationRequest.objects.create(
        source=translation.source, locale=translation.target_locale, due=timezone.localdate()
    )
    make_token(page, chief, timedelta(days=1), admin="https://example.org", is_shared=True)
    webhook = Webhook.objects.create(name="Älvsbyn", address="https://example.org/")
    message = WebhookDelivery.objects.create(webhook=webhook, type="t", payload="{}")
    common = {"user": chief, "state": "failed"}
    job = Job.objects.create(kind=Job.Kind.EXPORT, locale_id=page.locale_id, format="po", **common)
    publishing = PublishingJob.objects.create(locale=translation.target_locale, **common)
    file = ExportFile.objects.create(format=Kind.CSV, **common)
    dead_link(page, "https://a.se/", confirmed_at=timezone.now())
    values = {
        "address_id": dead_link(page, "https://b.se/").pk,
        "page_id": page.pk,
        "parent_page_id": swedish_site.home.pk,
        "app_label": "strategy",
        "model_name": "municipality",
        "source_id": translation.source_id,
        "translation_source_id": translation.source_id,
        "key": page.translation_key,
        "translation_id": translation.pk,
        "context_id": suggestion.context_id,
        "string_id": translation.source.stringsegment_set.all()[0].string_id,
        "code": "smj",
        "before": 0,
        "webhook_id": webhook.pk,
        "token_id": PreviewToken.objects.get().pk,
        ("", "pk"): Municipality.objects.all()[0].pk,
        ("wagtail_localize", "pk"): Municipality.objects.all()[0].pk,
        ("cms_exchange", "pk"): job.pk,
        ("cms_translation", "pk"): publishing.pk,
        ("cms_export", "pk"): file.pk,
        ("cms_wastebasket", "pk"): deleted_page(swedish_site, chief).pk,
        ("delivery_webhooks", "pk"): webhook.pk,
    }
    # To be reviewed, by a button on the start page.
    Page.objects.filter(pk=swedish_site.home.pk).update(last_published_at="2020-01-01T00:00:00Z")
    found = [
        START_PAGE,
        reverse("cms_translation:editor", args=[translation.pk]),
        f"{reverse('cms_web_addresses:list')}?state=confirmed",
    ]
    for pattern in our_patterns():
        named = values
        if "/message/" in pattern.template:
            named = values | {("delivery_webhooks", "pk"): message.pk}
        elif "/translation/start/" in pattern.template:
            named = values | {"translation_id": stopped.pk}
        elif "convert_to_alias" in pattern.template:
            named = values | {"page_id": draft.pk}
        own = {
            argument: named.get((pattern.namespace, argument)) or named[argument]
            for argument in pattern.arguments
        }
        found.append(pattern.template.format(**own))
    return found


@pytest.mark.django_db
def test_every_form_that_posts_has_a_token(pages: list[str], chief: User, translator: User) -> None:
    administrator = strict_client(chief)
    found = [form for page in pages for form in post_forms(administrator, page)]
    found += post_forms(strict_client(translator), START_PAGE)
    assert [form for form in found if not form.fields.get("csrfmiddlewaretoken")] == []
    # None of our templates went by unseen.
    assert forms_in_templates() - {form.target for form in found} == set()


@pytest.mark.django_db
def test_every_form_of_a_translators_start_page_is_let_in(
    translator: User, swedish_site: ExampleSite
) -> None:
    client = strict_client(translator)
    forms = [
        form for form in post_forms(client, START_PAGE) if form.target == "cms_translation:begin"
    ]
    assert len(forms) >= 5
    for form in forms:
        assert client.post(form.action, form.fields).status_code == 302, form
    # The client looks at tokens at all.
    assert client.post(forms[0].action).status_code == 403


def test_no_component_of_ours_is_rendered_without_its_request() -> None:
    def below(kind: type[Any]) -> Iterator[type[Any]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    ours = {
        one
        for one in below(Component)
        if one.__module__.partition(".")[0] in {"cms", "home", "strategy"}
        # An entry of the editor's menu is a link, and is given its request by the menu.
        and not issubclass(one, PageItem | SnippetItem)
    }
    assert ours > {RequestComponent}
    assert {one for one in ours if one.render_html is not RequestComponent.render_html} == set()


def test_forms_in_templates_are_found() -> None:
    assert {"", "cms_translation:begin", "cms_exchange:page", "cms_export:delete"} <= (
        forms_in_templates()
    )
