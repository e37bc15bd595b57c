"""A fact that is refused in its form: what was typed stays, and the form says what to do."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from strategy.models import Indicator, Municipality, Organisation, Perspective, Programme

pytestmark = [pytest.mark.shared_out, pytest.mark.usefixtures("swedish_site")]

TYPES = [Municipality, Programme, Perspective, Organisation, Indicator]
GREEN = "Inget hindrar publicering."


@pytest.fixture
def browser(admin_user: User) -> Client:
    """The administrator's, which must send a token with each form."""
    client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    client.force_login(admin_user)
    return client


def typed(client: Client, address: str, **changes: str) -> dict[str, str]:
    """The fields of a form as the browser would send them, some of them changed."""
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("[data-edit-form]")
    assert form is not None
    data = {
        str(field["name"]): str(field.get("value") or field.text or "")
        for field in form.select("input[name], textarea[name]")
    }
    for field in form.select("select[name]"):
        chosen = field.select_one("option[selected]")
        data[str(field["name"])] = str(chosen["value"]) if chosen else ""
    return data | changes


def said(answer: Any) -> tuple[str, list[str]]:
    """The panel *To mend*, and what stands at the fields."""
    soup = BeautifulSoup(answer.content, "html.parser")
    panel = soup.select_one("[data-rules-panel]")
    at_fields = [" ".join(one.text.split()) for one in soup.select(".error-message")]
    return panel.text if panel else "", at_fields


@pytest.mark.parametrize("model", TYPES)
def test_a_fact_without_a_name_is_a_draft_and_not_published(model: Any, browser: Client) -> None:
    fact = model.objects.first()
    view = fact.snippet_viewset
    address = reverse(view.get_url_name("edit"), args=[fact.pk])
    name = fact.name
    refused = browser.post(address, typed(browser, address, name="", **{"action-publish": "1"}))
    assert refused.status_code == 200
    panel, at_fields = said(refused)
    assert GREEN not in panel
    assert "åtgärda först det som är markerat i formuläret" in panel
    assert at_fields == ["Det här fältet är obligatoriskt"]
    # As a draft it is saved, and named in words.
    saved = browser.post(address, typed(browser, address, name=""), follow=True)
    assert "Namn: Fyll i ”Namn”." in said(saved)[0]
    text = saved.content.decode()
    assert f"{str(model._meta.verbose_name).capitalize()} utan namn" in text
    assert "objekt (" not in text
    assert model.objects.get(pk=fact.pk).name == name


def test_what_is_no_code_or_address_or_date_is_named_and_kept(browser: Client) -> None:
    for model, field, wrong, message in (
        (Municipality, "code", "25", "Fyra siffror, till exempel 2580."),
        (Programme, "website", "ingen adress", "Ange en giltig URL."),
        (Organisation, "website", "ingen adress", "Ange en giltig URL."),
        (Indicator, "source_url", "ingen adress", "Ange en giltig URL."),
    ):
        address = reverse(model.snippet_viewset.get_url_name("add"))
        data = typed(browser, address, name="Skrivet", **{field: wrong, "action-publish": "1"})
        if model is Municipality:
            data |= {"code": wrong}
        answer = browser.post(address, data)
        assert said(answer)[1] == [message], model
        shown = answer.content.decode()
        assert "Skrivet" in shown
        assert wrong in shown


def test_two_values_of_one_day_are_spoken_of_in_words(browser: Client) -> None:
    indicator: Any = Indicator.objects.first()
    address = reverse(indicator.snippet_viewset.get_url_name("edit"), args=[indicator.pk])
    data = typed(browser, address, name="Skrivet")
    number = int(data["values-TOTAL_FORMS"])
    for more in (number, number + 1):
        data |= {
            f"values-{more}-date": "2031-12-31",
            f"values-{more}-value": "7",
            f"values-{more}-id": "",
        }
    data["values-TOTAL_FORMS"] = str(number + 2)
    answer = browser.post(address, data)
    told = " ".join(said(answer)[1])
    assert "Två värden har samma datum. Ändra ett av datumen eller ta bort ett värde." in told
    assert "indicator" not in told
    assert "Skrivet" in answer.content.decode()
