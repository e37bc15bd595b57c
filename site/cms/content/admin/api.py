"""The admin's own API, which its menus read: nothing in it that the user may not see."""

from typing import Any

from wagtail.admin.api.serializers import (
    AdminPageSerializer,
    PageAncestorsField,
    PageTranslationsField,
)
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page

from cms.content.admin.visible import named_for, visible


class VisibleTranslationsField(PageTranslationsField):
    """The versions of a page in other languages, by the titles that the user may see."""

    def to_representation(self, page: Any) -> Any:
        """Those that the user may see."""
        user = self.context["request"].user
        seen = named_for(user, visible(user, page.get_translations()))
        return super().to_representation(_Related(seen))


class VisibleAncestorsField(PageAncestorsField):
    """The pages above a page, by the titles that the user may see."""

    def to_representation(self, page: Any) -> Any:
        """Those that the user may see."""
        user = self.context["request"].user
        seen = named_for(user, visible(user, page.get_ancestors()))
        return super().to_representation(_Related(seen))


class _Related:
    """Stands for a page of which upstream asks nothing but those that it is related to."""

    def __init__(self, pages: list[Any]) -> None:
        self._pages = pages

    def get_translations(self) -> list[Any]:
        """The versions in other languages."""
        return self._pages

    def get_ancestors(self) -> list[Any]:
        """The pages above."""
        return self._pages


class VisiblePageSerializer(AdminPageSerializer):
    """A page."""

    ancestors = VisibleAncestorsField(read_only=True)
    translations = VisibleTranslationsField(read_only=True)


class PagesViewSet(PagesAdminAPIViewSet):
    """Pages: in lists those that the user works on."""

    base_serializer_class = VisiblePageSerializer

    def get_base_queryset(self) -> Any:
        """Those that the user works on; one by its id where it may be seen, as editors show it."""
        if self.action == "detail_view":
            return visible(self.request.user, Page.objects.all())
        return super().get_base_queryset()

    def get_object(self) -> Any:
        """The page, by the title that the user may see."""
        [page] = named_for(self.request.user, [super().get_object()])
        return page


class DocumentsViewSet(DocumentsAdminAPIViewSet):
    """Documents."""

    def get_queryset(self) -> Any:
        """Those that the user may see."""
        return visible(self.request.user, super().get_queryset())


class ImagesViewSet(ImagesAdminAPIViewSet):
    """Images."""

    def get_queryset(self) -> Any:
        """Those that the user may see."""
        return visible(self.request.user, super().get_queryset())


def register_endpoints(router: Any) -> None:
    """Takes the place of Wagtail's own."""
    router.register_endpoint("pages", PagesViewSet)
    router.register_endpoint("documents", DocumentsViewSet)
    router.register_endpoint("images", ImagesViewSet)
