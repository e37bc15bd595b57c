"""Figures are taken as numbers alone, and shown as a person writes them."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken

from home.models import ContentPage
from strategy.models import GoalPage, Indicator
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


@pytest.fixture
def patch(swedish_site: ExampleSite, admin_user: Any) -> Any:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")

    def call(page_type: type[Any], body: str | None = None, **fields: Any) -> Any:
        return Client().generic(
            "PATCH",
            f"/api/v3/pages/{swedish_site.pages[page_type].pk}/",
            body or json.dumps(fields | {"meta": {"action": "publish"}}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return call


def key_figure(**parts: Any) -> list[dict[str, Any]]:
    value = {"value": 1, "unit": "%", "label": "av energin", "year": 2020} | parts
    return [{"type": "key_figure", "value": value}]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (0.1 + 0.2, "0,3"),
        (0.3, "0,3"),
        (12.5, "12,5"),
        (2.0, "2"),
        (1e-07, "0,0000001"),
        (1234567.25, "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,25"),
        (3e16, "30" + 5 * "\N{NO-BREAK SPACE}000"),
        (-4, "-4"),
    ],
)
def test_a_figure_is_shown_as_a_person_writes_it(
    swedish_site: ExampleSite, patch: Any, sent: float, shown: str
) -> None:
    sending = {"body": key_figure(value=sent), "meta": {"action": "publish"}}
    response = patch(ContentPage, json.dumps(sending))
    assert response.status_code == 200, response.content
    html = Client().get("/sv/om/").content.decode()
    assert f">{shown}</data>" in html
    assert response.json()["body"][0]["value"]["value"] == sent


@pytest.mark.parametrize(
    "wrong", [{"value": True}, {"value": "5"}, {"value": None}, {"year": True}, {"year": "2020"}]
)
def test_a_block_takes_numbers_alone(patch: Any, wrong: dict[str, Any]) -> None:
    response = patch(ContentPage, json.dumps({"body": key_figure(**wrong)}))
    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"][-1] == next(iter(wrong))


@pytest.mark.parametrize(
    "wrong", [{"baseline_value": True}, {"target_value": "80"}, {"indicator": True}]
)
def test_a_field_takes_numbers_alone(patch: Any, wrong: dict[str, Any]) -> None:
    row = {
        "indicator": Indicator.objects.get().pk,
        "baseline_value": 1.5,
        "baseline_year": 2020,
        "target_value": 80,
        "target_year": 2030,
    }
    assert patch(GoalPage, indicators=[row]).status_code == 200
    response = patch(GoalPage, indicators=[row | wrong])
    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"][-1] == next(iter(wrong))
    assert patch(GoalPage, target_year=True).status_code == 422


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_of_json_is_refused_with_its_place(patch: Any, number: str) -> None:
    body = json.dumps({"body": key_figure(value="here")}).replace('"here"', number)
    response = patch(ContentPage, body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"][-1] == "value"


def test_a_day_has_one_value(swedish_site: ExampleSite, admin_client: Client) -> None:
    indicator = Indicator.objects.get()
    form = {
        "name": indicator.name,
        "unit": "%",
        "better": "higher",
        "source": "",
        "source_url": "",
        "values-TOTAL_FORMS": "2",
        "values-INITIAL_FORMS": "0",
        "values-MIN_NUM_FORMS": "0",
        "values-MAX_NUM_FORMS": "1000",
    }
    for number in range(2):
        form |= {f"values-{number}-date": "2024-12-31", f"values-{number}-value": f"{number}"}
        form |= {f"values-{number}-id": "", f"values-{number}-ORDER": str(number)}
    response = admin_client.post(
        f"/admin/snippets/strategy/indicator/edit/{indicator.pk}/", form | {"action-publish": "1"}
    )
    assert response.status_code == 200
    assert "values-1-date" in response.content.decode()
    formset = response.context["form"].formsets["values"]
    assert formset.non_form_errors() or any(formset.errors)
