import itertools
import shutil

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.actions import organizations
from directory.documents import document_of
from directory.models import Door, Organization, Revision
from directory.search import counting, live, map_points, rebuilding, segments
from directory.search.arrays import CONTENTS, DATA
from directory.search.engine import clusters, search, suggest, total
from directory.search.query import Box, Choice, Point, Query
from directory.search.rebuilding import SearchIsBeingBuilt
from tests.factories import make_network, make_organization, make_place, make_term

BY = {"by": None, "door": Door.COMMAND}


@pytest.fixture
def large(settings, tmp_path, db):
    """A directory that counts as large, with an empty folder for its index."""
    settings.SEARCH_IN_MEMORY_MAX = 0
    settings.SEARCH_INDEX_DIR = tmp_path
    settings.SEARCH_BUILDS_ITSELF = False
    forget()
    yield segments.folder_of_database()
    forget()


def forget() -> None:
    """As a process that has just started."""
    live._state = None
    live._opener.__init__()


def build(**options) -> None:
    call_command("build_search_index", processes=1, verbosity=0, **options)


def ids(**query) -> set[int]:
    return {hit.organization_id for hit in search(Query(**query)).hits}


def make_listings() -> list[Organization]:
    """Listings of every kind that an index keeps apart."""
    make_place("us/maryland/takoma-park", latitude=38.98, longitude=-77.01)
    make_place("uy/rocha/la-paloma", latitude=-34.66, longitude=-54.16)
    make_term("worker-cooperative", labels={"en": "Worker co-op", "fr": "Coopérative de travail"})
    make_term("credit-union", labels={"en": "Credit union"})
    made = []
    for number in range(12):
        made.append(
            make_organization(
                ["Harbour Repair", "Ångström Bakery", "meadow", "Harbour Bakery"][number % 4],
                types=("worker-cooperative",) if number % 3 else ("credit-union",),
            )
        )
    for organization, place in zip(
        made, ["us/maryland/takoma-park", "uy/rocha/la-paloma"] * 4, strict=False
    ):
        edit(organization, locations=[{"place": place, "country": place[:2].upper()}])
    return made


# A listing that is counted in every way.
EVERYTHING = {
    "locations": [
        {"place": "us/maryland/takoma-park", "country": "US", "opening_hours": "Mo-Fr 09:00-17:00"}
    ],
    "service_areas": [
        {"kind": "place", "place": "us/maryland"},
        {"kind": "radius", "latitude": 38.98, "longitude": -77.01, "radius_km": 12.5},
        {"kind": "online"},
    ],
    "claims": [
        {
            "scheme": "type",
            "code": "credit-union",
            "asserted_by": "editor",
            "checked_on": "2020-01-01",
            "valid_until": "2199-01-01",
        }
    ],
    "identifiers": [{"scheme": "US-EIN", "value": "12-3456789"}],
}


def edit(organization: Organization, **changes) -> None:
    loaded = Organization.objects.with_parts().get(pk=organization.pk)
    organizations.edit(loaded, document_of(loaded) | changes, **BY)


NEAR = Point(38.98, -77.01, "Takoma Park", "us/maryland/takoma-park", "US")
QUESTIONS = [
    {},
    {"words": "harbour"},
    {"words": "angstrom bakery"},
    {"words": "harbor bakry"},
    {"words": "travail"},
    {"words": "takoma park"},
    {"words": "mead"},
    {"words": '"harbour bakery" -repair'},
    {"facets": {"type": Choice(("worker-cooperative",))}},
    {"facets": {"type": Choice((), ("credit-union",)), "place": Choice(("us",))}},
    {"near": NEAR, "radius_km": 10.0},
    {"serves": "us/maryland"},
    {"box": Box(-80.0, 30.0, -70.0, 40.0)},
    {"sort": "name"},
    {"sort": "confirmed", "page": 2, "page_size": 5},
    {"verified_only": True},
    {"words": "nothing at all like it"},
]


def answers() -> list:
    found = [search(Query(**question)) for question in QUESTIONS]
    boxes = [clusters(Query(), Box(-180.0, -80.0, 180.0, 80.0), zoom) for zoom in (0, 4, 9)]
    return [*found, *boxes, suggest("har", "en"), total()]


