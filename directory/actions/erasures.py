"""Remove personal data from a listing and from everything that was ever written about it.

Irreversible: nothing that was removed is kept anywhere, in no revision, proposal, check or letter.
What stays is an Erasure: who, when, which fields, why.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.absorbed import family_of
from directory.actions.erasure_rests import clean_rests
from directory.actions.log import open_changeset, record
from directory.actions.organizations import lock_standing, rewrite
from directory.actions.proposals import present_document
from directory.actions.slugs import free_slug
from directory.documents import validate
from directory.documents.erasing import BLANK, members_of, pattern_of, where_it_stands, without
from directory.models import Changeset, Door, Erasure, Organization, Revision, RevisionKind

WORDS_MAX = 20
WORD_LENGTH_MIN = 3  # Shorter ones stand in too many other words.
# Fields whose value may stand in texts as well: it is taken out there too.
TELLING = ("email", "phone")
REVISIONS_AT_ONCE = 100


class NotErasable(Exception):
    """What is asked for cannot be done so; the message says what to do instead."""


@dataclass
class Wish:
    """What is to be removed: words wherever they stand, and whole fields."""

    words: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)


@dataclass
class Preview:
    """What erasing would touch: fields by name, and how many revisions hold the data.

    `document` is that of the listing that stays as it would be, `present` as it is; `united` are
    the names of all listings that it covers, where a merge made them one.
    """

    fields: list[str]
    revisions: int
    document: dict[str, Any]
    present: dict[str, Any]
    united: list[str]


def preview(organization: Organization, wish: Wish) -> Preview:
    """What erasing would do, without doing it. Raises NotErasable."""
    return _preview_of(organization.remaining, wish)


def _preview_of(organization: Organization, wish: Wish) -> Preview:
    words = _words(organization, wish)
    present = present_document(organization)
    document = without(present, words=words, fields=wish.fields)
    if not document["name"].replace(BLANK, "").strip():
        raise NotErasable(_("The whole name would go. Give the listing another name first."))
    touched, count = set(where_it_stands(present, document)), 0
    family = family_of(organization)
    others = Organization.objects.filter(pk__in=family).exclude(pk=organization.pk)
    absorbed_ones = list(others.order_by("pk"))
    for absorbed in absorbed_ones:
        before = present_document(absorbed)
        touched.update(where_it_stands(before, without(before, words=words, fields=wish.fields)))
    for revision in _revisions(family):
        fields = where_it_stands(
            revision.document, without(revision.document, words=words, fields=wish.fields)
        )
        touched.update(fields)
        count += bool(fields)
    united = [row.name for row in (organization, *absorbed_ones)] if absorbed_ones else []
    return Preview(sorted(touched), count, document, present, united)


@transaction.atomic
def erase(
    organization: Organization, wish: Wish, *, by: object | None, door: Door, reason: str
) -> Erasure:
    """Remove it from the listing, every revision and all that was written about it, for ever.

    From all that merges united with it too, whichever of them it is begun on: those merged into
    it, and the one that stays. Each of them gets a tombstone of its own.
    The log gets an entry, so that the search index, feeds and partners follow. Raises NotErasable,
    NotPublishable where a published listing would lose what its page needs, and
    documents.InvalidDocument.
    """
    begun_on, organization = organization.pk, lock_standing(organization)
    family = family_of(organization)
    found = _preview_of(organization, wish)
    words = _words(organization, wish)
    _check_reason(reason, words)
    rests = clean_rests(family, words, wish.fields)
    if not (found.fields or rests):
        raise NotErasable(_("It stands nowhere in this listing."))
    _rewrite_past(family, words, wish.fields)
    if found.document != found.present:
        _rewrite_present(organization, found.document)
    changeset = open_changeset(by=by, door=door, reason=reason)
    for absorbed in Organization.objects.filter(pk__in=family).exclude(pk=organization.pk):
        _rewrite_absorbed(absorbed, words, wish.fields, changeset)
    record(organization, kind=RevisionKind.ERASED, changeset=changeset)
    is_elsewhere = {"imports", "proposals"} & {*rests}
    told = {*found.fields, *rests, *(members_of(wish.fields) if is_elsewhere else ())}
    facts = {"by": by, "fields": sorted(told), "reason": reason, "revisions": found.revisions}
    stones = {key: Erasure.objects.create(organization_id=key, **facts) for key in family}
    return stones[begun_on]


def _check_reason(reason: str, words: list[str]) -> None:
    pattern = pattern_of(words)
    if pattern and pattern.search(reason):
        raise NotErasable(_("The reason is kept: do not name the data in it."))


def _words(organization: Organization, wish: Wish) -> list[str]:
    """The words asked for, and every value that a telling field ever had."""
    words = [word.strip() for word in wish.words if word.strip()]
    if len(words) > WORDS_MAX:
        raise NotErasable(_("At most %(most)d at once.") % {"most": WORDS_MAX})
    if short := next((word for word in words if len(word) < WORD_LENGTH_MIN), ""):
        raise NotErasable(
            _("“%(word)s” is too short: it stands in many other words.") % {"word": short}
        )
    fields = [name for name in TELLING if name in wish.fields]
    family = family_of(organization) if fields else []
    rows = Organization.objects.filter(pk__in=family)
    values = {value for row in rows.values_list(*fields) for value in row} if fields else set()
    for revision in _revisions(family):
        values |= {revision.document.get(name) or "" for name in fields}
    return [*words, *sorted(values - {""})]


def _revisions(family: list[int]) -> Iterator[Revision]:
    revisions = Revision.objects.filter(organization__in=family).order_by("pk")
    return revisions.iterator(chunk_size=REVISIONS_AT_ONCE)


def _rewrite_past(family: list[int], words: list[str], fields: list[str]) -> None:
    """The one place where revisions change: what they must not say any more goes."""
    changed = []
    for revision in _revisions(family):
        cleaned = without(revision.document, words=words, fields=fields)
        if cleaned != revision.document:
            revision.document = cleaned
            changed.append(revision)
    Revision.objects.bulk_update(changed, ["document"], batch_size=REVISIONS_AT_ONCE)


def _rewrite_present(organization: Organization, document: dict[str, Any]) -> None:
    checked = validate(document)
    if not checked["slug"]:
        # The old word named somebody: it must not redirect either.
        organization.slug = checked["slug"] = free_slug(checked)
    rewrite(organization, checked)


def _rewrite_absorbed(
    absorbed: Organization, words: list[str], fields: list[str], changeset: Changeset
) -> None:
    """A listing that was merged away has its own document still, and answers by its old words."""
    present = present_document(absorbed)
    document = without(present, words=words, fields=fields)
    if document != present:
        _rewrite_present(absorbed, document)
        record(absorbed, kind=RevisionKind.ERASED, changeset=changeset)
