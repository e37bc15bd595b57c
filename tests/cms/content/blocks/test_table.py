"""Tables whose headers can be heard, from the editor and from other systems."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken

from cms.content.blocks.table import HeaderTableBlock
from cms.content.rules.tables import look_for_headers
from home.models import ContentPage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

GOOD = [["", "2025"], ["Män", "12"]]


def table(data: list[list[Any]], *, row: bool = True, column: bool = False) -> dict[str, Any]:
    choice = {(True, False): "row", (False, True): "column", (True, True): "both"}
    return {
        "data": data,
        "first_row_is_table_header": row,
        "first_col_is_header": column,
        "table_header_choice": choice.get((row, column), "neither"),
    }


@pytest.mark.parametrize(
    "value",
    [
        table(GOOD),
        table(GOOD, row=False, column=True),
        table(GOOD, column=True),
        table([["År", "Antal"], ["2025", None]]),
    ],
)
def test_a_table_with_headers_is_taken(value: dict[str, Any]) -> None:
    assert HeaderTableBlock().clean(value) == value
    assert not list(look_for_headers(value))


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (table(GOOD, row=False), "Markera"),
        (table([["", ""], ["1", "2"]]), "kolumn 2"),
        (table([["A", "\u200b"], ["1", "2"]]), "kolumn 2"),
        (table([["A", None], ["1", "2"]]), "kolumn 2"),
        (table([["A", "B"], ["", "2"]], column=True), "rad 2"),
        (table([["A", "B"], ["1"], []]), "Rad 2 har 1 celler"),
        (table([]), "inga celler"),
        (table([[]]), "inga celler"),
    ],
)
def test_a_table_without_headers_is_saved_and_not_published(
    value: dict[str, Any], named: str
) -> None:
    assert HeaderTableBlock().clean(value) == value
    [fault] = look_for_headers(value)
    assert named in fault.message


@pytest.mark.parametrize(
    ("sent", "row", "column"),
    [
        ({}, True, False),
        ({"table_header_choice": "column"}, False, True),
        ({"table_header_choice": "both"}, True, True),
        ({"first_col_is_header": True}, False, True),
        ({"first_col_is_header": True, "first_row_is_table_header": True}, True, True),
        ({"first_row_is_table_header": True}, True, False),
        ({"first_col_is_header": True, "table_header_choice": "both"}, True, True),
        ({"first_col_is_header": True, "table_header_choice": "row"}, None, None),
        ({"first_row_is_table_header": False, "table_header_choice": "row"}, None, None),
        ({"first_row_is_table_header": False}, None, None),
    ],
)
def test_what_another_system_sends_is_published_or_refused(
    swedish_site: ExampleSite,
    admin_user: Any,
    visitor: Client,
    sent: dict[str, Any],
    row: bool | None,
    column: bool | None,
) -> None:
    page = swedish_site.pages[ContentPage]
    _token, secret = APIToken.create_token(user=admin_user, name="writer")
    body = [{"type": "table", "value": {"data": GOOD, **sent}}]
    response = Client().patch(
        f"/api/v3/pages/{page.pk}/",
        {"body": body, "meta": {"action": "publish"}},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    if row is None:
        assert response.status_code == 422, response.content
        [error] = response.json()["errors"]
        assert error["loc"][-1] == "value"
        assert "header" in error["msg"]
        return
    assert response.status_code == 200, response.content
    [block] = visitor.get(f"/api/v3/pages/{page.pk}/").json()["body"]
    assert (block["value"]["header_row"], block["value"]["header_column"]) == (row, column)
