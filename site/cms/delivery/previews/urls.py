"""The address of a shared draft, where no front end shows it."""

from django.urls import URLPattern, path

from cms.delivery.previews.views import draft

urlpatterns: list[URLPattern] = [path("preview/", draft, name="draft")]
