"""Rows for tests: only what a test speaks of, the rest filled in plausibly."""

import itertools

from accounts.models import Role, User
from directory.actions import organizations
from directory.models import Door, Gap, Network, Organization, Place, PlaceName, Source, Term
from tests.second_factors import add_second_factor

numbers = itertools.count(1)
PASSWORD = "correct horse battery staple"


def make_term(code: str = "worker-cooperative", *, scheme: str = "type", **fields) -> Term:
    """A term; the same code twice gives the same row."""
    found = Term.objects.filter(scheme=scheme, code=code).first()
    if found:
        return found
    label = code.replace("-", " ").replace(".", ", ").capitalize()
    return Term.objects.create(scheme=scheme, code=code, **{"labels": {"en": label}} | fields)


COUNTRIES = {"us": "United States", "uy": "Uruguay", "fr": "France", "gb": "United Kingdom"}


def make_place(
    path: str = "us/maryland/takoma-park",
    *,
    latitude: float = 38.9779,
    longitude: float = -77.0075,
    population: int = 17_000,
    timezone: str = "America/New_York",
    names: tuple[str, ...] = (),
) -> Place:
    """A place and those that hold it; the same path twice gives the same row."""
    place = None
    parts = path.split("/")
    for depth in range(len(parts)):
        here = "/".join(parts[: depth + 1])
        name = COUNTRIES.get(here, parts[depth].replace("-", " ").title())
        place, is_new = Place.objects.get_or_create(
            path=here,
            defaults={
                "kind": ("country", "region", "town")[depth],
                "parent": place,
                "country_code": parts[0].upper(),
                "code": parts[0].upper() if depth == 0 else "",
                "name": name,
                "latitude": latitude,
                "longitude": longitude,
                "population": population * 10 ** (len(parts) - 1 - depth),
                "timezone": timezone,
            },
        )
        if is_new:
            further = names if here == path else ()
            PlaceName.objects.bulk_create(
                PlaceName(place=place, name=n, folded=n.casefold(), population=place.population)
                for n in dict.fromkeys([name, *further])
            )
    return place


def make_source(code: str = "example-register", **fields) -> Source:
    """A source; the same code twice gives the same row."""
    defaults = {
        "name": "Example register",
        "licence": "public-domain",
        "licence_name": "CC0 1.0",
        "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    return Source.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_user(
    username: str = "",
    *,
    is_editor: bool = False,
    role: str = "",
    has_second_factor: bool = True,
    **fields,
) -> User:
    """Somebody who can sign in: a contributor, with `is_editor` an editor, or in the named role.

    Editors and above have the second factor that the admin asks of them.
    """
    person = User.objects.create_user(
        username or f"person{next(numbers)}",
        password=PASSWORD,
        role=role or (Role.EDITOR if is_editor else Role.CONTRIBUTOR),
        **fields,
    )
    if person.is_staff and has_second_factor:
        add_second_factor(person)
    return person


def make_document(
    name: str = "",
    *,
    types: tuple[str, ...] = ("worker-cooperative",),
    values: tuple[str, ...] = (),
    sectors: tuple[str, ...] = (),
    place: str | None = "us/maryland/takoma-park",
    source: str = "example-register",
    **fields,
) -> dict:
    """A document that can be published; its terms, place and source are made where missing."""
    terms = [("type", types), ("value", values), ("sector", sectors)]
    for scheme, codes in terms:
        for code in codes:
            make_term(code, scheme=scheme)
    make_source(source)
    number = next(numbers)
    location = []
    if place:
        row = make_place(place)
        location = [
            {
                "place": place,
                "country": row.country_code,
                "locality": row.name,
                "latitude": row.latitude,
                "longitude": row.longitude,
            }
        ]
    return {
        "name": name or f"Example co-op {number}",
        "summary": "An example that exists only in tests.",
        "locations": location,
        "claims": [{"scheme": scheme, "code": code} for scheme, codes in terms for code in codes],
        "sources": [{"source": source, "external_id": str(number)}],
    } | fields


def make_organization(name: str = "", *, published: bool = True, **fields) -> Organization:
    """A listing made through the actions, published unless said otherwise."""
    document = make_document(name, **fields)
    organization = organizations.add(document, by=None, door=Door.COMMAND)
    if published:
        organizations.publish(organization, by=None, door=Door.COMMAND)
    return organization


def make_gap(words: str = "", *, count: int, month: str = "2026-11-01", **fields) -> Gap:
    """So many searches that found nothing, of words that are shown or of what is given."""
    digest = f"digest of {words}" if words else ""
    return Gap.objects.create(words=words, digest=digest, count=count, month=month, **fields)


def make_network(
    name: str = "",
    *,
    places: tuple[str, ...] | list[str] = (),
    terms: tuple[tuple[str, str], ...] | list[tuple[str, str]] = (),
    **fields,
) -> Network:
    """A network that is shown on the site; its places and terms are made where missing."""
    number = next(numbers)
    defaults = {
        "slug": f"example-network-{number}",
        "kind": "region",
        "summary": "An example network that exists only in tests.",
        "method": "We visit each listing once a year.",
        "is_published": True,
    }
    network = Network.objects.create(name=name or f"Example network {number}", **defaults | fields)
    network.places.set([Place.objects.filter(path=p).first() or make_place(p) for p in places])
    network.terms.set([make_term(code, scheme=scheme) for scheme, code in terms])
    return network
