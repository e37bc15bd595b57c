"""The addresses of what leaves whole.

Included before the API: what is added to it has to be there when its own addresses are made, and
cannot be added sooner, since it names all types of snippets.
"""

from django.urls import URLPattern, path

from norrbotten.export.catalogue.views import catalogue
from norrbotten.export.endpoints import add_files

add_files()

urlpatterns: list[URLPattern] = [
    path("api/dcat.rdf", catalogue, name="open_data_catalogue"),
]
