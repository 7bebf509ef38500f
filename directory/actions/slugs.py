"""The address word of a listing: found, taken, left."""

import re
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.models import FormerSlug, Organization

# Words that are pages of their own under /organizations/.
RESERVED = {"new"}
SLUGS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a question.
# Where name and town are taken: counting upwards would be a query for each. Names without Latin letters
# all begin alike, and of a hundred thousand of them no two may draw the same.
TOKEN_BYTES = 6


class SlugTaken(Exception):
    """Another listing has, or had, this address word."""

    def __init__(self, slug: str) -> None:
        super().__init__(_("The address word %(slug)s is taken.") % {"slug": slug})


def insert_with_slug(organization: Organization, checked: dict[str, Any]) -> None:
    """Insert the listing with the slug asked for, or with a free one made from its name.

    Raises SlugTaken only for a slug that was asked for: where a listing that is added at the
    same moment takes the one that was made, the next is tried.
    """
    while True:
        organization.slug = free_slug(checked)
        try:
            save_with_slug(organization, force_insert=True)
        except SlugTaken:
            if checked["slug"]:
                raise
        else:
            return


def save_with_slug(organization: Organization, **options: Any) -> None:
    """Save the listing; SlugTaken where another took its slug since it was looked up."""
    try:
        with transaction.atomic():
            organization.save(**options)
    except IntegrityError:
        if not _is_taken(organization.slug, organization):
            raise
        raise SlugTaken(organization.slug) from None


def leave_slug(organization: Organization, slug: str) -> None:
    """Give the listing a new address word; the old one redirects from now on."""
    if _is_taken(slug, organization):
        raise SlugTaken(slug)
    FormerSlug.objects.filter(organization=organization, slug=slug).delete()
    FormerSlug.objects.create(organization=organization, slug=organization.slug)
    organization.slug = slug


def free_slug(checked: dict[str, Any]) -> str:
    """The slug asked for, or one made from the name: with the town, then a number, if taken."""
    if checked["slug"]:
        if _is_taken(checked["slug"], None):
            raise SlugTaken(checked["slug"])
        return checked["slug"]
    for candidate in _candidates(checked):
        if not _is_taken(candidate, None):
            return candidate
    base, number = _base(checked), 2
    while _is_taken(f"{base}-{number}", None):
        number += 1
    return f"{base}-{number}"


def free_slugs(documents: Sequence[dict[str, Any]]) -> list[str]:
    """A free slug for each of many documents, in a few queries; those asked for first of all.

    One that is taken is not an error here: one made from the name takes its place.
    """
    wanted = [[*filter(None, [each["slug"]]), *_candidates(each)] for each in documents]
    taken = _taken({slug for one in wanted for slug in one})
    found: list[str] = []
    for document, candidates in zip(documents, wanted, strict=True):
        slug = next((one for one in candidates if one not in taken), "")
        slug = slug or f"{_base(document)}-{secrets.token_hex(TOKEN_BYTES)}"
        taken.add(slug)
        found.append(slug)
    return found


def _base(checked: dict[str, Any]) -> str:
    return _word(checked["name"], 80) or "listing"


def _word(text: str, most: int) -> str:
    """The text as a part of an address word: small letters, digits, single hyphens between."""
    return re.sub(r"[-_]+", "-", slugify(text))[:most].strip("-")


def _candidates(checked: dict[str, Any]) -> list[str]:
    base = _base(checked)
    towns = [_word(location["locality"], 18) for location in checked["locations"]]
    return [base, *(f"{base}-{town}" for town in towns if town)]


def _taken(slugs: set[str]) -> set[str]:
    taken, asked = set(RESERVED), sorted(slugs)
    for start in range(0, len(asked), SLUGS_AT_ONCE):
        some = asked[start : start + SLUGS_AT_ONCE]
        for model in (Organization, FormerSlug):
            taken |= set(model.objects.filter(slug__in=some).values_list("slug", flat=True))
    return taken


def _is_taken(slug: str, by_others_than: Organization | None) -> bool:
    if slug in RESERVED:
        return True
    rows = [Organization.objects.filter(slug=slug), FormerSlug.objects.filter(slug=slug)]
    if by_others_than and by_others_than.pk:
        rows = [
            rows[0].exclude(pk=by_others_than.pk),
            rows[1].exclude(organization=by_others_than),
        ]
    return any(found.exists() for found in rows)
