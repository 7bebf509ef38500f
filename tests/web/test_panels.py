"""Facets as panels of ticks."""

from directory.search.query import FacetValue
from directory.web.links import Question
from directory.web.panels import Panel, panel_of


def panel(
    name: str = "type", *values: FacetValue, question: Question | None = None
) -> Panel | None:
    return panel_of(name, {name: values}, question or Question())


def several(number: int) -> list[FacetValue]:
    return [FacetValue(f"code-{n}", f"Label {n}", count=n + 1) for n in range(number)]


def test_a_facet_in_which_nothing_can_be_chosen_is_left_out():
    assert panel("type") is None
    assert panel("type", FacetValue("a", "A", 0)) is None


def test_a_value_without_results_is_shown_and_cannot_be_ticked():
    found = panel("type", FacetValue("a", "A", 3), FacetValue("b", "B", 0))

    assert [(row.code, row.is_off) for row in found.rows] == [("a", False), ("b", True)]


def test_a_chosen_value_without_results_can_be_unticked():
    found = panel("type", FacetValue("a", "A", 0, is_chosen=True))

    assert [row.is_off for row in found.rows] == [False]


def test_the_eight_largest_come_first_and_the_rest_behind_more():
    found = panel("type", *several(20))

    assert len(found.rows) == 8
    assert min(row.count for row in found.rows) > max(row.count for row in found.more)
    assert found.is_long


def test_a_chosen_value_never_hides_behind_more():
    values = [FacetValue("small", "Small", 1, is_chosen=True), *several(20)]

    assert "small" in [row.code for row in panel("type", *values).rows]


def test_one_value_alone_does_not_hide_behind_more():
    assert panel("type", *several(9)).more == []


def test_the_order_of_the_facet_is_kept():
    codes = [row.code for row in panel("type", *several(6)).rows]

    assert codes == [f"code-{number}" for number in range(6)]


def test_a_narrower_value_is_indented_under_a_broader_one_that_is_shown():
    found = panel("type", FacetValue("a", "A", 3), FacetValue("b", "B", 2, depth=1, parent="a"))

    assert [row.is_inner for row in found.rows] == [False, True]


def test_a_value_can_be_left_out_and_taken_back():
    plain = panel("type", FacetValue("a", "A", 3)).rows[0]
    assert plain.other_url == "?type=-a"

    question = Question.made([("type", "-a"), ("q", "bread")])
    out = panel("type", FacetValue("a", "A", 3, is_excluded=True), question=question).rows[0]
    assert out.other_url == "?q=bread"


def test_the_last_value_left_out_is_taken_back_by_the_whole_address():
    question = Question.made([("type", "-a")])

    out = panel("type", FacetValue("a", "A", 3, is_excluded=True), question=question).rows[0]

    assert out.other_url == "/organizations/"


def test_of_a_very_long_facet_the_largest_and_the_chosen_are_listed():
    values = [FacetValue("small", "Small", 1, is_chosen=True), *several(200)]

    found = panel("type", *values)
    listed = [row.code for row in [*found.rows, *found.more]]

    assert len(listed) == 20
    assert {"small", "code-199", "code-181"} <= {*listed}
    assert "code-180" not in listed
