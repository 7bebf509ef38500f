"""A small world to try every rule in: few places, terms and words, in several scripts, at the
edges of the map; and strategies that draw documents from it."""

import datetime
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from directory.actions import merges, networks, organizations
from directory.models import Door
from tests.factories import make_network, make_place, make_source, make_term

# path → point and other names. Two of one region, both sides of the antimeridian, both poles.
PLACES = {
    "us/maryland/takoma-park": (38.9779, -77.0075, ("City of Azaleas",)),
    "us/maryland/greenbelt": (39.0046, -76.8755, ()),
    "us/alaska/adak": (51.88, -176.658, ()),
    "fj/northern/somosomo": (-16.768, 179.968, ()),
    "gr/attica/athens": (37.9838, 23.7275, ("Αθήνα", "Athènes")),
    "ru/moscow/moscow": (55.7522, 37.6156, ("Москва", "Moscou")),
    "no/svalbard/ny-alesund": (89.2, 11.92, ("Ny-Ålesund",)),
    "aq/south/pole": (-89.99, 0.0, ("South Pole",)),
}
ZONES = {"gr/attica/athens": "Europe/Athens", "fj/northern/somosomo": "Pacific/Fiji"}
ZONES |= {"aq/south/pole": ""}  # All others: New York's.
# Weekdays (Monday is 0) and hours of the clock there; None where they are not surely known.
HOURS = {
    "24/7": ({*range(7)}, 0, 24),
    "Su 10:00-20:00": ({6}, 10, 20),
    "Mo-Fr 09:00-17:00": ({*range(5)}, 9, 17),
    "Su 04:00-06:00": ({6}, 4, 6),
    "Su sunrise-sunset": None,
}
MARYLAND = ("us/maryland/takoma-park", "us/maryland/greenbelt")  # Twelve kilometres apart.
REGIONS = ("us/maryland", "us/alaska", "us", "fr", "gr/attica", "aq")
LABELS = {
    ("type", "cooperative"): {"en": "Cooperative", "es": "Cooperativa", "fr": "Coopérative"},
    ("type", "worker-cooperative"): {"en": "Worker cooperative", "es": "Cooperativa de trabajo"},
    ("type", "food-cooperative"): {"en": "Food co-op", "fr": "Épicerie coopérative"},
    ("type", "credit-union"): {"en": "Credit union", "fr": "Caisse de crédit", "es": "Caja"},
    ("type", "mutual-aid"): {"en": "Mutual aid", "es": "Apoyo mutuo"},
    ("value", "democracy"): {"en": "Democracy", "fr": "Démocratie", "es": "Democracia"},
    ("value", "care"): {"en": "Care", "fr": "Soin", "es": "Cuidado"},
    ("value", "ecology"): {"en": "Ecology", "fr": "Écologie"},
    ("sector", "food"): {"en": "Food", "fr": "Alimentation"},
    ("sector", "food.baking"): {"en": "Bakery", "es": "Panadería", "fr": "Boulangerie"},
    ("sector", "repair"): {"en": "Repair", "fr": "Réparation"},
    ("sector", "housing"): {"en": "Housing", "es": "Vivienda"},
}
SYNONYMS = {"credit-union": {"en": ["savings club"]}, "food.baking": {"pt": ["padaria"]}}
PARENTS = {"worker-cooperative": "cooperative", "food-cooperative": "cooperative"}
PARENTS |= {"food.baking": "food"}
CODES = {
    scheme: [code for of, code in LABELS if of == scheme] for scheme in ("type", "value", "sector")
}
SOURCES = ("example-register", "example-survey")
NETWORKS = ("example-federation", "example-region")
NAMES = [
    "Harbour Bakery", "harbour bakery", "Harbour Bakers", "Bakery on the Harbour", "Éclair",
    "Eclair", "Zest", "Panadería del Puerto", "Boulangerie du Port", "Αρτοποιείο Αθήνας",
    "Пекарня Мир", "東京協同組合", "תנועה הקואופרטיב", "Eco-Village Repair", "D.C. Repair Café",
    "Foodcoop", "Meadow Food Co-op", "Meadow", "Workers' Repair", "Repair Repair Harbour",
    "Example Savings", "Union", "Ångström Housing", "Greenbelt Housing", "Port",
]  # fmt: skip
TEXTS = [
    "We bake bread together.", "Bread and repair for workers.", "Pan para todas las vecinas.",
    "Du pain pour le quartier.", "Housing that nobody owns.", "A club for savings.", "Хлеб и мир.",
    "An example that exists only in tests.",
]  # fmt: skip


def make_small_world() -> None:
    """The places, terms, sources and networks, and some listings: every third of one network, and
    the last merged into the first."""
    for path, (latitude, longitude, names) in PLACES.items():
        zone = ZONES.get(path, "America/New_York")
        make_place(path, latitude=latitude, longitude=longitude, names=names, timezone=zone)
    for (scheme, code), labels in LABELS.items():
        parent = make_term(PARENTS[code], scheme=scheme) if code in PARENTS else None
        synonyms = SYNONYMS.get(code, {})
        make_term(code, scheme=scheme, labels=labels, parent=parent, synonyms=synonyms)
    for code in SOURCES:
        make_source(code)
    federation, _region = (make_network(slug=code) for code in NETWORKS)
    listings = []
    for number, document in enumerate(standing_documents()):
        listings.append(organizations.add(document, by=None, door=Door.COMMAND))
        organizations.publish(listings[-1], by=None, door=Door.COMMAND)
        if number % 3 == 0:
            networks.join(federation, listings[-1], by=None, door=Door.COMMAND)
    merges.merge(listings[-1], into=listings[0], by=None, door=Door.COMMAND)


