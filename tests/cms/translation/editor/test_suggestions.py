"""Texts that are kept and not used: the editor shows them, and who has read one types it."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from cms.translation.models import Suggestion
from tests.cms.translation.editor.desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def suggested(desk: Desk, text: str, source: str = "Kust") -> Suggestion:
    return Suggestion.objects.create(
        context=desk.segment("title").context,
        locale=desk.translation.target_locale,
        source_text=source,
        data=text,
        reason=Suggestion.Reason.TO_REVIEW,
        origin="mina.xlf",
    )


def shown(desk: Desk) -> str:
    address = reverse("cms_translation:editor", args=[desk.translation.pk])
    return str(desk.client.get(address).content.decode())


def test_who_has_read_a_suggestion_takes_it(desk: Desk) -> None:
    suggested(desk, "Riddo")
    other = suggested(desk, "Gádde")
    assert "mina.xlf" in shown(desk)
    saved = desk.saved("title", "Riddo")
    assert (saved["state"], saved["by"]) == ("done", "julev")
    assert Suggestion.objects.get() == other
    desk.saved("title", "Gádde", saved["version"])
    assert not Suggestion.objects.exists()
    assert "mina.xlf" not in shown(desk)


def test_one_whose_source_is_gone_is_shown_at_its_place(desk: Desk) -> None:
    suggested(desk, "Stuoráriddo", "Stor kust")
    assert "Stuoráriddo" in shown(desk)
    assert not StringTranslation.objects.filter(locale=desk.translation.target_locale).exists()


def test_nothing_of_another_language_is_dropped(desk: Desk) -> None:
    kept = suggested(desk, "Riddo")
    Suggestion.objects.update(locale=desk.translation.source.locale)
    desk.saved("title", "Riddo")
    assert Suggestion.objects.get() == kept
