"""axe on the screens of the admin, but for what Wagtail's own components are known for."""

from typing import Any, Final

from playwright.sync_api import Page

KNOWN: Final[tuple[tuple[str, str, str], ...]] = (
    ("label", "#HandsontableCopyPaste", "the table's script keeps the clipboard in it, unseen"),
    ("region", "#HandsontableCopyPaste", "the same"),
    ("label", "#fileupload", "the button of Wagtail's uploads opens it"),
    ("label", ".ui-autocomplete-input", "Wagtail's field of tags"),
    ("landmark-unique", "section.w-panel", "Wagtail makes each panel a region of its heading"),
    ("page-has-heading-one", "html", "Wagtail's forms of facts have none"),
    ("scrollable-region-focusable", ".DraftEditor-root", "what scrolls is in the text box"),
    ("scrollable-region-focusable", ".w-minimap__list", "Wagtail's map of a form"),
    ("color-contrast", "b", "the date in Wagtail's notice of an earlier version"),
    ("aria-allowed-role", "h2[role=alert]", "Wagtail's number of pages that a search found"),
    ("heading-order", ".filter-title", "Wagtail's other searches"),
    ("heading-order", ".workflow-tasks__name", "Wagtail's list of workflows"),
    ("list", ".workflow-tasks", "the same"),
    ("listitem", ".workflow-tasks__task", "the same"),
    ("empty-table-header", "th[aria-label]", "Wagtail's form of a workflow"),
    ("empty-heading", "h2", "Wagtail's reports of workflows"),
    ("aria-required-parent", "a.button[role=tab]", "Wagtail's button to the roles of a user"),
    ("aria-dialog-name", ".modal", "Wagtail's dialogues"),
    ("empty-table-header", ".modal-body th", "the list of pages in Wagtail's dialogue"),
    ("target-size", "#w-minimap-toggle", "Wagtail's map of a form"),
)
"""Rule, selector and reason of what is upstream's; every other fault is ours."""

_RUN: Final = """async (known) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
    const isKnown = (rule, target) => {
        const element = typeof target === "string" && document.querySelector(target);
        return element && known.some(([id, selector]) => id === rule && element.matches(selector));
    };
    return violations.flatMap(({ id, nodes }) =>
        nodes.filter((node) => !isKnown(id, node.target[0]))
            .map((node) => `${id}: ${node.html.slice(0, 300)}`)
    );
}"""


def faults_of_screen(tab: Page) -> list[str]:
    """The faults that axe finds; it comes with Wagtail's admin."""
    known = [[rule, selector] for rule, selector, _reason in KNOWN]
    found: Any = tab.evaluate(_RUN, known)
    return [str(fault) for fault in found]
