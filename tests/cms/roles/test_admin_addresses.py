"""Nobody sees at any address of the admin what is not theirs, and nobody does there what is not.

The addresses are those of Django's resolver, the roles those of the demo. No address is left out:
one that a new Wagtail brings is asked too.
"""

import pytest

from tests.cms.roles.admin_addresses import UnknownArgument, addresses_of, admin_patterns
from tests.cms.roles.canaries import ADMINISTRATOR, ROLES, Aviary, build_aviary
from tests.cms.roles.visiting import IS_SAMPLE, send_everything, visit
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]

UNSEEN_EVEN_BY_ADMINISTRATORS = {
    "an upload of somebody else's": "Wagtail shows the name of an upload to nobody else.",
}
"""Canaries that the control does not meet, each with the reason."""

SENDING = ("translator-smj", "editor") if IS_SAMPLE else ROLES
MOST = 20
"""Of many leaks the first are shown."""


@pytest.fixture(scope="module")
def module_aviary(module_swedish_site: ExampleSite) -> Aviary:
    return build_aviary(module_swedish_site)


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


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_theirs(role: str, aviary: Aviary) -> None:
    made = visit(aviary, role)
    assert "\n".join(made.leaks[:MOST]) == ""
    assert made.failed == []
    own = {canary.word for canary in aviary.canaries if role in canary.seen_by}
    assert not own or made.seen & own, "Who sees nothing of their own was asked nothing."


def test_an_administrator_sees_every_canary(aviary: Aviary) -> None:
    """Otherwise a canary that stands nowhere would pass for a secret."""
    made = visit(aviary, ADMINISTRATOR)
    unseen = {canary.about for canary in aviary.canaries if canary.word not in made.seen}
    if IS_SAMPLE:
        assert len(unseen) < len(aviary.canaries) * 3 / 4
    else:
        assert unseen == UNSEEN_EVEN_BY_ADMINISTRATORS.keys()
    assert made.failed == []


@pytest.mark.parametrize("role", SENDING)
def test_nobody_does_by_post_what_is_not_theirs(role: str, aviary: Aviary) -> None:
    made, done = send_everything(aviary, role)
    assert "\n".join(done[:MOST]) == ""
    assert "\n".join(made.leaks[:MOST]) == ""
