"""Programs that change what the CMS holds, and one that casts."""

from typing import Final

LEAD: Final = "Kultur för alla som bor här."
CHANGE_LEAD: Final = f"""
from strategy.models import CulturePage
page = CulturePage.objects.get(locale__language_code="sv")
page.lead = {LEAD!r}
page.save_revision().publish()
"""
TAKE_AWAY: Final = """
from strategy.models import StoryPage
for page in StoryPage.objects.filter(translation_key="{key}"):
    page.unpublish()
"""


DRAFT: Final = """
from datetime import timedelta
from django.contrib.auth import get_user_model
from cms.delivery.previews.tokens import make_token
from strategy.models import CulturePage
page = CulturePage.objects.get(locale__language_code="sv")
page.title = "Kultur i utkast"
page.save_revision()
user = get_user_model().objects.get(username="admin")
print(make_token(page, user, timedelta(hours=1), admin="{admin}"))
"""
STRANGE: Final = """
declare function parse(text: string): any;
const parsed = parse("1");
const cast = 1 as unknown;
const sure = [1][0]!;
let untyped: any;
// @ts-ignore
const constant = [1] as const;
const looked: unknown = parse("1");
export {};
"""
