"""What answers though nothing is listed under it any more: ids, and address words that lead on."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Lower

from directory.exchange.dumps.fields import UID, Field, Table
from directory.exchange.licences import Licences
from directory.exchange.listed import IDS_AT_ONCE, Listings, moment
from directory.models import FormerSlug, Organization, Publication, Revision

TOMBSTONES = Table(
    "tombstones",
    "Ids that were published once and are shown no more: nothing but what became of them.",
    [
        Field("id", is_required=True, pattern=UID),
        Field("state", codes=[s for s in Publication.values if s != Publication.PUBLISHED]),
        Field("merged_into", description="The id that answers now.", pattern=UID),
        Field("since", "date"),
    ],
    key=["id"],
)
ADDRESS_WORDS = Table(
    "address_words",
    "Address words that listings had before, or that were those of listings merged into them.",
    [
        Field("slug", is_required=True, pattern="[a-z0-9]+(-[a-z0-9]+)*"),
        Field("organization", "string", "The id that answers now.", True, UID),
    ],
    key=["slug"],
    references={"organization": ("organizations", "id")},
)


def tombstone_rows() -> Iterator[list[Any]]:
    """What became of ids that were published once, in the order in which they were added."""
    history = Organization.objects.public_history()
    gone = history.exclude(publication=Publication.PUBLISHED).order_by("pk")
    rows = gone.values_list("pk", "uid", "publication", "updated_at").iterator()
    while some := list(islice(rows, IDS_AT_ONCE)):
        remaining = _remaining([pk for pk, _uid, state, _at in some if state == Publication.MERGED])
        for pk, uid, state, changed_at in some:
            _key, into = remaining.get(pk, (0, ""))
            yield [uid, state, into, moment(changed_at.date())]


def address_word_rows(licences: Licences) -> Iterator[list[Any]]:
    """The words that lead to listings of the dump.

    A word often is a name. So there is none that was left before its listing was ever on the site,
    none of a listing that is gone, and none of a merged listing that itself might not be passed on.
    """
    listings, words = Listings(licences), chain(_former_words(), _merged_words())
    while some := list(islice(words, IDS_AT_ONCE)):
        merged = {pk for _slug, pk, state in some if state == Publication.MERGED}
        remaining, carried = _remaining(sorted(merged)), _carried(merged, licences)
        stands_for = {
            pk: remaining.get(pk, (0, ""))[0] if pk in merged else pk
            for _slug, pk, _state in some
            if pk not in merged or pk in carried
        }
        uids = {listed.pk: listed.uid for listed in listings.of(sorted({*stands_for.values()}))}
        for slug, pk, _state in some:
            if uid := uids.get(stands_for.get(pk, 0)):
                yield [slug, uid]


def _former_words() -> Iterator[tuple[str, int, str]]:
    """Address word, row id and state of the listing that had it."""
    left_later = FormerSlug.objects.filter(left_at__gte=F("organization__published_at"))
    columns = ("slug", "organization", "organization__publication")
    return left_later.order_by("pk").values_list(*columns).iterator()


def _merged_words() -> Iterator[tuple[str, int, str]]:
    merged = Organization.objects.public_history().filter(publication=Publication.MERGED)
    # Where only the id was loaded, it is the address word too, which nobody ever saw.
    named = merged.exclude(slug=Lower("uid")).order_by("pk")
    return named.values_list("slug", "pk", "publication").iterator()


def _carried(merged: Iterable[int], licences: Licences) -> set[int]:
    """Those that might have been passed on as they were last shown."""
    shown = Revision.objects.public()
    last = shown.filter(organization=OuterRef("organization")).order_by("-version")
    rows = shown.filter(organization__in=merged, version=Subquery(last.values("version")[:1]))
    return {
        pk
        for pk, document in rows.values_list("organization", "document")
        if licences.carried(document) is not None
    }


def _remaining(merged: list[int]) -> dict[int, tuple[int, str]]:
    """By row id of at most IDS_AT_ONCE merged listings, row id and id at the end of their merges.

    A question for each step of the longest way. A circle, which no action writes, leads nowhere.
    """
    found: dict[int, tuple[int, str]] = {}
    ways, passed = {pk: pk for pk in merged}, {pk: {pk} for pk in merged}
    while ways:
        rows = Organization.objects.filter(pk__in={*ways.values()})
        steps = {
            pk: (uid, onward) for pk, uid, onward in rows.values_list("pk", "uid", "merged_into")
        }
        for pk, at in [*ways.items()]:
            uid, onward = steps[at]
            if onward is None:
                found[pk] = (at, uid)
            if onward is None or onward in passed[pk]:
                del ways[pk]
            else:
                ways[pk] = onward
                passed[pk].add(onward)
    return found
