import itertools
import random
from collections import Counter

import pytest

from directory.models import Location, Organization, VerificationLevel, vocabulary
from directory.search.engine import search
from directory.search.query import FACETS, Choice, Query
from tests.factories import make_organization, make_place, make_term

PLACES = (
    "us/maryland/takoma-park",
    "us/maryland/greenbelt",
    "us/ohio/dayton",
    "uy/rocha/la-paloma",
)


@pytest.fixture
def many(db):
    """Sixty listings with random terms, places and languages."""
    cooperative = make_term("cooperative")
    for code in ("worker-cooperative", "housing-cooperative"):
        make_term(code, parent=cooperative)
    make_term("credit-union")
    make_term("mutual-aid", scheme="value")
    make_term("care", scheme="value")
    types = ("worker-cooperative", "housing-cooperative", "credit-union", "cooperative")
    for number, path in enumerate(PLACES):
        make_place(path, latitude=10.0 * number, longitude=5.0 * number)
    chance = random.Random(5)
    for number in range(60):
        make_organization(
            f"{chance.choice(['Harbour', 'Meadow'])} {number}",
            types=tuple(chance.sample(types, chance.randint(1, 2))),
            values=tuple(chance.sample(("mutual-aid", "care"), chance.randint(0, 2))),
            place=chance.choice(PLACES),
            language=chance.choice(["en", "es"]),
            further_languages=chance.choice([[], ["fr"], ["pt-BR"]]),
            lifecycle=chance.choice(["active", "closed"]),
        )


def tags_of(organization: Organization) -> dict[str, set[str]]:
    """Every facet value of a listing, the broader ones included, from its rows."""
    terms = vocabulary()
    tags: dict[str, set[str]] = {facet: set() for facet in FACETS}
    for claim in organization.claims.select_related("term"):
        scheme, code = claim.term.scheme, claim.term.code
        tags[scheme] |= {code, *(term.code for term in terms.ancestors(scheme, code))}
    for location in Location.objects.with_place().filter(organization=organization):
        tags["place"] |= {*location.public.place.ancestor_paths}
    tags["language"] = {
        code.split("-")[0] for code in (organization.language, *organization.further_languages)
    }
    tags["lifecycle"] = {organization.lifecycle}
    tags["verification"] = {VerificationLevel(organization.verification).code}
    tags["source"] = {record.source.code for record in organization.source_records.all()}
    return tags


def meets(tags: dict[str, set[str]], facets: dict[str, Choice], without: str = "") -> bool:
    return all(
        (not choice.include or tags[facet] & {*choice.include})
        and not tags[facet] & {*choice.exclude}
        for facet, choice in facets.items()
        if facet != without
    )


CHOICES = [
    {},
    {"type": Choice(("cooperative",))},
    {"type": Choice(("worker-cooperative", "credit-union")), "value": Choice(("care",))},
    {"type": Choice((), ("credit-union",)), "place": Choice(("us/maryland",))},
    {"place": Choice(("us",), ("us/ohio",)), "language": Choice(("pt", "fr"))},
    {"lifecycle": Choice(("active",)), "language": Choice((), ("es",)), "value": Choice(("care",))},
    {"source": Choice(("example-register",)), "verification": Choice(("unverified",))},
]


@pytest.mark.parametrize("facets", CHOICES)
def test_totals_and_counts_agree_with_counting_row_by_row(many, facets):
    rows = [tags_of(row) for row in Organization.objects.published()]

    found = search(Query(facets=facets))

    assert found.total == sum(meets(tags, facets) for tags in rows)
    assert any(found.facets.values())
    for facet in FACETS:
        counted = Counter(
            code for tags in rows if meets(tags, facets, without=facet) for code in tags[facet]
        )
        shown = {value.code: value.count for value in found.facets[facet]}
        assert {code: counted[code] for code in shown} == shown
        if facet != "place":  # Places below a place that is not chosen are not shown.
            assert {code for code, count in counted.items() if count} <= shown.keys()


def test_choosing_a_value_finds_as_many_as_its_count_said(many):
    chosen = {"value": Choice(("care",)), "place": Choice(("us",))}
    before = search(Query(facets=chosen))

    for facet in ("type", "language", "lifecycle"):
        assert before.facets[facet]
        for value in before.facets[facet]:
            after = search(Query(facets={**chosen, facet: Choice((value.code,))}))
            assert after.total == value.count


def test_a_choice_and_its_exclusion_together_make_the_whole(many):
    for facet, code in itertools.product(("type",), ("cooperative", "credit-union")):
        chosen = search(Query(facets={facet: Choice((code,))})).total
        others = search(Query(facets={facet: Choice((), (code,))})).total
        assert chosen + others == search(Query()).total


def test_terms_come_as_a_tree(many):
    values = search(Query()).facets["type"]
    by_code = {value.code: value for value in values}
    codes = [value.code for value in values]

    assert by_code["worker-cooperative"].depth == 1
    assert by_code["worker-cooperative"].parent == "cooperative"
    assert codes.index("worker-cooperative") > codes.index("cooperative")


def test_places_open_below_what_is_chosen(many):
    closed = search(Query()).facets["place"]
    opened = search(Query(facets={"place": Choice(("us/maryland",))})).facets["place"]

    assert {value.code for value in closed} == {"us", "uy"}
    assert {value.code for value in opened if value.depth == 1} == {"us/maryland", "us/ohio"}
    assert {value.code for value in opened if value.depth == 2} == {
        "us/maryland/takoma-park",
        "us/maryland/greenbelt",
    }
    assert [value.code for value in opened if value.is_chosen] == ["us/maryland"]


def test_a_chosen_value_stays_though_nothing_has_it(found):
    make_organization(types=("worker-cooperative",))
    make_term("credit-union")

    values = found("type=credit-union").facets["type"]

    assert {(value.code, value.count, value.is_chosen) for value in values} == {
        ("credit-union", 0, True),
        ("worker-cooperative", 1, False),
    }


def test_labels_are_in_the_language_of_the_reader(db):
    make_term("credit-union", labels={"en": "Credit union", "fr": "Caisse de crédit"})
    make_organization(types=("credit-union",), place="fr/occitanie/nimes", language="es")

    facets = search(Query(language="fr")).facets

    assert facets["type"][0].label == "Caisse de crédit"
    assert facets["language"][0].label == "Espagnol"
    assert facets["place"][0].label == "France"
