"""Addresses of the lists behind the start page."""

from django.urls import include, path

from cms.content.start_page.views import ImagesWithoutDescriptionView, ToReviewView, say_reviewed

app_name = "cms_content"

urlpatterns = [
    path("to-review/", ToReviewView.as_view(), name="to_review"),
    path("to-review/results/", ToReviewView.as_view(results_only=True), name="to_review_results"),
    path("to-review/<int:page_id>/", say_reviewed, name="say_reviewed"),
    path(
        "images-without-description/",
        ImagesWithoutDescriptionView.as_view(),
        name="images_without_description",
    ),
    path(
        "images-without-description/results/",
        ImagesWithoutDescriptionView.as_view(results_only=True),
        name="images_without_description_results",
    ),
]


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses."""
    return [path("reports/", include((urlpatterns, app_name), namespace=app_name))]
