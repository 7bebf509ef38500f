"""What a dump tells of listings that are no more: ids and address words that answer all the same.

Of such a listing nothing is known but its id. It is written as a row that is called by it, so that
the id is taken for ever, and every door answers as it does for a listing of its own.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.bulk import Entry, References, add_many
from directory.actions.confirmations import noon_of
from directory.actions.dump_loading import Loading
from directory.actions.import_listings import erased_fields
from directory.actions.slugs import RESERVED, free_slugs
from directory.documents import validate
from directory.models import FormerSlug, Lifecycle, Organization, Publication

# What a state there becomes here: whatever waits there for somebody waits for nobody here.
KEPT_STATES = (Publication.MERGED, Publication.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An id that was published once, and the id that stands for it, if one does."""

    uid: str
    state: str  # One of Publication.
    merged_into: str
    since: datetime.date


@dataclass(frozen=True, slots=True)
class AddressWord:
    """A word that led to a listing, by the listing's id."""

    slug: str
    uid: str


@dataclass
class Written:
    """How many were added, how many were here, and by id or word why others were not."""

    added: int
    same: int
    left: dict[str, str]


@transaction.atomic
def add_tombstones(tombstones: Sequence[Tombstone], loading: Loading) -> Written:
    """Let the ids answer as they do where the dump is from; what is here stays as it is.

    Listings that others were merged into must be there first.
    """
    here = _here([*(each.uid for each in tombstones), *(each.merged_into for each in tombstones)])
    left, new = {}, []
    for each in tombstones:
        known, target = here.get(each.uid), here.get(each.merged_into)
        if known:
            if _answer(known) != _answer_of(each, target):
                state = Publication(known.publication).label
                left[each.uid] = _("Its state here: %(state)s.") % {"state": state}
        elif each.state == Publication.MERGED and target is None:
            left[each.uid] = _("The listing that it was merged into is not here.")
        else:
            new.append((each, target))
    if new:
        _add(new, loading)
    return Written(len(new), len(tombstones) - len(new) - len(left), left)


def _here(uids: Sequence[str]) -> dict[str, Organization]:
    """By id, the listings of these ids that are here."""
    rows = Organization.objects.filter(uid__in={*uids} - {""}).select_related("merged_into")
    return {row.uid: row for row in rows}


def _answer(known: Organization) -> str:
    """The id that answers in its place; "" where it is gone, its own where it is shown."""
    standing = known.remaining
    return standing.uid if standing.is_published else ""


def _answer_of(each: Tombstone, target: Organization | None) -> str:
    return _answer(target) if each.state == Publication.MERGED and target else ""


def _add(new: list[tuple[Tombstone, Organization | None]], loading: Loading) -> None:
    documents = [_nothing_but(each.uid) for each, _target in new]
    slugs = free_slugs(documents)
    entries = [
        _entry(each, target, document | {"slug": slug})
        for (each, target), document, slug in zip(new, documents, slugs, strict=True)
    ]
    add_many(entries, References(), changeset=loading.opened_changeset())


def _nothing_but(uid: str) -> dict:
    return validate({"name": uid, "slug": uid.lower(), "lifecycle": Lifecycle.UNKNOWN.value})


def _entry(each: Tombstone, target: Organization | None, document: dict) -> Entry:
    is_merged = each.state == Publication.MERGED
    state = each.state if each.state in KEPT_STATES else Publication.UNPUBLISHED
    at = min(noon_of(each.since), timezone.now())
    return Entry(
        uid=each.uid,
        document=document,
        publication=Publication(state).value,
        published_on=None,
        level=0,
        checked_on=None,
        published_at=at,  # Not known; that it was published before is.
        updated_at=at,
        merged_into=target.remaining.pk if is_merged and target else None,
    )


@transaction.atomic
def add_address_words(words: Sequence[AddressWord]) -> Written:
    """Let the words lead to their listings; one that another listing has here is left to it."""
    here = {uid: row.remaining for uid, row in _here([each.uid for each in words]).items()}
    erased = erased_fields({row.pk for row in here.values()})
    taken = _taken([each.slug for each in words])
    left, new = {}, []
    for each in words:
        target = here.get(each.uid)
        if target is None or not target.is_published:
            left[each.slug] = _("Its listing is not on the site here.")
        elif each.slug in RESERVED or taken.get(each.slug, target.pk) != target.pk:
            left[each.slug] = _("Another page has it here.")
        elif each.slug not in taken and target.pk in erased:
            left[each.slug] = _("Personal data was removed from its listing here, for good.")
        elif each.slug not in taken:
            new.append(FormerSlug(organization=target, slug=each.slug))
    FormerSlug.objects.bulk_create(new)
    return Written(len(new), len(words) - len(new) - len(left), left)


def _taken(slugs: Sequence[str]) -> dict[str, int]:
    """By word, the row id of the listing that has it, or had it."""
    had = FormerSlug.objects.filter(slug__in=slugs).values_list("slug", "organization")
    have = Organization.objects.filter(slug__in=slugs).values_list("slug", "pk")
    return {**dict(had), **dict(have)}
