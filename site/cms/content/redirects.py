"""Redirects: from the path that a page had to the one that it has, or that an editor has entered.

Wagtail makes them: ``wagtail.contrib.redirects.signal_handlers`` leaves a redirect behind, for a
page and all below it, when its slug changes or it is moved (``WAGTAILREDIRECTS_AUTO_CREATE`` in
``cms.settings.base``). The slug of a translation does the same when the translation is published.
"""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site


def redirect_at(site: Site | None, path: str) -> Redirect | None:
    """The redirect of a site for a path, with its page."""
    sought = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(path))
    redirect: Redirect | None = sought.select_related("redirect_page").first()
    return redirect
