"""Random histories: whatever is deleted and brought back, the site stays sound."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.content.order.checking import order_faults
from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.consistency_check import differences
from cms.translation.status.status_check import status_faults
from cms.wastebasket.models import DeletedPage
from cms.wastebasket.placing import CannotComeBack, proposed_parent
from home.models import ContentPage
from tests.cms.wastebasket.deleting import add, back, delete
from tests.factories.site import ExampleSite
from tests.factories.translations import translate
from tests.harness.sampling import amount, examples

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


class History:
    """Editors and translators at work, with dice."""

    def __init__(self, site: ExampleSite, seed: int) -> None:
        self.dice = random.Random(seed)
        self.home = site.home
        self.user = User.objects.create_superuser("chef")
        self.english = translate(site.home, "en")
        self.made = 0

    def some_page(self) -> Any:
        """A page below the start page that is plain content."""
        pages = ContentPage.objects.filter(depth__gt=2, alias_of=None).order_by("pk")
        return self.dice.choice(list(pages))

    def step(self) -> None:
        """Does one thing."""
        self.dice.choice(
            [self.add, self.edit, self.translate, self.move, self.delete, self.delete, self.back]
        )()

    def add(self) -> None:
        """Adds a page, often with an address that another had."""
        self.made += 1
        parent = self.dice.choice([self.home, self.some_page()])
        slug = f"ny-{self.dice.randrange(3)}"
        if not Page.objects.get(pk=parent.pk).get_children().filter(slug=slug).exists():
            add(parent, f"Ny {self.made}", slug)

    def edit(self) -> None:
        """Publishes a page, or saves a draft of it."""
        page = self.some_page()
        page.title = f"{page.title}!"
        revision = page.save_revision(user=self.user)
        if self.dice.random() < 0.7:
            revision.publish(user=self.user)

    def translate(self) -> None:
        """Translates a page of which everything above is translated."""
        page = self.some_page()
        is_source = page.locale.language_code == "sv"
        if is_source and page.live and page.get_parent().has_translation(self.english.locale):
            translate(page, "en")

    def move(self) -> None:
        """Moves a page to another place among its siblings."""
        page = self.some_page()
        page.move(self.dice.choice(list(page.get_siblings())), pos="left", user=self.user)

    def delete(self) -> None:
        """Deletes a page with all below it."""
        if ContentPage.objects.filter(depth__gt=2).count() > 1:
            delete(self.some_page(), self.user)

    def back(self) -> None:
        """Brings one of the deleted pages back, if there is a place for it."""
        deleted = DeletedPage.objects.order_by("pk")
        if deleted and proposed_parent(chosen := self.dice.choice(list(deleted))) is not None:
            try:
                back(chosen, self.user, as_drafts=self.dice.random() < 0.3)
            except CannotComeBack:
                assert DeletedPage.objects.filter(pk=chosen.pk).exists()


@pytest.mark.parametrize("seed", range(examples(1, 60)))
def test_the_site_stays_sound(swedish_site: ExampleSite, seed: int) -> None:
    history = History(swedish_site, seed)
    for _step in range(amount(12, 40)):
        history.step()
    for deleted in DeletedPage.objects.order_by("-pk"):
        assert proposed_parent(deleted) is not None
        back(deleted, history.user)
    assert not any(Page.find_problems())
    connection.check_constraints()
    render_backlog()
    assert list(differences()) == []
    assert list(status_faults()) == []
    assert list(order_faults()) == []


def test_queries_do_not_grow_with_the_pages(swedish_site: ExampleSite) -> None:
    chief = User.objects.create_superuser("chef")

    def queries(size: int) -> int:
        section = add(swedish_site.home, f"Del {size}", f"del-{size}")
        for number in range(size):
            add(section, f"Under {number}", f"under-{number}")
        deleted = delete(section, chief)
        with CaptureQueriesContext(connection) as made:
            back(deleted, chief)
        return len(made)

    assert queries(8) <= queries(2) + 4
