"""The base of every page type."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.search import index

from cms.content.blocks import BodyBlock
from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from cms.content.page_limits import PageForm
from cms.content.page_slugs import PageCopyForm, slug_of_new_page
from cms.content.stream_field import StreamField
from cms.translation.roles.page_permissions import TranslatorPagePermissionTester


class BasePage(Page):
    """A page that is delivered as one document, which a plain template shows.

    A page type adds its fields to ``translatable_fields``, ``api_fields`` and
    ``content_panels``; a system check faults a field that is left out of the first.
    """

    page_icon: ClassVar[str] = "doc-empty-inverse"
    """The type's icon where an editor chooses the type of a new page; ``page_description`` says
    there in two lines what it is for."""

    child_ordering: ClassVar[tuple[Any, ...]] = ("path",)
    """How the reader orders the pages under a page of this type."""

    admin_default_ordering = "ord"
    """Pages stand in the admin as they stand in the tree, where an editor can move them."""

    review_after: ClassVar[timedelta | None] = timedelta(days=365)
    """After so long without a publication the start page asks for a review; ``None``: never."""

    translatable_fields: ClassVar[list[Any]] = [
        *translated("title", "slug", "seo_title", "search_description"),
        *synchronised("show_in_menus"),
    ]
    api_fields: ClassVar[list[Any]] = []
    base_form_class = PageForm
    copy_form_class = PageCopyForm

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Gives a new page its slug, and validates."""
        self._give_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """Gives a new page its slug, and validates what a draft must have."""
        self._give_slug()
        super().minimal_clean()

    def _give_slug(self) -> None:
        # A slug must be another than its siblings': it is made when the parent is known, which
        # treebeard forgets of a page without a place.
        page: Any = self
        parent = page.get_parent() or getattr(page, "_cached_parent_obj", None)
        is_unusable = not page.slug or (self._state.adding and not page.slug.isascii())
        if parent is not None and is_unusable:
            page.slug = find_available_slug(parent, slug_of_new_page(page), ignore_page_id=page.pk)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``document``, the page as the API gives it, and ``children``: all that is shown."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # The reader needs the API's schemas, and these all models.
        from cms.content.reader.context import reader_context

        return context | reader_context(self, request)

    @cached_property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The page in its language, and as readers of each other language will see it."""
        from cms.content.reader.other_readers import preview_modes

        return preview_modes(self)

    @property
    def default_preview_mode(self) -> str:
        """The page itself."""
        return ""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Answers with what is previewed in one of the modes."""
        from cms.content.reader.other_readers import serve_to_readers

        shown = serve_to_readers(self, request, mode_name or "")
        return super().serve_preview(request, mode_name) if shown is None else shown

    def permissions_for_user(self, user: Any) -> TranslatorPagePermissionTester:
        """Tells what a user may do with the page, as a translator or as an editor."""
        return TranslatorPagePermissionTester(user, self)


class BodyMixin(models.Model):
    """For a page with running content."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    body_translatable_fields: ClassVar[list[Any]] = translated("body")
    body_api_fields: ClassVar[list[Any]] = writable(
        body=Note("Running content: blocks in reading order.")
    )
    body_search_fields: ClassVar[list[Any]] = [index.SearchField("body")]
    body_panels: ClassVar[list[Any]] = [FieldPanel("body")]

    class Meta:
        abstract = True


class ImageMixin(models.Model):
    """For a page with one image that stands for it.

    The API serves ``image`` with ``alt`` taken from ``image_alt_text``: a field named
    ``<image field>_alt_text`` is the alternative text of that image.
    """

    image = models.ForeignKey(
        "content.ContentImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt_text = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the image shows, for those who do not see it."),
    )
    image_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The image says nothing that the text does not say."),
    )

    image_translatable_fields: ClassVar[list[Any]] = [
        *translated("image_alt_text"),
        *synchronised("image", "image_decorative"),
    ]
    image_api_fields: ClassVar[list[Any]] = writable(
        image=Note("The image that stands for the page, in several sizes; null without one."),
        image_alt_text=Note(example="A river between snowy mountains."),
        image_decorative=Note(),
    )
    image_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("image"),
                FieldPanel("image_alt_text"),
                FieldPanel("image_decorative"),
            ],
            heading=_("Image"),
        )
    ]

    class Meta:
        abstract = True