def test_a_segment_answers_like_an_index_in_memory(large, settings):
    make_listings()
    build()
    from_file = answers()
    assert live._state.stored is not None

    settings.SEARCH_IN_MEMORY_MAX = 5_000
    forget()

    assert answers() == from_file
    assert live._state.stored is None


def test_changes_after_the_build_are_found_like_those_before(large, settings):
    made = make_listings()
    build()
    total()
    edit(made[0], name="Harbour Café")
    organizations.unpublish(made[1], **BY)
    make_organization("Zest Bakery", types=("credit-union",))
    make_organization("harbour bakery")

    from_changes = answers()

    assert live._state.stored is not None
    assert live._state.index.changes == 3
    build()
    forget()
    assert answers() == from_changes


def test_where_many_changes_wait_a_search_takes_in_few_and_a_new_segment_the_rest(
    large, monkeypatch
):
    asked = []
    monkeypatch.setattr(live, "ask_for_build", asked.append)
    monkeypatch.setattr(live, "CHANGES_AT_ONCE", 4)
    monkeypatch.setattr(live, "CHANGES_FAR_BEHIND", 3)
    monkeypatch.setattr(live, "SECONDS_FAR_BEHIND", 0.0)
    made = make_listings()
    build()
    assert ids(words="zest") == set()

    for organization in made[:10]:
        edit(organization, name="Zest")

    assert [len(ids(words="zest")) for _time in range(2)] == [3, 6]
    assert asked == [large, large]
    assert len(ids(words="zest")) == 10  # Four waited: no more than one search takes in.
    assert asked == [large, large]

    for organization in made[:10]:
        edit(organization, name="Quince")
    monkeypatch.setattr(live, "SECONDS_FAR_BEHIND", 600.0)
    assert ids(words="quince") == set()  # Some were taken in a moment ago.
    build()
    forget()
    assert ids(words="quince") == {organization.pk for organization in made[:10]}


def test_answers_are_the_same_however_listings_are_counted(large, monkeypatch):
    made = make_listings()
    build()
    total()
    edit(made[0], name="Harbour Café")
    organizations.unpublish(made[1], **BY)
    make_organization("Zest Bakery", types=("land-trust",), language="fr")
    usual = answers()
    monkeypatch.setattr(counting, "WORTH_COMPARING", 1)

    for few, few_on_map in itertools.product((0.0, 0.4, 1.0), repeat=2):
        monkeypatch.setattr(counting, "FEW", few)
        monkeypatch.setattr(map_points, "FEW", few_on_map)
        live._state.index.cache.clear()
        assert answers() == usual


def test_a_process_that_starts_later_follows_the_log_from_where_the_segment_ends(large):
    first = make_organization("Harbour Repair")
    build()
    second = make_organization("Harbour Bakery")

    assert ids(words="harbour") == {first.pk, second.pk}


def test_without_a_segment_search_says_that_it_is_being_built(large):
    make_organization("Harbour Repair")

    with pytest.raises(SearchIsBeingBuilt):
        total()


