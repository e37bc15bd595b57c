"""Canaries: texts of the admin that Wagtail shows in English to everybody."""

import inspect

import pytest
from django.contrib.auth.models import Permission
from django.template.loader import get_template
from django.utils import translation
from wagtail.admin.forms.choosers import PhoneLinkChooserForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.edit import EditView
from wagtail.blocks.field_block import FieldBlockAdapter
from wagtail.contrib.redirects import filters
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.images.blocks import ImageBlock
from wagtail.models import Locale

from cms.content.templatetags.permission_names import permission_name
from cms.upstream.replacement import UpstreamCode
from cms.upstream.wagtail_admin.made_labels import PRETTY_NAME
from cms.upstream.wagtail_admin.model_names import FIELDS, NAMES
from cms.upstream.wagtail_admin.template_texts import TEXTS, WAGTAIL
from tests.cms.upstream.originals import original, still_needed


def test_canary_made_labels() -> None:
    pretty_name = UpstreamCode(PRETTY_NAME, "").current()
    with translation.override("sv"):
        assert pretty_name("link_text") == "Länktext"
        assert pretty_name("") == ""
        assert [PhoneLinkChooserForm()[name].label for name in ("phone_number", "link_text")] == [
            "Telefonnummer",
            "Länktext",
        ]
        assert str(Column("site_name").label) == "Webbplatsens namn"
        # Wagtail's own columns give theirs by place.
        assert str(DateColumn("site_name", None, "accessor").label) == "Webbplatsens namn"
        assert Column("site_name", "Namn", sort_key="name").label == "Namn"
        chooser = ImageBlock().child_blocks["image"]
        assert FieldBlockAdapter().js_args(chooser)[2]["label"] == "Bild"
        theirs = original(PRETTY_NAME)("link_text")
    still_needed(theirs == "Link text", "wagtail_admin/made_labels")


def test_canary_model_names() -> None:
    with translation.override("sv"):
        assert str(Locale._meta.verbose_name_plural) == "språk"
    # What the class says, of which migrations are made.
    unnamed = [
        model for model, *_names in NAMES if "verbose_name" not in model._meta.original_attrs
    ]
    for model, field, _name in FIELDS:
        assert str(model._meta.get_field(field).verbose_name)
    still_needed(len(unnamed) == len(NAMES), "wagtail_admin/model_names")


def test_canary_redirect_filters() -> None:
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    with translation.override("sv"):
        assert [str(label) for _value, label in kind.extra["choices"]] == [
            "Permanent",
            "Tillfällig",
        ]
    with translation.override("fi"):
        assert [str(label) for _value, label in kind.extra["choices"]] == ["Pysyvä", "Väliaikainen"]
    at_start = "import gettext as _" in inspect.getsource(filters)
    still_needed(at_start, "wagtail_admin/redirect_filters")


@pytest.mark.parametrize("name", TEXTS)
def test_canary_template_texts(name: str) -> None:
    get_template(name)
    [path] = WAGTAIL.glob(f"*/templates/{name}")
    theirs = path.read_text(encoding="utf-8")
    gone = [text for text, _tag in TEXTS[name] if text not in theirs]
    assert gone == [], f"{name} may go from wagtail_admin/template_texts, or look again: {gone}"


@pytest.mark.django_db
def test_names_of_permissions() -> None:
    named = {
        permission.codename: permission_name(permission)
        for permission in Permission.objects.select_related("content_type")
    }
    with translation.override("sv"):
        adding = Permission.objects.get(codename="add_redirect")
        assert permission_name(adding) == "Får lägga till omdirigering"
        unlocking = Permission.objects.get(codename="unlock_page")
        assert permission_name(unlocking) == "Låsa upp alla sidor"
    assert named["access_admin"]


def test_canary_workflow_messages() -> None:
    theirs = inspect.getsource(
        original(f"{EditView.__module__}:EditView.add_save_confirmation_message")
    )
    still_needed("workflow" not in theirs, "wagtail_admin/workflow_messages")
