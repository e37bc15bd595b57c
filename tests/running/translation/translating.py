"""The translators' editor, as somebody uses it in a browser."""

from playwright.sync_api import Locator, Page, expect


def row_of(page: Page, source: str) -> Locator:
    """The row of the string whose source has these words."""
    return page.locator(".string", has=page.locator(".string-source", has_text=source)).first


def box_of(row: Locator) -> Locator:
    """The box in which its translation is typed."""
    return row.get_by_role("textbox").first


def enter(page: Page, source: str, text: str) -> None:
    """Types a translation, and waits until it is saved."""
    row = row_of(page, source)
    box_of(row).click()
    with page.expect_response(lambda response: response.request.method == "PUT") as saved:
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
    assert saved.value.ok
    expect(row).to_have_attribute("data-state", "done")


def publish(page: Page) -> None:
    """Publishes what the editor shows, without leaving it."""
    with page.expect_response("**/publish/") as published:
        page.get_by_role("button", name="Publicera", exact=True).click()
    assert published.value.ok
