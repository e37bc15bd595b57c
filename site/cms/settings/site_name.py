"""The name of the site in Wagtail's admin: content, and a setting until somebody has written it."""

from django.utils.translation import get_language

from cms.common.site_description import site_description
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.settings import environment


def site_name() -> str:
    """Return the name of the default site, else ``SITE_NAME``.

    An editor writes it in the settings of the site, in each language; before that it is what an
    administrator has written where sites are set up.
    """
    # Settings name this function, and models cannot be imported before settings are complete.
    from wagtail.models import Site

    sites = Site.objects.filter(is_default_site=True)
    found = sites.values_list("site_name", "root_page__translation_key").first()
    if found is None:
        return environment.SITE_NAME
    name, start_page = found
    code = get_language() or ""
    described = site_description(start_page, code if code in LANGUAGES else SOURCE_LANGUAGE_CODE)
    return str(described["name"] if described else name) or environment.SITE_NAME
