"""Listings of a dump written here as they were there: ids, sources, dates and origins included.

Whoever takes a dump in has looked which listings are new and which differ; here they are checked and
written, some hundred in a transaction, all in one changeset.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions import exclusions
from directory.actions.bulk import Entry, References, add_many
from directory.actions.bulk_edits import Edit, edit_many, locked
from directory.actions.import_listings import erased_fields
from directory.actions.log import open_changeset
from directory.actions.organizations import what_is_missing_in
from directory.actions.slugs import free_slugs
from directory.documents import InvalidDocument, validate
from directory.documents.references import References as KnownReferences
from directory.models import Changeset, Door, Organization, Publication, RevisionKind
from directory.models.vocabulary import held_vocabulary

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewListing:
    """A listing that nobody knows here, as the dump has it."""

    uid: str
    document: Document  # As `Loading.fitted` gives it back.
    published_at: datetime.datetime
    level: int
    checked_on: datetime.date | None
    peer_name: str
    note: str  # Of the check.


@dataclass(frozen=True, slots=True)
class Difference:
    """A published listing that the dump says something else of.

    `said` is what a dump of this directory says of it at `version`; both documents are public.
    """

    uid: str
    organization_id: int
    version: int
    said: Document
    document: Document


class Loading:
    """Writes what a dump holds; all of it is one changeset, which is there once something is."""

    def __init__(self, reason: str) -> None:
        self.changeset: Changeset | None = None
        self._reason = reason
        self._references = References()
        self._known = KnownReferences()

    def fitted(self, document: Document) -> tuple[Document, list[str]]:
        """The document as it is kept here, and the places of its locations that are not known here.

        Such a location keeps its address in words. One that says neither place nor country nor
        point is left out: only words of it were public. Raises documents.InvalidDocument.
        """
        locations = document.get("locations")
        unknown = self._unknown_places(locations)
        if unknown:
            kept = [
                part | {"place": ""} if part["place"] in unknown else part for part in locations
            ]
            document = document | {"locations": kept}
        if locations and _are_objects(locations):
            somewhere = [part for part in document["locations"] if _is_somewhere(part)]
            document = document | {"locations": somewhere}
        with held_vocabulary():
            return validate(document, references=self._known), sorted(unknown)

    def _unknown_places(self, locations: Any) -> set[str]:
        """None where the list is faulty: that is for `validate` to say."""
        try:
            paths = {part["place"] for part in locations if part["place"]}
            return paths - self._known.known("place", paths)
        except (TypeError, KeyError):
            return set()

    @transaction.atomic
    def add(self, listings: Sequence[NewListing]) -> tuple[dict[str, str], dict[str, str]]:
        """Add them, published, as they were there.

        By id: why some were not added, and the address words of those whose own was taken.
        Also one is added of which the public part, which is all that a dump has, would not be
        enough to be published anew, such as one whose only address is hidden.
        """
        met = exclusions.rules_met_by_each([each.document for each in listings])
        refused = {
            each.uid: exclusions.refusal(rules)
            for each, rules in zip(listings, met, strict=True)
            if rules
        }
        added = [each for each in listings if each.uid not in refused]
        slugs = free_slugs([each.document for each in added])
        if added:
            entries = [_entry(each, slug) for each, slug in zip(added, slugs, strict=True)]
            add_many(entries, self._references, changeset=self.opened_changeset())
        words = {each.uid: slug for each, slug in zip(added, slugs, strict=True)}
        renamed = {each.uid: words[each.uid] for each in added if _is_renamed(each, words)}
        return refused, renamed

    @transaction.atomic
    def bring_up_to_date(self, differences: Sequence[Difference]) -> dict[str, str]:
        """Make them what the dump says, field by field; by id, why some stay as they are.

        What is not public is in no dump: where a field holds such, the listing stays as it is.
        """
        keys = [each.organization_id for each in differences]
        listings, erased = locked(keys), erased_fields(keys)
        kept, edits = {}, []
        for each in differences:
            organization, present = listings[each.organization_id]
            try:
                if each.organization_id in erased:
                    raise _Kept(_("Personal data was removed from it here, for good."))
                edits.append(self._edit(each, organization, present))
            except (_Kept, InvalidDocument, exclusions.Excluded) as error:
                kept[each.uid] = str(error)
        if edits:
            edit_many(edits, self._references, changeset=self.opened_changeset())
        return kept

    def _edit(self, each: Difference, organization: Organization, present: Document) -> Edit:
        is_published = organization.publication == Publication.PUBLISHED
        if not is_published or organization.version != each.version:
            raise _Kept(_("Somebody changes it just now. Run the command again."))
        document = _brought_up_to_date(present, each.said, each.document)
        document = validate(document, references=self._known)
        exclusions.check(document)
        if missing := what_is_missing_in(document):
            raise _Kept(" ".join(missing))
        published, edited = Publication.PUBLISHED.value, RevisionKind.EDITED.value
        return Edit(organization, present, document, published, edited)

    def opened_changeset(self) -> Changeset:
        """The one changeset of all that is written."""
        if self.changeset is None:
            self.changeset = open_changeset(by=None, door=Door.COMMAND, reason=self._reason)
        return self.changeset


class _Kept(Exception):
    """A listing stays as it is; the message says why."""


def _are_objects(locations: Any) -> bool:
    return isinstance(locations, list) and all(isinstance(part, dict) for part in locations)


def _is_somewhere(location: Document) -> bool:
    return any(location.get(name) not in ("", None) for name in ("place", "country", "latitude"))


def _entry(listing: NewListing, slug: str) -> Entry:
    return Entry(
        uid=listing.uid,
        document=listing.document | {"slug": slug},
        publication=Publication.PUBLISHED.value,
        published_on=None,
        level=listing.level,
        checked_on=listing.checked_on,
        peer_name=listing.peer_name,
        published_at=listing.published_at,
        note=listing.note,
    )


def _is_renamed(listing: NewListing, words: dict[str, str]) -> bool:
    return listing.document["slug"] not in ("", words[listing.uid])


def _brought_up_to_date(present: Document, said: Document, given: Document) -> Document:
    """The present document with each field that the dump says something else of.

    Raises _Kept where such a field holds more than is public.
    """
    document = dict(present)
    for name, value in given.items():
        if name in ("slug", "sources") or value == said[name]:
            continue
        if present[name] != said[name]:
            raise _Kept(_("Its field %(name)s holds what is in no dump.") % {"name": name})
        document[name] = value
    # Records of sources that may not be passed on are in no dump, and stay.
    further = [record for record in present["sources"] if record not in said["sources"]]
    return document | {"sources": [*given["sources"], *further]}
