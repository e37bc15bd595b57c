"""The README's tours work when followed to the letter."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from wagtail.models import get_page_models

from cms.content.pages import BasePage
from tests.running.conftest import PROJECT, RunningSite

pytestmark = pytest.mark.one_database("sqlite")

README = (PROJECT / "README.md").read_text(encoding="utf-8")
CURL_LINES = re.findall(r"^\s*(curl .+?)(?:\s+#.*)?$", README, flags=re.MULTILINE)


def answer(site: RunningSite, command: str) -> Any:
    """The output of a line of the README, read as JSON."""
    line = command.replace("http://127.0.0.1:8000", site.url)
    result = subprocess.run(["bash", "-c", line], capture_output=True, check=True, timeout=60)
    return json.loads(result.stdout)


@pytest.fixture(scope="module", autouse=True)
def _curl_is_there() -> None:
    assert shutil.which("curl"), "The README's tours use curl; .ci/run installs it."


def test_readme_has_curl_lines() -> None:
    assert len(CURL_LINES) >= 6


@pytest.mark.parametrize("command", CURL_LINES)
def test_each_curl_line_answers(running_site: RunningSite, command: str) -> None:
    document = answer(running_site, command)
    assert "status" not in document, document
    if "items" in document:
        assert document["items"], command


def line_with(part: str) -> str:
    """The README's line that asks for something."""
    line: str = next(line for line in CURL_LINES if part in line)
    return line


def test_nine_languages_are_listed(running_site: RunningSite) -> None:
    languages = answer(running_site, line_with("/languages/"))
    assert [item["code"] for item in languages["items"]] == [
        *["sv", "en", "fi", "fit", "se", "smj", "sma", "yi", "rom"]
    ]
    pages = {item["code"]: item["pages"] for item in languages["items"]}
    assert pages["sv"] == pages["en"] > 30
    assert {pages[code] for code in ("fit", "se", "smj", "yi")} == {1}
    # A machine's Finnish is no translation, nor is a page of which nobody has translated anything.
    assert {pages[code] for code in ("fi", "sma", "rom")} == {0}


def test_stories_come_newest_first(running_site: RunningSite) -> None:
    stories = answer(running_site, line_with("/stories/"))
    years = [story["year"] for story in stories["items"]]
    assert years == sorted(years, reverse=True)
    assert len(years) >= 2


def test_translators_tour_shows_what_is_still_swedish(running_site: RunningSite) -> None:
    page = answer(running_site, line_with("html_path=/smj/"))
    assert page["language"] == "smj"
    assert page["languages"]["/introduction"] == "sv"
    assert "/greeting" not in page["languages"]


def test_every_page_type_comes_in_one_call_in_three_languages(running_site: RunningSite) -> None:
    types = {model._meta.label for model in get_page_models() if issubclass(model, BasePage)}
    assert len(types) == 15
    for code in ("sv", "en", "fi"):
        listed = answer(
            running_site, f"curl -s '{running_site.url}/api/v3/pages/?locale={code}&limit=100'"
        )
        first = {item["meta"]["type"]: item["meta"]["detail_url"] for item in listed["items"]}
        assert set(first) == types
        for url in first.values():
            document = answer(running_site, f"curl -s {url}")
            assert document["language"] == code
            # Titles of files, and who drew an image, are Swedish in every language.
            swedish = {
                pointer
                for pointer in document["languages"]
                if not pointer.endswith(("/credit", "document/title"))
            }
            assert swedish == set() or code == "fi", url
