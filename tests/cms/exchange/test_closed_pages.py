"""The text of a page that is closed to a group leaves in a file for who may read it alone."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, override_settings
from wagtail.models import PageViewRestriction
from wagtail_localize.models import Translation

from cms.common.background_job_views import NO_LANGUAGE, NO_PAGE
from cms.exchange.files import write_file
from cms.exchange.formats import FORMATS
from cms.exchange.models import Job
from cms.exchange.selection import Selection
from cms.export.downloads.jobs import make
from cms.export.models import ExportFile
from cms.translation.roles.reading import Unreadable, unreadable_pages
from home.models import ContentPage
from tests.cms.export.small import add_page, draft, give
from tests.factories.pages import GoalPageFactory
from tests.factories.site import ExampleSite
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

SECRET = "Budgeten sprack i natt."


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Any:
    with override_settings(DATA_DIR=tmp_path):
        yield


@pytest.fixture
def board() -> Group:
    return Group.objects.create(name="Board")


@pytest.fixture
def page(swedish_site: ExampleSite, board: Group) -> ContentPage:
    """A page closed to the board by the one above it, with a translation begun."""
    above = add_page(swedish_site, "Styrelsen", "Bara för oss.")
    below = ContentPage(
        title="Protokoll",
        slug="protokoll",
        body=[{"type": "paragraph", "value": f"<p>{SECRET}</p>"}],
    )
    above.add_child(instance=below)
    below.save_revision().publish()
    found = ContentPage.objects.get(pk=below.pk)
    draft(above, "smj")
    draft(found, "smj")
    closed = PageViewRestriction.objects.create(page=above, restriction_type="groups")
    closed.groups.add(board)
    return found


def user(name: str, *groups: str) -> User:
    found = User.objects.create_user(name, password="secret")
    found.groups.set(Group.objects.filter(name__in=groups))
    return found


def test_who_may_read_it(page: ContentPage, board: Group) -> None:
    translator = user("julev", "Translators (smj)")
    assert page.translation_key in unreadable_pages(translator).sources
    for other in (
        user("member", "Translators (smj)", "Board"),
        User.objects.create_superuser("chief", password="secret"),
    ):
        assert unreadable_pages(other) == Unreadable()


@pytest.mark.parametrize(("kind", "is_closed"), [("login", False), ("password", True)])
def test_other_ways_to_close(page: ContentPage, kind: str, is_closed: bool) -> None:
    PageViewRestriction.objects.update(restriction_type=kind, password="sesam")
    assert bool(unreadable_pages(user("julev", "Translators (smj)")).pages) == is_closed


@pytest.mark.parametrize("format_name", FORMATS)
def test_files_for_translators(page: ContentPage, tmp_path: Path, format_name: str) -> None:
    translator = user("julev", "Translators (smj)")
    path = tmp_path / f"file{FORMATS[format_name].extension}"
    write_file(Selection("smj"), format_name, path)
    whole = path.stat().st_size
    write_file(Selection("smj", unreadable=unreadable_pages(translator).sources), format_name, path)
    assert path.stat().st_size < whole
    if format_name != "xlsx":
        text = path.read_text(encoding="utf-8")
        assert SECRET not in text
        assert "Protokoll" not in text


@pytest.mark.parametrize("is_member", [False, True])
def test_files_asked_for_in_the_admin(
    page: ContentPage, board: Group, is_member: bool, django_capture_on_commit_callbacks: Any
) -> None:
    translator = user("julev", "Translators (smj)", *(["Board"] if is_member else []))
    client = Client()
    client.force_login(translator)
    asked = {"kind": "export", "locale": "smj", "only": "all", "format": "xliff"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/translation-files/", asked)
    work()
    job = Job.objects.get()
    text = Path(job.file.path).read_text(encoding="utf-8")
    job.file.delete(save=False)
    assert (SECRET in text) == is_member
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code="smj"
    )
    address = f"/admin/translation-files/page/{translation.pk}/"
    answer = client.get(address, {"format": "xliff"})
    assert (answer.status_code == 200) == is_member
    assert (SECRET in answer.content.decode()) == is_member


def made(translator: User, name: str) -> ExportFile:
    """A file of the admin's export, as the worker leaves it."""
    options = {"languages": [], "types": [], "published": False}
    job = ExportFile.objects.create(user=translator, format=name, options=options)
    make(job)
    job.state = ExportFile.State.DONE
    job.save()
    return job


@pytest.mark.parametrize("is_member", [False, True])
def test_tables(page: ContentPage, board: Group, is_member: bool) -> None:
    translator = user("julev", "Translators (smj)", *(["Board"] if is_member else []))
    job = made(translator, "csv")
    with job.file.open() as file:
        assert (SECRET in file.read().decode()) == is_member
    job.clear()


@pytest.fixture
def member(page: ContentPage, board: Group) -> User:
    """A translator who is let in."""
    return user("member", "Translators (smj)", "Board")


def close_to(page: Any, group: Group) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(group)


def leave_the_group(member: User, page: ContentPage) -> None:
    member.groups.remove(Group.objects.get(name="Board"))


