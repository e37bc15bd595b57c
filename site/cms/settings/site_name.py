"""The name of the site in Wagtail's admin: content, and a setting until somebody has written it."""

from cms.settings import environment


def site_name() -> str:
    """Return the default site's name as an administrator has filled it in, else ``SITE_NAME``."""
    # Settings name this function, and models cannot be imported before settings are complete.
    from wagtail.models import Site

    names = Site.objects.filter(is_default_site=True).values_list("site_name", flat=True)
    return str(names.first() or environment.SITE_NAME)
