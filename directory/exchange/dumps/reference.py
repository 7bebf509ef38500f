"""The tables that listings refer to: terms, sources; and the ids that are shown no more."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings

from directory.exchange.dumps.fields import UID, Field, Table, texts
from directory.exchange.dumps.tables import TERM_TABLES
from directory.exchange.licences import Licences
from directory.exchange.listed import IDS_AT_ONCE, moment
from directory.models import Licence, Organization, Publication, Scheme, Term
from directory.models.term import in_language

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SOURCES = Table(
    "sources",
    "Where facts come from; only sources whose facts may be passed on.",
    [
        Field("code", is_required=True),
        *texts("name url"),
        Field("licence", codes=Licence.values),
        *texts("licence_name licence_url attribution"),
    ],
    key=["code"],
)
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


def term_table(scheme: str) -> Table:
    """The table of a scheme of terms."""
    return Table(
        TERM_TABLES[Scheme(scheme)],
        f"Terms of the scheme {scheme}. A code never changes its meaning.",
        [
            Field("code", is_required=True),
            Field("parent", description="The code of the broader term."),
            Field("is_active", "boolean", "False: no longer given to anybody."),
            *[Field(f"label_{language}") for language in LANGUAGES],
            Field("definition"),
        ],
        key=["code"],
        references={"parent": (TERM_TABLES[Scheme(scheme)], "code")},
    )


def term_rows(scheme: str) -> Iterator[list[Any]]:
    """The terms of a scheme, in use or not."""
    for term in Term.objects.in_scheme(scheme).select_related("parent").in_order():
        yield [
            term.code,
            term.parent.code if term.parent else "",
            "true" if term.is_active else "false",
            *[term.labels.get(language, "") for language in LANGUAGES],
            in_language(term.definitions, "en"),
        ]


def source_rows(licences: Licences) -> Iterator[list[Any]]:
    """The sources of the file."""
    for source in licences.shared.values():
        yield [
            source.code,
            source.name,
            source.url,
            source.licence,
            source.licence_name,
            source.licence_url,
            source.attribution,
        ]


def tombstone_rows() -> Iterator[list[Any]]:
    """What became of ids that were published once, in the order in which they were added."""
    history = Organization.objects.public_history()
    gone = history.exclude(publication=Publication.PUBLISHED).order_by("pk")
    rows = gone.values_list("pk", "uid", "publication", "updated_at").iterator()
    while some := list(islice(rows, IDS_AT_ONCE)):
        remaining = _remaining([pk for pk, _uid, state, _at in some if state == Publication.MERGED])
        for pk, uid, state, changed_at in some:
            yield [uid, state, remaining.get(pk, ""), moment(changed_at.date())]


def _remaining(merged: list[int]) -> dict[int, str]:
    """By row id of at most IDS_AT_ONCE merged listings, the id at the end of their merges.

    A question for each step of the longest way. A circle, which no action writes, leads nowhere.
    """
    found: dict[int, str] = {}
    ways, passed = {pk: pk for pk in merged}, {pk: {pk} for pk in merged}
    while ways:
        rows = Organization.objects.filter(pk__in={*ways.values()})
        steps = {
            pk: (uid, onward) for pk, uid, onward in rows.values_list("pk", "uid", "merged_into")
        }
        for pk, at in [*ways.items()]:
            uid, onward = steps[at]
            if onward is None:
                found[pk] = uid
            if onward is None or onward in passed[pk]:
                del ways[pk]
            else:
                ways[pk] = onward
                passed[pk].add(onward)
    return found
