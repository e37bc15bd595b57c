"""Pages and facts that somebody may see in the admin: what anybody may see, and what they work on.

They work on a page where Wagtail lets them open it: it lies below a page that they have a
permission for, or waits for them in a workflow. They work on a fact of a language in which they
may change, publish or delete such facts. Drafts, what is scheduled and what is closed are nobody
else's.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.models import CollectionMember, DraftStateMixin, Page, Task
from wagtail.permissions import policy_registry

from cms.content.visibility import public_files, public_pages

_ACTIONS = ("add", "change", "delete", "publish", "choose", "view")
_ON_PAGES = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


def worked_on(user: Any) -> QuerySet[Page]:
    """The pages that somebody works on."""
    pages: QuerySet[Page] = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages


def visible(user: Any, objects: QuerySet[Any]) -> QuerySet[Any]:
    """Those of some pages, facts, images or documents that somebody may see."""
    model = objects.model
    if user.is_superuser and user.is_active:
        return objects
    if issubclass(model, Page):
        return objects.filter(
            Q(pk__in=worked_on(user).order_by().values("pk"))
            | Q(pk__in=public_pages().order_by().values("pk"))
        )
    policy = policy_registry.get_by_type(model)
    own = policy.instances_user_has_any_permission_for(user, _ACTIONS)
    seen = Q(pk__in=own.order_by().values("pk"))
    # By their ids: a search index knows no other column of what it looks through.
    if issubclass(model, DraftStateMixin):
        seen |= Q(pk__in=model._default_manager.filter(live=True).order_by().values("pk"))
    elif issubclass(model, CollectionMember):
        seen |= Q(pk__in=public_files(model).order_by().values("pk"))
    return objects.filter(seen)


def named_for(user: Any, pages: Iterable[Any]) -> list[Any]:
    """Some pages, by the title of a draft those alone that somebody works on."""
    policy = policy_registry.get_by_type(Page)
    found = list(pages)
    for page in found:
        if not policy.user_has_any_permission_for_instance(user, _ON_PAGES, page):
            page.draft_title = page.title
    return found


def sees_all(user: Any, model: type[Model], keys: Collection[Any]) -> bool:
    """Tells whether somebody may see all of some things; of what is not there nothing is said."""
    if not keys:
        return True
    there = model._default_manager.filter(pk__in=keys)
    return not there.exclude(pk__in=visible(user, there).values("pk")).exists()


def works_on_all(user: Any, keys: Collection[Any]) -> bool:
    """Tells whether somebody works on all of some pages."""
    if not keys or (user.is_superuser and user.is_active):
        return True
    others = Page.objects.filter(pk__in=keys).exclude(
        pk__in=worked_on(user).order_by().values("pk")
    )
    return all(_reviews(user, page) for page in others.specific())


def _reviews(user: Any, page: Any) -> bool:
    """Tells whether a page waits for somebody in a workflow."""
    task: Task | None = page.current_workflow_task
    return task is not None and bool(task.user_can_access_editor(page, user))
