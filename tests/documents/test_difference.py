"""What differs between two documents."""

from directory.documents import difference


def paths(before: dict, after: dict) -> list[str]:
    return [change.pointer for change in difference(before, after)]


def test_equal_documents_do_not_differ():
    assert difference({"name": "A", "links": []}, {"name": "A"}) == []


def test_a_changed_field_is_one_change():
    (change,) = difference({"name": "A"}, {"name": "B"})

    assert (change.pointer, change.before, change.after) == ("/name", "A", "B")


def test_a_part_is_known_by_its_key_wherever_it_stands():
    timebank = {"scheme": "type", "code": "timebank", "statement": "Hours"}
    repair = {"scheme": "type", "code": "repair-cafe", "statement": ""}

    assert paths(
        {"claims": [timebank, repair]}, {"claims": [repair, timebank | {"statement": "New"}]}
    ) == ["/claims/1/statement", "/claims"]


def test_a_part_gained_and_a_part_lost_are_told_whole():
    before = {"identifiers": [{"scheme": "GB-COH", "value": "1"}]}
    after = {"identifiers": [{"scheme": "GB-COH", "value": "2"}]}

    lost, gained = difference(before, after)

    assert (lost.before["value"], lost.after) == ("1", None)
    assert (gained.before, gained.after["value"]) == (None, "2")


def test_members_of_objects_are_compared_one_by_one():
    assert paths(
        {"governance": {"voting_rule": "assembly"}},
        {"governance": {"voting_rule": "assembly", "asset_lock": "bylaws"}},
    ) == ["/governance/asset_lock"]


def test_nought_is_an_answer_and_not_nothing():
    (given,) = difference({"members_count": None}, {"members_count": 0})
    (taken,) = difference({"members_count": 0}, {"members_count": None})

    assert (given.before, given.after) == (None, 0)
    assert (taken.before, taken.after) == (0, None)


def test_another_order_of_parts_is_one_change_of_the_list():
    own = {"url": "https://example.org/"}
    news = {"url": "https://example.org/news"}

    (change,) = difference({"links": [own, news]}, {"links": [news, own]})

    assert (change.pointer, change.before, change.after) == ("/links", [own, news], [news, own])


def test_two_parts_of_one_key_are_both_told():
    first = {"url": "https://example.org/", "title": "First"}
    second = {"url": "https://example.org/", "title": "Second"}

    (lost,) = difference({"links": [first, second]}, {"links": [first]})

    assert (lost.pointer, lost.before, lost.after) == ("/links/1", second, None)
