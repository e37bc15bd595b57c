"""Nobody sees at any address of the admin what is not theirs, and nobody does there what is not.

The addresses are those of Django's resolver, the roles those of the demo. No address is left out:
one that a new Wagtail brings is asked too.
"""

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.cms.admin_patterns import admin_patterns
from tests.cms.roles.admin_addresses import UnknownArgument, addresses_of
from tests.cms.roles.canaries import ADMINISTRATOR, ROLES, WORD, Aviary, build_aviary
from tests.cms.roles.visiting import IS_SAMPLE, SENDING, send_everything, text_of, visit
from tests.factories.site import ExampleSite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database("sqlite"),
    # Wagtail's comparison of revisions has Beautiful Soup read whatever a field holds.
    pytest.mark.filterwarnings("ignore:The input passed in on this line looks more like"),
]

UNSEEN_EVEN_BY_ADMINISTRATORS = {
    "an upload of somebody else's": "Wagtail shows the name of an upload to nobody else.",
}
"""Canaries that the control does not meet, each with the reason."""

MOST = 20
"""Of many faults of a kind the first are shown."""


@pytest.fixture(scope="module")
def module_aviary(module_swedish_site: ExampleSite) -> Aviary:
    return build_aviary(module_swedish_site)


@pytest.fixture(autouse=True)
def _no_traceback_of_each_refusal(caplog: pytest.LogCaptureFixture) -> None:
    """Has Django log nothing of requests that it refuses, of which there are hundreds."""
    caplog.set_level("ERROR", "django.request")


@pytest.fixture
def aviary(module_aviary: Aviary, swedish_site: ExampleSite) -> Aviary:
    return module_aviary


def test_every_address_can_be_asked(aviary: Aviary) -> None:
    patterns = admin_patterns()
    assert len(patterns) > 300
    unknown = []
    for pattern in patterns:
        try:
            assert addresses_of(pattern, aviary), pattern
        except UnknownArgument as error:
            unknown.append(str(error))
    assert unknown == []


def test_a_spreadsheet_is_read() -> None:
    sheet, outer = Workbook(), io.BytesIO()
    sheet.create_sheet().append([WORD])
    sheet.save(inner := io.BytesIO())
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tabell.xlsx", inner.getvalue())
    assert WORD not in outer.getvalue().decode(errors="replace")
    assert WORD in text_of(outer.getvalue())


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_theirs(role: str, aviary: Aviary) -> None:
    made = visit(aviary, role)
    own = {canary.word: canary.about for canary in aviary.canaries if role in canary.seen_by}
    unseen = sorted(f"not seen: {about}" for word, about in own.items() if word not in made.seen)
    if IS_SAMPLE:
        unseen = unseen if len(unseen) == len(own) else []
    report(made.leaks, made.failed, made.offered_and_refused(), unseen)


def test_an_administrator_sees_every_canary(aviary: Aviary) -> None:
    """Otherwise a canary that stands nowhere would pass for a secret."""
    made = visit(aviary, ADMINISTRATOR)
    unseen = {canary.about for canary in aviary.canaries if canary.word not in made.seen}
    if IS_SAMPLE:
        unseen = unseen if len(unseen) > len(aviary.canaries) * 3 / 4 else set()
    else:
        unseen ^= UNSEEN_EVEN_BY_ADMINISTRATORS.keys()
    report(made.failed, made.offered_and_refused(), sorted(f"not seen: {one}" for one in unseen))


def report(*found: list[str]) -> None:
    """Fails with the first of each kind of what was found."""
    lines = [line for kind in found for line in kind[:MOST]]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.parametrize("role", SENDING if IS_SAMPLE else ROLES)
def test_nobody_does_by_post_what_is_not_theirs(role: str, aviary: Aviary) -> None:
    made, done = send_everything(aviary, role)
    report(done, made.leaks)
