"""Redirects from paths that a page once had, or that an editor has entered."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site


def redirect_at(site: Site | None, path: str) -> Redirect | None:
    """The redirect of a site for a path, with its page."""
    sought = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(path))
    redirect: Redirect | None = sought.select_related("redirect_page").first()
    return redirect
