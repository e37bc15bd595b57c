"""Imports what belongs to no page: restrictions first, before anything is shown."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    BaseViewRestriction,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.whitelist import check_url

from cms.common.site_address import UNCHOSEN, Authority, authority_of
from cms.content.redirect_documents import key_of_path
from cms.delivery.publishing.moments import Moment
from cms.export.bundle.editable.references import Identities
from cms.export.bundle.editable.site import OPEN_DATA
from cms.export.bundle.editable.text_languages import SOURCE_FIELDS
from cms.export.bundle.importing.collection_ways import collection_at
from cms.export.bundle.importing.fields import parsed
from cms.export.bundle.importing.record_shapes import moment_of
from cms.export.bundle.importing.refusals import FilePosition
from cms.export.models import OpenData
from cms.languages.registry import NO_LANGUAGE
from cms.translation.models import LanguageTexts, SameOnPurpose
from cms.translation.texts.extraction import plain_string
from cms.translation.texts.packing import unpacked
from cms.translation.texts.same_on_purpose import say_same


def _own_address() -> Authority | None:
    """Return what ``BASE_URL`` says, else the database, else the address at which we listen."""
    if settings.BASE_URL:
        return authority_of(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and (site.hostname, site.port) != UNCHOSEN:
        return Authority(site.hostname, site.port)
    return authority_of(settings.LISTEN_URL)


class SiteBringer:
    """Reads ``site.json``."""

    def __init__(self, record: Any, place: FilePosition) -> None:
        if not isinstance(record, dict):
            raise place.refuse("this is no description of a site.")
        self.record, self.place = record, place
        self.identities = Identities()

    def _entries(self, name: str) -> list[dict[str, Any]]:
        entries = self.record.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            raise self.place.inside(name).refuse("a list of entries is expected here.")
        return entries

    @property
    def says_what_is_the_same(self) -> bool:
        """Tells whether the bundle is of a time when it could be said."""
        return "same_on_purpose" in self.record

    def close_what_is_closed(self) -> None:
        """The restrictions, never fewer than there were.

        Raises:
            RefusedBundle: one is of something that is not there, or of a kind that is unknown.
        """
        self.close_collections()
        for entry in self._entries("page_restrictions"):
            place = self.place.inside("page_restrictions")
            identity = self._page(entry.get("page"), place)
            self._restrict(PageViewRestriction(page_id=identity), entry, place)

    def close_collections(self) -> None:
        """The collections, with their restrictions; one that is closed already stays as it is.

        Raises:
            RefusedBundle: there is no such kind of restriction.
        """
        for way in self.record.get("collections", []):
            collection_at(self.place.inside("collections"), way)
        closed = set(CollectionViewRestriction.objects.values_list("collection", flat=True))
        for entry in self._entries("collection_restrictions"):
            place = self.place.inside("collection_restrictions")
            collection = collection_at(place, entry.get("collection"))
            if collection.pk not in closed:
                self._restrict(CollectionViewRestriction(collection=collection), entry, place)

    def _restrict(self, restriction: Any, entry: dict[str, Any], place: FilePosition) -> None:
        kinds = [kind for kind, _label in BaseViewRestriction.RESTRICTION_CHOICES]
        if entry.get("type") not in kinds[1:]:
            raise place.refuse(f"there is no restriction {entry.get('type')!r:.80} here.")
        restriction.restriction_type = entry["type"]
        restriction.password = str(entry.get("password") or "")
        restriction.save()
        # A group that is not here yet has no members: nobody sees it who should not.
        restriction.groups.set(
            [Group.objects.get_or_create(name=str(name))[0] for name in entry.get("groups", [])]
        )

    def point_sites(self) -> None:
        """The sites with their start pages. The default one keeps the address that it has here.

        Raises:
            RefusedBundle: there is none, or one has no start page.
        """
        entries = self._entries("sites")
        if sum(bool(entry.get("is_default")) for entry in entries) != 1:
            raise self.place.inside("sites").refuse("one site must be the default.")
        address = _own_address()
        Site.objects.all().delete()
        for entry in entries:
            place = self.place.inside("sites")
            site = Site(
                hostname=str(entry.get("hostname") or "localhost")[:255],
                port=int(entry.get("port") or 80),
                site_name=str(entry.get("name") or "")[:255],
                root_page_id=self._page(entry.get("root"), place),
                is_default_site=bool(entry.get("is_default")),
            )
            if site.is_default_site and address is not None:
                site.hostname, site.port = address
            site.save()

    def describe_open_data(self) -> None:
        """Stores the region's description of its open data.

        Raises:
            RefusedBundle: a value is none that belongs there.
        """
        given = self.record.get("open_data")
        if given is None:
            return
        place = self.place.inside("open_data")
        if not isinstance(given, dict) or not set(given) <= set(OPEN_DATA):
            raise place.refuse("this is no description of open data.")
        try:
            fields = {name: parsed(OpenData._meta.get_field(name), given[name]) for name in given}
        except ValidationError as error:
            raise place.refuse(" ".join(error.messages)) from error
        OpenData.objects.all().delete()
        OpenData.objects.create(**fields)

    def bring_text_languages(self) -> None:
        """Stores what is the same in a language on purpose, and what sources said that went.

        Raises:
            RefusedBundle: there is no such language, or an entry is not whole.
        """
        locales = {locale.language_code: locale.pk for locale in Locale.objects.all()}
        for name in ("same_on_purpose", "sources_that_went"):
            for entry in self._entries(name):
                if entry.get("locale") not in locales:
                    place = self.place.inside(name)
                    raise place.refuse(f"there is no language {entry.get('locale')!r:.80} here.")
        self._say_same(locales)
        place = self.place.inside("sources_that_went")
        for entry in self._entries("sources_that_went"):
            try:
                unpacked(entry["titles"], entry["texts"])
                LanguageTexts.objects.get_or_create(
                    key=UUID(entry["key"]),
                    locale_id=locales[entry["locale"]],
                    defaults={name: entry[name] for name in SOURCE_FIELDS},
                )
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise place.refuse(f"{entry!r:.80} is not what a source said.") from error

    def _say_same(self, locales: dict[str, int]) -> None:
        place = self.place.inside("same_on_purpose")
        for entry in self._entries("same_on_purpose"):
            text, how = entry.get("text"), entry.get("how", SameOnPurpose.How.BUNDLE)
            if not isinstance(text, str) or how not in SameOnPurpose.How.values:
                raise place.refuse(f"{entry!r:.80} is no text that is the same on purpose.")
            say_same(
                locales[entry["locale"]],
                [plain_string(text)],
                SameOnPurpose.How(how),
                origin=str(entry.get("origin") or ""),
            )

    def bring_redirects(self) -> int:
        """The redirects; returns how many.

        Raises:
            RefusedBundle: one leads nowhere, or to an address that no link may have.
        """
        sites = {site.hostname: site for site in Site.objects.all()}
        # The default site may have another address here than where the bundle was made.
        for entry in self._entries("sites"):
            if entry.get("is_default"):
                sites[entry.get("hostname")] = Site.objects.get(is_default_site=True)
        made, times = [], []
        for entry in self._entries("redirects"):
            place = self.place.inside("redirects")
            link = str(entry.get("link") or "")
            if link and not check_url(link):
                raise place.refuse(f"{link!r:.80} is no address that a link may have.")
            page = entry.get("page")
            made.append(
                Redirect(
                    old_path=Redirect.normalise_path(str(entry.get("old_path"))),
                    site=sites.get(entry.get("site")),
                    is_permanent=bool(entry.get("is_permanent")),
                    redirect_page_id=self._page(page, place) if page else None,
                    redirect_page_route_path=str(entry.get("route_path") or "")[:255],
                    redirect_link=link,
                    automatically_created=bool(entry.get("is_automatic")),
                )
            )
            times.append(moment_of(entry.get("created_at")))
        stored = Redirect.objects.bulk_create(made, batch_size=500)
        # Django writes the present moment into each that is made.
        for redirect, time in zip(stored, times, strict=True):
            redirect.created_at = time or redirect.created_at
        Redirect.objects.bulk_update(stored, ["created_at"], batch_size=100)
        return len(made)

    def _page(self, name: Any, place: FilePosition) -> int:
        self.identities.collect(Page, name)
        self.identities.find()
        identity = self.identities.identity(Page, name)
        if identity is None:
            raise place.refuse(f"the page {name!r:.80} is not in the bundle.")
        return identity


def moments_of_redirects(site: dict[str, Any]) -> dict[tuple[UUID, str], Moment]:
    """The moment at which each redirect of a bundle changed last.

    Args:
        site: the record of the site, which was read once without a fault.
    """
    start_pages = {
        one.get("hostname"): UUID(str(one.get("root")).partition("/")[0])
        for one in site.get("sites", [])
    }
    found = {}
    for redirect in site.get("redirects", []):
        moment = moment_of(redirect.get("modified_at") or redirect.get("created_at"))
        if moment is not None:
            path = Redirect.normalise_path(str(redirect.get("old_path")))
            key = key_of_path(path, start_pages.get(redirect.get("site")))
            found[key, NO_LANGUAGE] = Moment(moment)
    return found
