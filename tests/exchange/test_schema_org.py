"""A listing as schema.org describes organizations."""

import json

import pytest

from directory.exchange import schema_org
from directory.models import Organization
from tests.factories import make_organization, make_place, make_term

ORIGIN = "https://example.org"
STREET = {
    "country": "US",
    "place": "us/maryland/takoma-park",
    "locality": "Takoma Park",
    "region": "Maryland",
    "street": "1 Example Street",
    "postcode": "20912",
    "latitude": 38.98765,
    "longitude": -77.01234,
    "opening_hours": "Mo-Fr 09:00-17:00; Sa 10:00-14:00",
}


@pytest.fixture(autouse=True)
def terms(db):
    make_place()
    for code, kinds in {
        "credit-union": ["Cooperative", "BankOrCreditUnion"],
        "worker-cooperative": ["Cooperative"],
        "community-space": ["Organization"],
    }.items():
        mappings = [{"scheme": "schema.org", "code": kind, "relation": "broad"} for kind in kinds]
        make_term(code, mappings=mappings)


def described(*, types=("credit-union",), locations=None, **fields) -> dict:
    made = make_organization(types=types, locations=locations or [STREET], **fields)
    return schema_org.organization(Organization.objects.for_page().get(pk=made.pk), ORIGIN)


def test_a_place_of_business_with_an_address_is_named_as_one():
    found = described()

    assert found["@type"] == ["Cooperative", "BankOrCreditUnion"]
    assert found["address"]["streetAddress"] == "1 Example Street"
    assert found["geo"]["latitude"] == 38.98765
    assert found["openingHoursSpecification"][1] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["Saturday"],
        "opens": "10:00",
        "closes": "14:00",
    }


@pytest.mark.parametrize("precision", ["street", "postcode", "town", "region"])
def test_without_a_full_address_it_is_no_place_of_business(precision):
    found = described(locations=[STREET | {"precision": precision}])

    assert found["@type"] == "Cooperative"
    assert "geo" not in json.dumps(found)
    assert "1 Example Street" not in json.dumps(found)


def test_a_hidden_place_leaves_no_trace():
    found = described(locations=[STREET | {"precision": "hidden"}])

    assert not {"location", "address", "geo"} & set(found)
    assert "Takoma" not in json.dumps(found)


def test_the_middle_of_a_town_is_not_given_as_its_own_point():
    place = make_place()
    town = {"place": place.path, "country": "US", "locality": "Takoma Park"}

    found = described(locations=[town])

    assert "geo" not in json.dumps(found)
    assert found["location"][0]["address"]["addressLocality"] == "Takoma Park"


def test_the_middle_of_a_circle_served_is_not_told():
    circle = {"kind": "radius", "latitude": 38.911, "longitude": -77.022, "radius_km": 5}

    assert "38.911" not in json.dumps(described(service_areas=[circle]))


def test_a_type_unknown_to_schema_org_is_an_organization():
    assert described(types=("community-space",))["@type"] == "Organization"


def test_values_are_defined_terms_and_types_are_addresses():
    found = described(values=("deepens-democracy",))

    assert found["additionalType"] == [f"{ORIGIN}/ns/type/credit-union"]
    assert found["keywords"] == [
        {
            "@type": "DefinedTerm",
            "@id": f"{ORIGIN}/ns/value/deepens-democracy",
            "termCode": "deepens-democracy",
            "name": "Deepens democracy",
            "inDefinedTermSet": f"{ORIGIN}/ns/value/",
        }
    ]


def test_nothing_empty_is_said():
    assert not [value for value in described().values() if value in ("", None, [], {})]


def test_every_property_belongs_to_its_type(standards):
    file = standards / "schemaorg" / "schemaorg_subset.json"
    vocabulary = json.loads(file.read_text(encoding="utf-8"))
    full = described(
        values=("deepens-democracy",),
        workers_count=11,
        founded="2020",
        legal_name="Example, Inc.",
        other_names=["Ex"],
        website="https://example.com",
        email="hello@example.com",
        phone="+12025550142",
        links=[{"url": "https://example.com/us"}],
        identifiers=[{"scheme": "XI-LEI", "value": "529900T8BM49AURSDO55"}],
        service_areas=[
            {"kind": "place", "place": "us/maryland"},
            {"kind": "country", "country": "US"},
        ],
    )
    plain = described(types=("worker-cooperative",))
    crumbs = schema_org.breadcrumbs([("Home", "/")], ORIGIN)

    assert misplaced(full, vocabulary) + misplaced(plain, vocabulary) == []
    assert misplaced(crumbs, vocabulary) == []


def misplaced(node, vocabulary: dict) -> list[str]:
    """Properties that no type of their node has, and unknown types."""
    if isinstance(node, list):
        return [fault for item in node for fault in misplaced(item, vocabulary)]
    if not isinstance(node, dict):
        return []
    kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    above = {each for kind in kinds for each in with_parents(kind, vocabulary)}
    faults = [kind for kind in kinds if kind not in vocabulary["types"] and kind != "Country"]
    for name, value in node.items():
        if name.startswith("@"):
            continue
        known = vocabulary["properties"].get(name)
        if known is None or known["superseded"] or not above & set(known["domain"]):
            faults.append(f"{kinds}.{name}")
        faults.extend(misplaced(value, vocabulary))
    return faults


def with_parents(kind: str, vocabulary: dict) -> set[str]:
    # Country is a place too; the subset leaves it out.
    parents = ["Place"] if kind == "Country" else []
    parents += vocabulary["types"].get(kind, {}).get("subClassOf", [])
    return {kind, "Thing"}.union(*(with_parents(parent, vocabulary) for parent in parents))
