"""A listing as schema.org describes organizations: only what its public page shows.

INTEROP.md 3.1 has the traps: no `geo` outside places, LocalBusiness kinds only with a public
address, values and sectors as `DefinedTerm`s.
"""

from typing import Any

from django.urls import reverse

from directory.documents.opening_week import Week, opening_week
from directory.models import AreaKind, Claim, Organization, Precision, PublicLocation

# Kinds that are places too (LocalBusiness and its kin): they may carry an address and a point.
PLACES = {
    "BankOrCreditUnion",
    "ChildCare",
    "FinancialService",
    "GroceryStore",
    "InsuranceAgency",
    "Library",
    "MedicalClinic",
}
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Relations of a term to a schema.org type under which a listing may be called that.
NARROW_ENOUGH = {"exact", "close", "broad"}


def organization(row: Organization, origin: str) -> dict[str, Any]:
    """The JSON-LD of one listing, from a row loaded `for_page()`; `origin` is scheme and host."""
    locations = row.public_locations
    main = next(filter(_has_address, locations), None)
    kinds = _kinds(row, has_address=main is not None)
    is_place = bool(PLACES.intersection(kinds))
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kinds if len(kinds) > 1 else kinds[0],
        "@id": f"{origin}{reverse('permanent-id', args=[row.uid])}",
        "mainEntityOfPage": f"{origin}{row.get_absolute_url()}",
        "additionalType": [_term_uri(claim, origin) for claim in _claims(row, "type")],
        **_words(row),
        **_contact(row),
        **_numbers(row),
        "keywords": [
            _defined_term(claim, origin)
            for scheme in ("value", "sector")
            for claim in _claims(row, scheme)
        ],
        "areaServed": _areas_served(row),
    }
    if is_place:
        described |= _as_place(main)
    elif locations:
        described["location"] = [_place(location) for location in locations]
    return _without_empty(described)


def breadcrumbs(crumbs: list[tuple[str, str]], origin: str) -> dict[str, Any]:
    """A BreadcrumbList of (name, path) from the first page down to this one."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": name, "item": f"{origin}{path}"}
            for i, (name, path) in enumerate(crumbs, start=1)
        ],
    }


def _words(row: Organization) -> dict[str, Any]:
    return {
        "name": row.name,
        "legalName": row.legal_name,
        "alternateName": row.other_names,
        "description": row.summary,
        "foundingDate": row.founded,
        "dissolutionDate": row.closed,
        "knowsLanguage": list(dict.fromkeys([row.language, *row.further_languages])),
    }


def _contact(row: Organization) -> dict[str, Any]:
    return {
        "url": row.website,
        "email": row.public_email,
        "telephone": row.public_phone,
        "sameAs": [link["url"] for link in row.links],
    }


def _numbers(row: Organization) -> dict[str, Any]:
    identifiers = sorted(row.identifiers.all(), key=lambda number: (number.position, number.pk))
    leis = [number.value for number in identifiers if number.scheme == "XI-LEI"]
    found: dict[str, Any] = {
        "identifier": [
            {"@type": "PropertyValue", "propertyID": number.scheme, "value": number.value}
            for number in identifiers
        ],
        "leiCode": leis[0] if leis else "",
        "isicV4": _isic(row),
    }
    if row.workers_count is not None:
        found["numberOfEmployees"] = {"@type": "QuantitativeValue", "value": row.workers_count}
    return found


def _claims(row: Organization, scheme: str) -> list[Claim]:
    """One claim for each term of a scheme, in their order."""
    claims = (claim for claim in row.claims.all() if claim.term.scheme == scheme)
    return list({claim.term_id: claim for claim in claims}.values())


def _kinds(row: Organization, *, has_address: bool) -> list[str]:
    codes = [
        mapping["code"]
        for claim in _claims(row, "type")
        for mapping in claim.term.mappings
        if mapping["scheme"] == "schema.org" and mapping["relation"] in NARROW_ENOUGH
    ]
    fitting = [code for code in dict.fromkeys(codes) if has_address or code not in PLACES]
    return [code for code in fitting if code != "Organization"] or ["Organization"]


def _isic(row: Organization) -> str:
    codes = (
        mapping["code"]
        for claim in _claims(row, "sector")
        for mapping in claim.term.mappings
        if mapping["scheme"] == "isic4"
    )
    return next(codes, "")


def _term_uri(claim: Claim, origin: str) -> str:
    path = reverse("vocabulary-term", args=[claim.term.scheme, claim.term.code])
    return f"{origin}{path}"


def _defined_term(claim: Claim, origin: str) -> dict[str, Any]:
    scheme = reverse("vocabulary-scheme", args=[claim.term.scheme])
    return {
        "@type": "DefinedTerm",
        "@id": _term_uri(claim, origin),
        "termCode": claim.term.code,
        "name": claim.term.label,
        "inDefinedTermSet": f"{origin}{scheme}",
    }


def _has_address(location: PublicLocation) -> bool:
    return location.precision == Precision.EXACT and bool(location.street)


def _as_place(location: PublicLocation | None) -> dict[str, Any]:
    if location is None:
        return {}
    return {
        "address": _address(location),
        "geo": _point(location),
        "openingHoursSpecification": _hours(location),
    }


def _place(location: PublicLocation) -> dict[str, Any]:
    return _without_empty(
        {
            "@type": "Place",
            "name": location.name,
            "address": _address(location),
            "geo": _point(location),
            "openingHoursSpecification": _hours(location),
        }
    )


def _address(location: PublicLocation) -> dict[str, Any]:
    place = location.place
    is_town = place is not None and place.kind == "town"
    return _without_empty(
        {
            "@type": "PostalAddress",
            "streetAddress": location.street,
            "addressLocality": location.locality or (place.name if is_town else ""),
            "addressRegion": location.region,
            "postalCode": location.postcode,
            "addressCountry": location.country,
        }
    )


def _point(location: PublicLocation) -> dict[str, Any]:
    if location.precision != Precision.EXACT or not location.has_own_point:
        return {}
    return {
        "@type": "GeoCoordinates",
        "latitude": location.latitude,
        "longitude": location.longitude,
    }


def _hours(location: PublicLocation) -> list[dict[str, Any]]:
    week = opening_week(location.opening_hours) if location.opening_hours else None
    return _specifications(week) if week else []


def _specifications(week: Week) -> list[dict[str, Any]]:
    """One entry for each span, with all the days it holds on."""
    days_of: dict[tuple, list[str]] = {}
    for day, spans in zip(DAY_NAMES, week, strict=True):
        for span in spans:
            days_of.setdefault(span, []).append(day)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days,
            "opens": f"{opens:%H:%M}",
            "closes": "23:59" if opens == closes else f"{closes:%H:%M}",
        }
        for (opens, closes), days in days_of.items()
    ]


def _areas_served(row: Organization) -> list[dict[str, Any] | str]:
    """Places and countries it serves. Circles are left out: their middle may be a home."""
    areas: list[dict[str, Any] | str] = []
    for area in row.service_areas.all():
        if area.kind == AreaKind.PLACE:
            areas.append({"@type": "AdministrativeArea", "name": area.place.name})
        elif area.kind == AreaKind.COUNTRY:
            areas.append({"@type": "Country", "name": area.country})
    return areas


def _without_empty(described: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in described.items() if value not in ("", None, [], {})}
    return {} if set(kept) == {"@type"} else kept
