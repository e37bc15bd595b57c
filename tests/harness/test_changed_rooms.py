"""A change leads to the tests of its room, and to those that import what was changed."""

import pytest

from tests.harness.changed_rooms import tests_of as rooms_of
from tests.harness.recipes import PROJECT

ALWAYS = "tests/test_architecture.py"


@pytest.mark.parametrize(
    ("changed", "room"),
    [
        ("site/cms/delivery/webhooks/sending.py", "tests/cms/delivery/webhooks"),
        ("strategy/templates/strategy/goal_page.html", "tests/strategy"),
        # A room without tests of its own is tested by those around it.
        ("site/cms/delivery/migrations/0001_initial.py", "tests/cms/delivery"),
        ("tests/cms/languages/test_sorting.py", "tests/cms/languages/test_sorting.py"),
        ("tests/cms/exchange/carrying.py", "tests/cms/exchange"),
    ],
)
def test_a_change_leads_to_its_room(changed: str, room: str) -> None:
    assert (PROJECT / room).exists()
    assert room in rooms_of([changed])


def test_it_leads_to_those_that_import_it() -> None:
    found = rooms_of(["site/cms/languages/registry.py"])
    assert "tests/cms/languages" in found
    assert any(path.endswith(".py") and "languages" not in path for path in found)


def test_no_test_is_named_twice() -> None:
    found = rooms_of(["tests/cms/languages/test_sorting.py", "site/cms/languages/registry.py"])
    assert not [path for path in found if path.startswith("tests/cms/languages/")]


def test_what_all_rooms_share_is_not_everything() -> None:
    assert rooms_of(["tests/conftest.py", "tests/factories/site.py", "README.md"]) == [ALWAYS]
