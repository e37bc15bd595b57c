"""The addresses of the site. Pages live under their language; the API names its language itself."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.languages.views import admin_script_texts, redirect_to_best_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", redirect_to_best_language),
    # Before Wagtail's, which holds its own texts alone.
    path("admin/jsi18n/", admin_script_texts),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("cms.content.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("cms.export.urls")),
    path("api/", include("cms.delivery.urls")),
    path("", include("cms.delivery.previews.urls")),
    path("", include("cms.reader.site_urls")),
]
handler404 = "cms.reader.not_found.not_found"

urlpatterns += i18n_patterns(
    # Before the reader's, which takes every address that a page could have.
    path("", include("strategy.urls")),
    path("", include("cms.reader.urls")),
    prefix_default_language=True,
)
