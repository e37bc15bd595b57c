"""The addresses of the exports.

Included before the API: what is added to it has to be there when its own addresses are made, and
cannot be added sooner, since it names all types of snippets.
"""

from django.urls import URLPattern, path

from cms.export.downloads.endpoints import add_files
from cms.export.open_data.dcat.views import catalog

add_files()

urlpatterns: list[URLPattern] = [
    path("api/dcat.rdf", catalog, name="open_data_catalogue"),
]
