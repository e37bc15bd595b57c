"""A translator's start page in a browser, whose forms are refused where they lack their token."""

import pytest
from playwright.sync_api import expect

from tests.running.browsing import log_in, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

FORMS = ".translation-panel form"


def test_every_form_of_the_start_page_leads_to_an_editor(running_site: RunningSite) -> None:
    with swedish_tab(running_site) as tab:
        log_in(tab, "oversattare-smj", running_site)
        expect(tab.locator(FORMS).first).to_be_visible()
        actions = [form.get_attribute("action") for form in tab.locator(FORMS).all()]
        assert len(actions) >= 3
        # A page that is begun leaves the list, and the next one takes its place.
        clicked = set()
        for action in actions:
            tab.goto("/admin/")
            form = tab.locator(f"{FORMS}[action='{action}']")
            if form.count() == 0:
                # Begun with a page below it.
                continue
            with tab.expect_response(lambda response: response.request.method == "POST") as sent:
                form.first.locator("button[type=submit]").click()
            assert sent.value.status == 302, (action, sent.value.status)
            tab.wait_for_url("**/admin/translation/editor/*/")
            clicked.add(action)
        assert len(clicked) >= 2
