"""The addresses of the API."""

from django.urls import path
from wagtail.api.v3.urls import api

urlpatterns = [path("v3/", api.urls)]
