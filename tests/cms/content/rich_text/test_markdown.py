"""Rich text as Markdown says which language each part is in, as far as Markdown can."""

import pytest

from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.rich_text.markdown import markdown_of

FEATURES = tuple(PARAGRAPH_FEATURES)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            '<p>Hej <b>du</b></p><p lang="sv">En <a href="/sv/x/" hreflang="en">länk</a></p>',
            'Hej **du**\n\n<span lang="sv">En [länk](/sv/x/)</span>\n\n',
        ),
        (
            '<p>Buoris <span lang="sv">en <i>mening</i>.</span> Boahtem</p>',
            'Buoris <span lang="sv">en *mening*.</span> Boahtem\n\n',
        ),
        (
            '<ul><li lang="sv">ett<ul><li lang="sv">två</li></ul></li><li>guokta</li></ul>',
            '- <span lang="sv">ett</span>\n  - <span lang="sv">två</span>\n- guokta\n\n',
        ),
        ('<p lang="yi" dir="rtl">ייִדיש</p>', '<span lang="yi" dir="rtl">ייִדיש</span>\n\n'),
        ("<p>10<sup>3</sup> a*b &lt;b&gt;</p>", "10<sup>3</sup> a\\*b \\<b>\n\n"),
        ("<p>x<br/>y</p>", "x\\\ny\n\n"),
        ("", ""),
    ],
)
def test_what_is_in_another_language_keeps_its_mark(html: str, markdown: str) -> None:
    assert markdown_of(html, FEATURES) == markdown


def test_a_text_with_characters_of_private_use_is_left_as_it_is() -> None:
    html = '<p>\ue000\ue0010\ue000 <span lang="sv">a</span></p>'
    assert markdown_of(html, FEATURES) == '\ue000\ue0010\ue000 <span lang="sv">a</span>\n\n'