def close_it_to_others(member: User, page: ContentPage) -> None:
    close_to(page, Group.objects.create(name="Others"))


def move_it_below_what_is_closed(member: User, page: ContentPage) -> None:
    home = page.get_parent().get_parent()
    closed = ContentPage(title="Slutet", slug="slutet")
    home.add_child(instance=closed)
    closed.save_revision().publish()
    close_to(closed, Group.objects.create(name="Others"))
    ContentPage.objects.get(pk=page.pk).move(closed, pos="last-child")


NO_MORE = [leave_the_group, close_it_to_others, move_it_below_what_is_closed]


def told(client: Client, address: str) -> str:
    """The file's text; or what the page says that one is led to instead."""
    response: Any = client.get(address, follow=True)
    if response.streaming:
        return b"".join(response).decode()
    assert response.redirect_chain
    return str(response.content.decode())


def file_of_job(member: User, capture: Any) -> tuple[Client, Job]:
    """The client of somebody who has had a file made, and the job that made it."""
    client = Client()
    client.force_login(member)
    asked = {"kind": "export", "locale": "smj", "only": "all", "format": "xliff"}
    with capture(execute=True):
        client.post("/admin/translation-files/", asked)
    work()
    return client, Job.objects.get()


@pytest.mark.parametrize("no_more", NO_MORE)
def test_a_file_is_not_fetched_by_who_may_read_a_page_of_it_no_more(
    member: User, page: ContentPage, no_more: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, job = file_of_job(member, django_capture_on_commit_callbacks)
    table = made(member, "csv")
    addresses = [f"/admin/translation-files/{job.pk}/file/", f"/admin/export/{table.pk}/file/"]
    assert all(SECRET in told(client, address) for address in addresses)
    no_more(member, page)
    for address in addresses:
        answer = told(client, address)
        assert SECRET not in answer
        assert str(NO_PAGE) in unescape(answer)
    # Made anew it is fetched, without that page.
    anew = made(member, "csv")
    text = told(client, f"/admin/export/{anew.pk}/file/")
    assert "Kust" not in text
    assert SECRET not in text
    assert "key" in text or "page" in text
    for file in (table, anew):
        file.clear()
    job.file.delete(save=False)


@pytest.mark.parametrize("kind", ["tmx", "bundle", "measures"])
def test_a_file_of_what_was_public_is_not_fetched_once_a_page_of_it_is_closed(
    swedish_site: ExampleSite, kind: str, board: Group
) -> None:
    goal = GoalPageFactory(parent=swedish_site.home)
    goal.save_revision().publish()
    translator = user("julev", "Translators (smj)")
    options = {"languages": [], "language": "sv", "types": [], "with_media": False}
    job = ExportFile.objects.create(user=translator, format=kind, options=options)
    make(job)
    job.state = ExportFile.State.DONE
    job.save()
    client = Client()
    client.force_login(translator)
    address = f"/admin/export/{job.pk}/file/"
    first: Any = client.get(address)
    assert first.streaming
    b"".join(first)
    close_to(goal, board)
    assert str(NO_PAGE) in unescape(told(client, address))
    translator.groups.add(board)
    again: Any = client.get(address)
    assert again.streaming
    b"".join(again)
    job.clear()


@pytest.mark.parametrize("kind", ["tmx", "bundle", "csv"])
def test_what_was_closed_in_one_language_when_it_was_made_is_not_in_it(
    member: User, swedish_site: ExampleSite, kind: str
) -> None:
    page = add_page(swedish_site, "Strand", "Sanden är varm.")
    give(swedish_site.home, "fi")
    close_to(give(page, "fi"), Group.objects.create(name="Others"))
    client = Client()
    client.force_login(member)
    job = made(member, kind)
    response: Any = client.get(f"/admin/export/{job.pk}/file/")
    assert response.streaming
    b"".join(response)
    job.clear()


def test_what_is_closed_besides_does_not_matter(
    member: User, page: ContentPage, swedish_site: ExampleSite
) -> None:
    table = made(member, "csv")
    later = add_page(swedish_site, "Senare", "Ny text.")
    close_to(later, Group.objects.create(name="Others"))
    client = Client()
    client.force_login(member)
    assert SECRET in told(client, f"/admin/export/{table.pk}/file/")
    # Of a file from before pages were noted, nobody knows.
    ExportFile.objects.update(packed_pages=None)
    assert str(NO_PAGE) in unescape(told(client, f"/admin/export/{table.pk}/file/"))
    table.clear()


def test_a_file_of_a_language_in_which_somebody_works_no_more(
    member: User, page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    client, job = file_of_job(member, django_capture_on_commit_callbacks)
    table = made(member, "csv")
    member.groups.remove(Group.objects.get(name="Translators (smj)"))
    member.groups.add(Group.objects.get(name="Translators (se)"))
    for address in (f"/admin/translation-files/{job.pk}/file/", f"/admin/export/{table.pk}/file/"):
        assert str(NO_LANGUAGE) in unescape(told(client, address))
    table.clear()
    job.file.delete(save=False)
