"""The text of a page that is closed to a group leaves in a file for who may read it alone."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, override_settings
from wagtail.models import PageViewRestriction
from wagtail_localize.models import Translation

from cms.exchange.files import write_file
from cms.exchange.formats import FORMATS
from cms.exchange.models import Job
from cms.exchange.selection import Selection
from cms.export.downloads.jobs import make
from cms.export.models import ExportFile
from cms.translation.roles.reading import closed_pages, unreadable_keys
from home.models import ContentPage
from tests.cms.export.small import add_page, draft
from tests.factories.site import ExampleSite
from tests.worker import work

pytestmark = pytest.mark.django_db

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
    assert closed_pages(translator)
    assert page.translation_key in set(
        unreadable_keys(translator).values_list("translation_key", flat=True)
    )
    for other in (
        user("member", "Translators (smj)", "Board"),
        User.objects.create_superuser("chief", password="secret"),
    ):
        assert unreadable_keys(other) is None


@pytest.mark.parametrize(("kind", "is_closed"), [("login", False), ("password", True)])
def test_other_ways_to_close(page: ContentPage, kind: str, is_closed: bool) -> None:
    PageViewRestriction.objects.update(restriction_type=kind, password="sesam")
    assert bool(closed_pages(user("julev", "Translators (smj)"))) == is_closed


@pytest.mark.parametrize("format_name", FORMATS)
def test_files_for_translators(page: ContentPage, tmp_path: Path, format_name: str) -> None:
    translator = user("julev", "Translators (smj)")
    path = tmp_path / f"file{FORMATS[format_name].extension}"
    write_file(Selection("smj"), format_name, path)
    whole = path.stat().st_size
    write_file(Selection("smj", unreadable=unreadable_keys(translator)), format_name, path)
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


@pytest.mark.parametrize("is_member", [False, True])
def test_tables(page: ContentPage, board: Group, is_member: bool) -> None:
    translator = user("julev", "Translators (smj)", *(["Board"] if is_member else []))
    job = ExportFile.objects.create(
        user=translator, format="csv", options={"languages": [], "types": [], "published": False}
    )
    make(job)
    job.state = ExportFile.State.DONE
    job.save()
    with job.file.open() as file:
        assert (SECRET in file.read().decode()) == is_member
    client = Client()
    client.force_login(translator)
    address = f"/admin/export/{job.pk}/file/"
    response: Any = client.get(address)
    assert (SECRET in b"".join(response).decode()) == is_member
    # Who has left the group does not fetch what was made before.
    translator.groups.remove(board)
    after: Any = client.get(address)
    assert after.streaming != is_member
    if after.streaming:
        b"".join(after)
    job.clear()
