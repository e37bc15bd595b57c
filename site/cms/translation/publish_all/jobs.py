"""Publishes page by page in the worker, some at a time, so that other work has its turn."""

import logging
import time
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.common.background_jobs import ProgressReporter, Refused, run
from cms.translation.editor.publishing import may_publish
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from cms.translation.models import LanguageStatus, PublishingJob, PublishingResult
from cms.translation.publish_all.complete import (
    complete,
    hindered,
    may_not_publish,
    missing,
    waiting,
)
from cms.translation.roles.permissions import may_translate

logger = logging.getLogger(__name__)

PART: Final = 20.0
"""Seconds after which other work has its turn."""


@task(backend="background")
def publish_some(job_id: int) -> None:
    """Does the next part of a job that is waiting."""
    jobs = PublishingJob.objects.select_related("locale", "user")
    if run(jobs, job_id, carry_out):
        publish_some.enqueue(job_id)


def carry_out(job: PublishingJob) -> bool:
    """Publishes what is complete, until its time is over; tells whether something is left.

    Raises:
        Refused: its user does not translate into the language any more.
    """
    with override(UserProfile.get_for_user(job.user).get_preferred_language()):
        if not may_translate(job.user, job.locale):
            raise Refused(_("You do not translate into this language."))
        return _publish_part(job)


def _publish_part(job: PublishingJob) -> bool:
    seen = set(job.results.values_list("source", flat=True))
    found = complete(job.locale, job.user).values_list("pk", "source")
    left = [pk for pk, source in found if source not in seen]
    job.total = len(seen) + len(left)
    job.note(len(seen), job.total)
    note = ProgressReporter(job, job.total)
    until = time.monotonic() + PART
    for done, pk in enumerate(left, start=1):
        publish_one(job, pk)
        job.done = len(seen) + done
        note(job.done)
        if time.monotonic() > until and done < len(left):
            return True
    _tell_of_others(job)
    return False


def publish_one(job: PublishingJob, status: int) -> None:
    """Publishes a page or fact whole, or leaves it as it is and says why.

    What was published meanwhile, or is gone, is no longer asked for.
    """
    row = waiting(job.locale, job.user).filter(pk=status).first()
    if row is None:
        return
    try:
        with transaction.atomic():
            reason = _published(job, row)
            _store(job, row, reason)
    except DatabaseError:
        raise
    except CannotPublish as error:
        _store(job, row, str(error))
    except Exception:
        logger.exception("%s could not be published in %s", row.source, job.locale)
        _store(job, row, _("Something went wrong here. It has been noted; please try again later."))


def _published(job: PublishingJob, row: LanguageStatus) -> str:
    """Publishes it, or returns the reason not to."""
    if reason := missing(row):
        return reason
    translation = Translation.objects.select_related("source", "target_locale").filter(
        source=row.source, target_locale=job.locale
    )
    try:
        instance = translation.get().get_target_instance()
    except ObjectDoesNotExist:
        return _("Its translation is not begun.")
    if not may_publish(job.user, instance):
        return may_not_publish()
    publish_translation(row.source, job.locale, job.user)
    return ""


def _store(job: PublishingJob, row: LanguageStatus, reason: str) -> None:
    PublishingResult.objects.update_or_create(
        job=job, source=row.source, defaults={"title": row.source.object_repr, "reason": reason}
    )


def _tell_of_others(job: PublishingJob) -> None:
    """Stores what has texts to publish and is not complete, and counts all."""
    PublishingResult.objects.bulk_create(
        [
            PublishingResult(job=job, source=one.status.source, title=one.title, reason=one.reason)
            for one in hindered(job.locale, job.user)
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    published = job.results.filter(reason="").count()
    job.counts = {"published": published, "left": job.results.count() - published}


def resume_silent_jobs() -> None:
    """Has jobs go on whose worker was ended in the middle."""
    for job in PublishingJob.objects.filter(state=PublishingJob.State.RUNNING):
        if job.is_silent and _claimed(job):
            publish_some.enqueue(job.pk)


def _claimed(job: PublishingJob) -> bool:
    """Tells whether this process, and none beside it, has put a job back."""
    rows = PublishingJob.objects.filter(pk=job.pk, state=job.state, seen_at=job.seen_at)
    return bool(rows.update(state=PublishingJob.State.WAITING, seen_at=timezone.now()))


def start(locale: Any, user: Any) -> PublishingJob:
    """The job of a user in a language: the one that is under way, or a new one that is queued."""
    own = PublishingJob.objects.filter(user=user, locale=locale)
    for job in own.exclude(state__in=[PublishingJob.State.DONE, PublishingJob.State.FAILED]):
        if not job.is_silent:
            return job
    job = PublishingJob.objects.create(locale=locale, user=user, name=_("Publish everything"))
    enqueue(job)
    return job


def start_again(job: PublishingJob) -> None:
    """Has a job go on that has failed or gone silent; what was not published is tried anew."""
    job.results.exclude(reason="").delete()
    job.wait_again()
    enqueue(job)


def enqueue(job: PublishingJob) -> None:
    """Hands a job to the worker, once it is stored."""
    transaction.on_commit(lambda: publish_some.enqueue(job.pk))
