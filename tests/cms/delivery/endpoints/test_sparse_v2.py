"""API v2 takes ``fields`` as Wagtail documents it: what Wagtail alone answers is the measure."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

from cms.content.api.page_fields import PAGE_FIELDS
from strategy.models import StoryPage
from tests.factories.site import ExampleSite
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

BODY = ("title", "lead", "municipality", "related_pages", "body", "image", "year")
META = ("type", "detail_url", "html_url", "slug", "locale", "parent", "first_published_at")
WITHIN = ("id", "_,id", "*", "type", "-id", "*,-id", "bogus", "_,-id", "")
STRANGE = ("bogus", "-bogus", "_", "*", "(", ")", " x", "a-b", "title(x)", "")
WITHOUT_OURS = [name for name in settings.MIDDLEWARE if not name.startswith("cms.delivery")]


def values_of_fields(number: int) -> Iterator[str]:
    """Values of ``fields``, good and bad, always the same."""
    yield from (
        "_,title",
        "*",
        "-title",
        "*,-title",
        "_",
        "",
        "_,municipality(_,id)",
        "parent(title)",
    )
    chance = random.Random(19)
    names = ["id", *BODY, *META]

    def one(name: str) -> str:
        kind = chance.random()
        if kind < 0.2:
            return f"-{name}"
        return f"{name}({chance.choice(WITHIN)})" if kind < 0.35 else name

    for _number in range(number):
        chosen = [one(name) for name in chance.sample(names, chance.randint(0, 4))]
        if chance.random() < 0.15:
            chosen.insert(chance.randint(0, len(chosen)), chance.choice(STRANGE))
        yield ",".join([*chance.choice([[], [], ["_"], ["_"], ["*"]]), *chosen])


def shape(answer: Any) -> Any:
    """The names of the members of an answer, without what Wagtail does not have."""

    def of(item: Any) -> Any:
        names = sorted(item.keys() - PAGE_FIELDS.keys())
        return names, sorted(item.get("meta", ()))

    if answer.status_code != 200:
        return None
    content = answer.json()
    return [of(item) for item in content["items"]] if "items" in content else of(content)


def test_many_values_of_fields(example_site: ExampleSite, visitor: Client) -> None:
    story = example_site.pages[StoryPage]
    addresses = (
        "/api/v2/pages/?type=strategy.StoryPage&",
        "/api/v2/pages/?search=scenen&",
        f"/api/v2/pages/{story.pk}/?",
    )
    answered = set()
    for number, fields in enumerate(values_of_fields(amount(20, 2000))):
        address = f"{addresses[number % len(addresses)]}fields={fields}"
        ours = visitor.get(address)
        with override_settings(ROOT_URLCONF="tests.stock_urls", MIDDLEWARE=WITHOUT_OURS):
            stock = visitor.get(address)
        assert ours.status_code == stock.status_code, address
        assert shape(ours) == shape(stock), address
        answered.add(ours.status_code)
    assert answered == {200, 400}


@pytest.mark.parametrize("fields", ["_,title", "*", "-title", "*,-title", "_"])
def test_each_kind_of_object_takes_them(
    fields: str, example_site: ExampleSite, visitor: Client
) -> None:
    for kind in ("pages", "images", "documents"):
        whole = visitor.get(f"/api/v2/{kind}/").json()["items"]
        listed = visitor.get(f"/api/v2/{kind}/?fields={fields}")
        assert listed.status_code == 200, listed.content
        assert len(listed.json()["items"]) == len(whole) > 0
        one = visitor.get(f"/api/v2/{kind}/{whole[0]['id']}/?fields={fields}")
        assert one.status_code == 200, one.content
        for item in (*listed.json()["items"], one.json()):
            assert ("title" in item) is (fields in ("_,title", "*"))
            assert ("id" in item) is not fields.startswith("_")


def test_members_of_a_relation_are_picked(example_site: ExampleSite, visitor: Client) -> None:
    story = example_site.pages[StoryPage]

    def one(fields: str) -> Any:
        answer = visitor.get(f"/api/v2/pages/{story.pk}/?fields={fields}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    whole = one("_,municipality,related_pages")
    municipality = whole["municipality"]
    assert one("_,municipality(_,title,code)")["municipality"] == {
        "title": municipality["title"],
        "code": "2500",
    }
    rest = one("_,municipality(-title)")["municipality"]
    assert rest == {name: value for name, value in municipality.items() if name != "title"}
    paths = one("_,related_pages(_,page(_,path))")["related_pages"]
    assert paths == [{"page": {"path": row["page"]["path"]}} for row in whole["related_pages"]]
    assert paths


def test_what_is_in_no_relation_is_named(example_site: ExampleSite, visitor: Client) -> None:
    story = example_site.pages[StoryPage]
    for fields in ("municipality(bogus)", "title(bogus)", "bogus", "parent(title)"):
        answer = visitor.get(f"/api/v2/pages/{story.pk}/?fields={fields}")
        assert answer.status_code == 400
        named = fields.partition("(")[0] if fields[0] != "m" else "bogus"
        assert named in answer.json()["message"]
