"""A page with everything that can hang on one."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    CommentReply,
    GroupPagePermission,
    Locale,
    Page,
    PageSubscription,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowPage,
)
from wagtail_localize.models import Translation

from cms.translation.requests.asking import ask
from home.models import HomePageHighlight
from tests.factories.site import ExampleSite
from tests.factories.translations import make_alias


def dress(site: ExampleSite, page: Any, user: User) -> None:
    """Hangs on a page what editors, readers and translators hang on pages."""
    now = timezone.now()
    make_alias(type(page).objects.get(pk=page.pk), "se")
    page = type(page).objects.get(pk=page.pk)
    site_of_page = Site.objects.get()
    Redirect.objects.create(old_path="/fordom", site=site_of_page, redirect_page=page)
    Redirect.objects.create(old_path="/annu-tidigare", redirect_page=page)
    comment = Comment.objects.create(
        page=page, user=user, text="Stämmer det?", contentpath="title", position=""
    )
    CommentReply.objects.create(comment=comment, user=user, text="Ja.")
    PageSubscription.objects.create(user=user, page=page, comment_notifications=True)
    group = Group.objects.create(name="Nämnden")
    GroupPagePermission.objects.create(
        group=group, page=page, permission=Permission.objects.get(codename="change_page")
    )
    page.title = "En ny titel"
    page.save_revision(user=user, approved_go_live_at=now + dt.timedelta(days=2))
    workflow = Workflow.objects.get()
    WorkflowPage.objects.create(page=page, workflow=workflow)
    workflow.start(page, user)
    home: Any = site.home
    HomePageHighlight.objects.create(home_page=home, page=page, sort_order=7)
    source = Translation.objects.filter(source__object=page.translation_key).first()
    if source is not None:
        ask(source.source, Locale.objects.get(language_code="yi"), user, now.date(), "Snart?")


def close(page: Page) -> None:
    """Lets a group alone read a page."""
    restriction = PageViewRestriction(page=page, restriction_type="groups")
    restriction.save()
    restriction.groups.add(Group.objects.get_or_create(name="Läsare")[0])
