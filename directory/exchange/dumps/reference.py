"""The tables that listings refer to: terms and sources."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from directory.exchange.dumps.fields import Field, Table, texts
from directory.exchange.dumps.tables import TERM_TABLES
from directory.exchange.licences import Licences
from directory.models import Licence, Scheme, Term
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
