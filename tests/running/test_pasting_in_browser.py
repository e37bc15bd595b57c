"""A paste from another program, in a browser: stored as it was shown, or refused by name."""

import re

import pytest
from playwright.sync_api import expect

from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PASTE = """(place, html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', 'plain');
    const event = {clipboardData: data, bubbles: true, cancelable: true};
    place.dispatchEvent(new ClipboardEvent('paste', event));
}"""

WORD = (
    "<html><head><style>p.MsoNormal {color:red}</style></head><body><!--StartFragment-->"
    "<p class=MsoNormal>Torrt 10<sup>3</sup> ton<o:p></o:p></p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>5.</span>Fem</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>6.</span>Sex</p><!--EndFragment--></body></html>"
)


def test_what_word_copies_is_published_as_it_was(running_site: RunningSite) -> None:
    with swedish_tab(running_site) as page:
        log_in(page, "redaktor", running_site)
        about = json_at(running_site, "/api/v3/pages/find/?html_path=/sv/om-webbplatsen/")
        page.goto(f"/admin/pages/{about['id']}/edit/")
        place = page.locator("[data-contentpath=introduction] [contenteditable=true]").first
        place.click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        place.evaluate(PASTE, WORD)
        expect(place).to_contain_text("Torrt 103 ton")
        expect(place.locator("li")).to_have_count(2)
        # Counted as readers see it.
        expect(place.locator("li").first).to_have_css("counter-reset", "ol0 4")

        place.evaluate(PASTE, "<table><tr><td>2025</td><td>12</td></tr></table>")
        expect(page.locator(".messages .error")).to_contain_text("tabellblock")
        place.evaluate(PASTE, "<p>Mot <u>slutet</u></p>")
        expect(page.locator(".messages .warning")).to_contain_text("<u>")
        expect(place).to_contain_text("Mot slutet")
        # Wagtail's editor hands its text to the form a moment later.
        expect(page.locator("input[name=introduction]")).to_have_value(re.compile("slutet"))
        publish_in_editor(page)

    published = json_at(running_site, f"/api/v3/pages/{about['id']}/")["introduction"]
    assert published.startswith("<p>Torrt 10<sup>3</sup> ton</p>")
    assert '<ol start="5"><li>Fem</li><li>Sex' in published
    assert "2025" not in published
    assert "Mot slutet" in published
