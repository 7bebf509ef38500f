"""The tables of listings: what columns they have. `table_rows` fills them."""

from directory.exchange.dumps.fields import OF_LISTING, UID, Field, Table, organization, texts
from directory.models import AreaKind, Assertion, Lifecycle, Precision, Scheme, VerificationLevel

VERIFICATION = [level.code for level in VerificationLevel]
TERM_TABLES = {
    Scheme.TYPE: "types",
    Scheme.VALUE: "values",
    Scheme.SECTOR: "sectors",
    Scheme.RELATIONSHIP_KIND: "relationship_kinds",
    Scheme.OFFER_CATEGORY: "offer_categories",
}
CLAIM_TABLES = {
    scheme: f"organization_{TERM_TABLES[Scheme(scheme)]}" for scheme in ("type", "value", "sector")
}

ORGANIZATIONS = Table(
    "organizations",
    "Published listings, one row each; all that is several stands in the tables beside.",
    [
        Field("id", description="The permanent id (a ULID).", is_required=True, pattern=UID),
        Field("url", description="The permanent address."),
        Field("name", is_required=True),
        *texts("slug legal_name language summary"),
        Field("description", description="Markdown."),
        Field("lifecycle", codes=Lifecycle.values),
        Field("founded", description="A year, month or day."),
        Field("closed", description="A year, month or day."),
        *texts("website email phone"),
        Field("members_count", "integer"),
        Field("workers_count", "integer"),
        Field("verification", codes=VERIFICATION),
        Field("verified_on", "date"),
        Field("last_confirmed_at", "datetime"),
        Field("published_at", "datetime"),
        Field("updated_at", "datetime"),
        Field("version", "integer", "Grows with every change."),
        Field("attribution", description="Whom to name, with semicolons between."),
    ],
    key=["id"],
)
NAMES = Table(
    "names", "Other names of listings.", [organization(), Field("name")], references=OF_LISTING
)
LANGUAGES = Table(
    "languages",
    "Languages spoken there, besides that of the text.",
    [organization(), Field("language")],
    key=["organization", "language"],
    references=OF_LISTING,
)
TRANSLATIONS = Table(
    "translations",
    "Texts in further languages.",
    [
        organization(),
        *texts("language name summary description"),
        Field("is_machine_made", "boolean"),
    ],
    key=["organization", "language"],
    references=OF_LISTING,
)
LINKS = Table(
    "links",
    "Further addresses on the web.",
    [organization(), *texts("url title")],
    references=OF_LISTING,
)
LOCATIONS = Table(
    "locations",
    "Where they are, only as exactly as each may be shown; hidden locations are not here.",
    [
        organization(),
        Field("position", "integer", "The first is 1."),
        *texts("name street postcode locality region"),
        Field("country", pattern="[A-Z]{2}"),
        Field("place", description="Path in the gazetteer: us/maryland/takoma-park."),
        Field("latitude", "number"),
        Field("longitude", "number"),
        Field("precision", description="Of the address.", codes=Precision.values),
        Field(
            "point_precision",
            description="Of the point, which may be the middle of a town or region.",
            codes=Precision.values,
        ),
        Field("opening_hours", description="As OpenStreetMap writes them."),
        *texts("wheelchair accessibility_note"),
    ],
    key=["organization", "position"],
    references=OF_LISTING,
)
SERVICE_AREAS = Table(
    "service_areas",
    "Whom they serve; centres of circles to about ten kilometres.",
    [
        organization(),
        Field("kind", codes=AreaKind.values),
        *texts("place country"),
        Field("latitude", "number"),
        Field("longitude", "number"),
        Field("radius_km", "number"),
    ],
    references=OF_LISTING,
)
IDENTIFIERS = Table(
    "identifiers",
    "Numbers in registers.",
    [
        organization(),
        Field("scheme", description="A list code of org-id.guide, such as GB-COH."),
        Field("value"),
        Field("checked_on", "date"),
    ],
    key=["organization", "scheme", "value"],
    references=OF_LISTING,
)
GOVERNANCE = Table(
    "governance",
    "Answers on ownership and governance, a row for each.",
    [organization(), Field("question"), Field("answer")],
    key=["organization", "question", "answer"],
    references=OF_LISTING,
)
CLAIMS = {
    scheme: Table(
        name,
        f"Who says that a listing has which {scheme}, on what ground, until when.",
        [
            organization(),
            Field(scheme, is_required=True),
            Field("is_primary", "boolean"),
            *texts("statement evidence_url evidence_title"),
            Field("asserted_by", codes=Assertion.values),
            Field("asserted_by_name"),
            Field("source"),
            Field("checked_on", "date"),
            Field("valid_until", "date"),
        ],
        references=OF_LISTING
        | {scheme: (TERM_TABLES[Scheme(scheme)], "code"), "source": ("sources", "code")},
    )
    for scheme, name in CLAIM_TABLES.items()
}
RECORDS = Table(
    "organization_sources",
    "Which source knows a listing under which number, and which facts are from there.",
    [
        organization(),
        Field("source", is_required=True),
        *texts("external_id url"),
        Field("fetched_on", "date"),
        Field("fields", description="Names of fields, with semicolons between; may be empty."),
    ],
    key=["organization", "source", "external_id"],
    references=OF_LISTING | {"source": ("sources", "code")},
)
LISTING_TABLES = [
    ORGANIZATIONS,
    NAMES,
    LANGUAGES,
    TRANSLATIONS,
    LINKS,
    LOCATIONS,
    SERVICE_AREAS,
    IDENTIFIERS,
    GOVERNANCE,
    *CLAIMS.values(),
    RECORDS,
]