@pytest.mark.parametrize("name", [DATA, CONTENTS])
@pytest.mark.parametrize("harm", ["removed", "cut", "changed", "emptied"])
def test_a_damaged_segment_is_noticed_and_a_new_one_mends_it(large, name, harm):
    organization = make_organization("Harbour Repair")
    build()
    file = segments.current_segment(large) / name
    data = bytearray(file.read_bytes())
    match harm:
        case "removed":
            file.unlink()
        case "cut":
            file.write_bytes(data[: len(data) // 2])
        case "changed":
            data[len(data) // 2] ^= 1
            file.write_bytes(data)
        case "emptied":
            file.write_bytes(b"")

    with pytest.raises(SearchIsBeingBuilt):
        total()

    build()
    assert ids(words="harbour") == {organization.pk}


@pytest.mark.parametrize("text", ["", "segment-00", "../segment-1", "\x00\xff"])
def test_a_pointer_to_nothing_is_a_missing_segment(large, text):
    make_organization("Harbour Repair")
    build()
    (large / segments.CURRENT).write_text(text)

    with pytest.raises(SearchIsBeingBuilt):
        total()


def test_a_segment_of_another_format_is_not_used(large, monkeypatch):
    make_organization("Harbour Repair")
    build()
    monkeypatch.setattr("directory.search.arrays.FORMAT", 999)

    with pytest.raises(SearchIsBeingBuilt):
        total()


def test_a_segment_whose_place_in_the_log_is_gone_is_not_used(large):
    make_organization("Harbour Repair")
    build()
    total()
    Organization.objects.get().revisions.all().update(created_at="2020-01-01T00:00Z")

    with pytest.raises(SearchIsBeingBuilt):
        total()


def test_a_segment_that_does_not_fit_is_read_once_and_used_again_if_the_log_comes_back(
    large, caplog
):
    organization = make_organization("Harbour Repair")
    build()
    last = Revision.objects.newest_first().first()
    Revision.objects.filter(pk=last.pk).update(created_at="2020-01-01T00:00Z")

    for _request in range(3):
        with pytest.raises(SearchIsBeingBuilt):
            total()
    assert caplog.text.count("the log does not go on") == 1

    Revision.objects.filter(pk=last.pk).update(created_at=last.created_at)
    assert ids(words="harbour") == {organization.pk}


def test_a_grown_directory_does_not_read_an_unfit_segment_at_every_request(large, settings, caplog):
    make_organization("Harbour Repair")
    build()
    Revision.objects.update(created_at="2020-01-01T00:00Z")
    settings.SEARCH_IN_MEMORY_MAX = 1
    forget()
    assert total() == 1
    make_organization("Harbour Bakery")

    assert [total() for _request in range(3)] == [2, 2, 2]

    assert live._state.stored is None
    assert caplog.text.count("the log does not go on") == 1


@pytest.mark.parametrize("fault", ["damaged", "of a newer version"])
def test_a_process_asks_for_another_build_if_the_newer_segment_is_of_no_use(
    large, monkeypatch, fault
):
    asked = []
    monkeypatch.setattr(live, "ask_for_build", asked.append)
    organization = make_organization("Harbour Repair")
    build()
    total()
    if fault == "damaged":
        build()
        (segments.current_segment(large) / DATA).write_bytes(b"")
    else:
        with monkeypatch.context() as later:
            later.setattr("directory.search.arrays.FORMAT", 999)
            build()
    total()
    live._opener._thread.join()

    assert ids(words="harbour") == {organization.pk}

    assert {*asked} == (
        {large} if fault == "damaged" else set()
    )  # Asked again, it starts no other.


def test_a_restored_database_goes_on_with_the_segment_that_it_still_fits(large):
    kept = make_organization("Harbour Repair")
    build()
    undone = make_organization("Harbour Bakery")
    assert ids(words="harbour") == {kept.pk, undone.pk}
    undone.revisions.all().delete()
    Organization.objects.filter(pk=undone.pk).update(publication="draft", published_at=None)

    assert ids(words="harbour") == {kept.pk}


def test_a_newer_segment_takes_the_place_of_the_older_one(large):
    first = make_organization("Harbour Repair")
    build()
    total()
    older = live._state.stored
    second = make_organization("Harbour Bakery")
    build()

    assert ids(words="harbour") == {first.pk, second.pk}  # Of whichever is open by now.
    live._opener._thread.join()
    assert ids(words="harbour") == {first.pk, second.pk}

    assert live._state.stored is not older
    assert live._state.index.changes == 0


def test_a_segment_in_use_may_be_removed_from_the_disk(large):
    organization = make_organization("Harbour Repair")
    build()
    total()
    shutil.rmtree(large)
    live._state.index.cache.clear()

    assert ids(words="harbour") == {organization.pk}


def test_only_one_build_runs_at_a_time(large):
    make_organization("Harbour Repair")
    build()
    before = segments.current_segment(large)

    with (
        segments.building(large),
        pytest.raises(CommandError, match="being built by another process"),
    ):
        build()

    assert segments.current_segment(large) == before


def test_a_build_removes_what_older_and_broken_builds_left(large):
    make_organization("Harbour Repair")
    build()
    (large / f"{segments.BUILDING}left").mkdir()
    (large / f"{segments.SEGMENT}0123").mkdir()

    build()

    names = {path.name for path in large.iterdir() if path.is_dir()}
    assert names == {segments.current_segment(large).name}


def test_a_small_directory_needs_no_build(large, settings, capsys):
    settings.SEARCH_IN_MEMORY_MAX = 5_000
    make_organization("Harbour Repair")

    call_command("build_search_index", processes=1)

    assert "nothing to build" in capsys.readouterr().out
    assert not large.exists()
    assert total() == 1


def test_a_changed_vocabulary_leaves_search_working(large):
    term = make_term("credit-union", labels={"en": "Credit union"})
    organization = make_organization("Riverside", types=("credit-union",))
    build()
    assert ids(words="caja") == set()

    term.synonyms = {"es": ["caja popular"]}
    term.save()

    assert total() == 1
    build()
    forget()
    assert ids(words="caja") == {organization.pk}


def test_a_directory_that_grows_large_goes_over_to_a_segment(large, settings):
    settings.SEARCH_IN_MEMORY_MAX = 2
    make_organization("Harbour Repair"), make_organization("Harbour Bakery")
    assert total() == 2
    make_organization("Harbour Clinic")
    assert total() == 3
    assert live._state.stored is None

    build()

    assert total() == 3
    assert live._state.stored is not None


def test_an_old_segment_is_not_built_again_while_a_newer_one_is_there(large, settings):
    make_organization("Harbour Repair")
    build()
    total()
    build()
    settings.SEARCH_BUILDS_ITSELF, settings.SEARCH_INDEX_DAYS_MAX = True, 0

    assert total() == 1

    assert not (large / rebuilding.ASKED).exists()


def test_a_folder_that_cannot_be_written_stops_no_answer(settings, tmp_path, large):
    settings.SEARCH_BUILDS_ITSELF = True
    settings.SEARCH_INDEX_DIR = tmp_path / "file"
    settings.SEARCH_INDEX_DIR.write_text("not a folder")
    make_organization("Harbour Repair")

    with pytest.raises(SearchIsBeingBuilt):
        total()


def test_many_processes_are_refused_below_one(large):
    with pytest.raises(CommandError, match="must be 1 or more"):
        call_command("build_search_index", processes=0)


def test_every_count_of_the_index_agrees_with_the_database(large, capsys):
    made = make_listings()
    make_network(places=["us/maryland"])
    edit(made[2], **EVERYTHING)
    build()
    edit(made[0], name="Harbour Café")
    edit(made[3], **EVERYTHING)
    organizations.unpublish(made[1], **BY)

    call_command("build_search_index", verify=True)

    assert "counts agree" in capsys.readouterr().out


def test_verifying_takes_in_all_changes_first_however_many_wait(large, capsys, monkeypatch):
    monkeypatch.setattr(live, "CHANGES_AT_ONCE", 2)
    monkeypatch.setattr(live, "CHANGES_FAR_BEHIND", 1)
    made = make_listings()
    build()
    total()
    for organization in made[:9]:
        edit(organization, name="Zest")

    call_command("build_search_index", verify=True)

    assert "counts agree" in capsys.readouterr().out
    assert live._state.index.changes == 9


def test_verifying_compares_what_is_served_checked_and_known_exactly(large, capsys):
    organization = make_listings()[2]
    edit(organization, **EVERYTHING)
    build()
    organization.claims.update(checked_on=None)
    organization.service_areas.all().delete()
    organization.identifiers.all().delete()

    with pytest.raises(CommandError, match="counts differ"):
        call_command("build_search_index", verify=True)

    said = capsys.readouterr().out
    for count in ("checked type credit-union", "checked", "serves us/maryland", "online"):
        assert f"{count}: 1 in the index, 0 in the database" in said
    assert "circles 12.5 km around " in said
    assert "keys " in said


def test_verifying_says_where_index_and_database_differ(large, capsys):
    organization = make_listings()[0]
    build()
    # Past the log, as nothing in the project does.
    Organization.objects.filter(pk=organization.pk).update(name="Zest", lifecycle="paused")

    with pytest.raises(CommandError, match="counts differ"):
        call_command("build_search_index", verify=True)

    said = capsys.readouterr().out
    assert "word in name zest: 0 in the index, 1 in the database" in said
    assert "lifecycle paused: 0 in the index, 1 in the database" in said
    assert "lifecycle by rows paused: 0 in the index, 1 in the database" in said
    assert "listings" not in said


def test_there_is_nothing_to_verify_before_the_first_build(large):
    make_organization("Harbour Repair")

    with pytest.raises(CommandError, match="no index to verify"):
        call_command("build_search_index", verify=True)
