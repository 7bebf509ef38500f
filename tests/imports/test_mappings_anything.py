"""Whatever stands in a row, it becomes a document or problems, never a crash."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.exchange.mappings import TARGETS, Mapping, Reader, Rule
from tests.factories import make_place, make_source, make_term

SCHEMES = {"identifier": "GB-COH", "governance": "ownership"}
NEAR_MISSES = (
    "https://example.org; x, 52,5; 13,4, POINT (1 2), 31/02/2020, UK, +44 20 7946 0018, a@b.example, "
    "1,258, yes, N/A, Mo-Fr 09:00-17:00, online, region, exact, active, es, -91 200, 0 0, Takoma Park"
).split(", ")
TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(NEAR_MISSES), st.just("x" * 20_001))
CELLS = st.one_of(
    TEXTS,
    st.none(),
    st.lists(st.one_of(TEXTS, st.integers(), st.floats(), st.none()), max_size=3),
    st.dictionaries(st.sampled_from(["type", "coordinates"]), st.one_of(TEXTS, st.floats())),
)


@pytest.mark.django_db
@given(st.dictionaries(st.sampled_from([*TARGETS]), CELLS, max_size=12), st.booleans())
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_row_becomes_a_document_or_says_why_not(values, is_named):
    make_source()
    make_term()
    make_place()
    rules = tuple(
        Rule(target, (target,), scheme=SCHEMES.get(target, ""), separators=";,")
        for target in TARGETS
    )
    row = values | ({"name": "Example"} if is_named else {})
    staged = Reader(Mapping(rules=rules), "example-register").read(2, row)

    assert staged.document or staged.problems
    assert json.dumps([staged.document, [vars(problem) for problem in staged.problems]])
