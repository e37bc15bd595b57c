"""Lets a page be published again whose time was over.

Wagtail 8.0.1 keeps the time at which a page has expired. Its editor refuses the form for it, and
what is published in another way, by the API or as a translation, is taken down again within the
hour. Here a time that is past is dropped when the page is published, and by the form unless
somebody has just entered it. May go when upstream drops it.
"""

from functools import wraps
from typing import Any

from django.utils import timezone

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.actions.publish_revision:PublishRevisionAction._publish_revision",
            "610b084ff8ef252fd805085ca130e046daf2934058df8c4cc8989a1aa10f98c4",
            without_past_expiry,
        ),
        Replacement(
            "wagtail.admin.forms.models:WagtailAdminDraftStateFormMixin.clean",
            "00cbd5f6993762b9d82c61f5158b85f9ac38eb2e3072c5bf90083948eeec7ef8",
            dropping_past_expiry,
        ),
    )


def without_past_expiry(publish: Any) -> Any:
    """Publishes a revision, without a time to expire that is past."""

    @wraps(publish)
    def publish_again(action: Any, revision: Any, instance: Any, *args: Any, **kwargs: Any) -> Any:
        if is_past(instance.expire_at):
            instance.expire_at = None
            # What is edited next is read from the revision.
            revision.content["expire_at"] = None
            revision.save(update_fields=["content"])
        return publish(action, revision, instance, *args, **kwargs)

    return publish_again


def dropping_past_expiry(clean: Any) -> Any:
    """Checks a form, from which a time to expire is dropped that was past when it was opened."""

    @wraps(clean)
    def clean_again(form: Any) -> Any:
        if "expire_at" not in form.changed_data and is_past(form.cleaned_data.get("expire_at")):
            form.cleaned_data["expire_at"] = None
        return clean(form)

    return clean_again


def is_past(moment: Any) -> bool:
    """Tells whether a moment, if there is one, is past."""
    return moment is not None and moment < timezone.now()