def standing_documents() -> list[dict]:
    """Ten listings that are there before anything happens: names, places and terms by turns."""
    paths, found = [*PLACES], []
    for number, name in enumerate(NAMES[::2][:10]):
        codes = [(scheme, of[number % len(of)]) for scheme, of in CODES.items()]
        hours = [*HOURS, ""][number % 6]
        found.append(
            {
                "name": name,
                "summary": TEXTS[number % len(TEXTS)],
                "locations": [
                    {"place": paths[number % 8], "opening_hours": hours},
                    {"place": paths[(number + 3) % 8]},
                ][: 1 + number % 2],
                "service_areas": [{"kind": "online"}] if number % 4 == 3 else [],
                "claims": [{"scheme": scheme, "code": code} for scheme, code in codes],
                "sources": [{"source": SOURCES[number % 2]}],
            }
        )
    return found


def some(values: Any, most: int, least: int = 0) -> st.SearchStrategy[list]:
    """A few different ones of the values."""
    return st.lists(st.sampled_from([*values]), min_size=least, max_size=most, unique_by=repr)


def days(first: int, last: int) -> st.SearchStrategy[datetime.date]:
    """Days counted from today: yesterday, today and tomorrow are where rules change."""
    near = st.sampled_from([day for day in (-366, -365, -1, 0, 1) if first <= day <= last])
    return st.one_of(near, st.integers(first, last)).map(
        lambda day: timezone.localdate() + datetime.timedelta(days=day)
    )


LATITUDES = st.one_of(
    st.sampled_from([-90.0, -85.06, -16.8, 0.0, 38.9779, 39.0, 51.9, 85.06, 90.0]),
    st.integers(-900, 900).map(lambda tenths: tenths / 10),
)
LONGITUDES = st.one_of(
    st.sampled_from([-180.0, -179.9, -77.0075, -76.9, 0.0, 23.7, 179.9, 180.0]),
    st.integers(-1800, 1800).map(lambda tenths: tenths / 10),
)
PRECISIONS = st.sampled_from(["exact", "exact", "street", "postcode", "town", "region", "hidden"])


@st.composite
def locations(draw: st.DrawFn) -> dict:
    """A location by place, by point, by country, or by two of them; hidden ones too."""
    kind = draw(st.sampled_from(["town", "town", "region", "point", "country", "both"]))
    found: dict[str, Any] = {"precision": draw(PRECISIONS)}
    found["opening_hours"] = draw(st.sampled_from(["", *HOURS]))
    if kind in {"town", "both"}:
        found["place"] = draw(st.sampled_from([*PLACES]))
        found["locality"] = draw(st.sampled_from(["", found["place"].split("/")[2].title()]))
    if kind == "region":
        found["place"] = draw(st.sampled_from(REGIONS).filter(lambda path: path != "fr"))
    if kind == "country":
        found["country"] = draw(st.sampled_from(["US", "FR", "GR"]))
    if kind in {"point", "both"}:
        found |= {"latitude": draw(LATITUDES), "longitude": draw(LONGITUDES)}
    return found


@st.composite
def service_areas(draw: st.DrawFn) -> dict:
    """An area of any kind."""
    kind = draw(st.sampled_from(["place", "place", "radius", "country", "online"]))
    found: dict[str, Any] = {"kind": kind}
    if kind == "place":
        paths = [*PLACES, *MARYLAND, *MARYLAND, *(path for path in REGIONS if path != "fr")]
        found["place"] = draw(st.sampled_from(paths))
    if kind == "country":
        found["country"] = draw(st.sampled_from(["US", "FR", "FJ"]))
    if kind == "radius":
        found |= {"latitude": draw(LATITUDES), "longitude": draw(LONGITUDES)}
        found["radius_km"] = draw(st.sampled_from([5, 60, 1000]))
    return found


@st.composite
def claims(draw: st.DrawFn, scheme: str, least: int = 0) -> list[dict]:
    """Claims to terms of a scheme: said by itself, or checked, for good or until a day."""
    found = []
    for code in draw(some(CODES[scheme], 2, least)):
        claim: dict[str, Any] = {"scheme": scheme, "code": code}
        claim["asserted_by"] = draw(st.sampled_from(["organization", "editor"]))
        if draw(st.booleans()):
            checked_on = draw(days(-400, 0))
            claim["checked_on"] = checked_on.isoformat()
            until = draw(st.one_of(st.none(), days(-1, 1)))
            if until and until >= checked_on:
                claim["valid_until"] = until.isoformat()
        found.append(claim)
    return found


@st.composite
def documents(draw: st.DrawFn) -> dict:
    """A document that can be published."""
    where = draw(st.lists(locations(), max_size=3, unique_by=repr))
    areas = draw(st.lists(service_areas(), max_size=2, unique_by=repr))
    return {
        "name": draw(st.sampled_from(NAMES)),
        "other_names": draw(some(NAMES, 1)),
        "summary": draw(st.sampled_from(TEXTS)),
        "description": draw(st.sampled_from(["", *TEXTS])),
        "language": draw(st.sampled_from(["en", "es", "pt-BR"])),
        "further_languages": draw(some(["fr", "el"], 1)),
        "lifecycle": draw(st.sampled_from(["active", "active", "forming", "closed", "converted"])),
        "website": draw(st.sampled_from(["", "", "https://www.example.coop/"])),
        "identifiers": draw(some([{"scheme": "US-EIN", "value": "12-3456789"}], 1)),
        "locations": where,
        "service_areas": areas or ([] if where else [{"kind": "online"}]),
        "claims": draw(claims("type", 1)) + draw(claims("value")) + draw(claims("sector")),
        "sources": [{"source": code} for code in draw(some(SOURCES, 2, 1))],
    }
