"""Ids and address words of listings that are no more answer in a directory made from a dump, too."""

import pytest
from django.core.management import CommandError
from django.urls import reverse

from directory.actions import erasures, organizations
from directory.models import Door, FormerSlug, Merge, Organization, Revision
from tests.factories import make_organization, make_source
from tests.merges.steps import merge
from tests.outputs.test_dumps import documents, dump, table
from tests.outputs.test_loading_dumps import copied, document_now, empty_the_database, load

pytestmark = pytest.mark.django_db


def renamed(listing: Organization, slug: str) -> None:
    edited = document_now(listing) | {"slug": slug}
    organizations.edit(listing, edited, by=None, door=Door.COMMAND)


def empty_all() -> None:
    Merge.objects.all().delete()
    Organization.objects.update(merged_into=None, publication="unpublished")
    empty_the_database()


def answers(client, uids: list[str], slugs: list[str]) -> list[tuple[int, str]]:
    addresses = [
        *[reverse("permanent-id", args=[uid]) for uid in uids],
        *[reverse("api:organization-detail", args=[uid]) for uid in uids],
        *[reverse("organization-detail", args=[slug]) for slug in slugs],
    ]
    found = [client.get(address) for address in addresses]
    return [(each.status_code, each.headers.get("Location", "")) for each in found]


def test_old_ids_and_address_words_answer_after_a_dump_was_loaded_as_they_did_before(client):
    bakery, twin, older, gone = (make_organization(f"Example {n}") for n in "ABCD")
    make_organization("Example Draft", published=False)
    renamed(twin, "example-twin")
    merge(older, twin)
    merge(twin, bakery)
    renamed(bakery, "example-bakery")
    renamed(gone, "example-secret")
    organizations.withdraw(gone, by=None, door=Door.ENTERPRISE)
    uids = [each.uid for each in (bakery, twin, older, gone)]
    words = ["example-bakery", "example-a", "example-b", "example-c", "example-twin"]
    before, found = answers(client, uids, words), dump()
    assert [status for status, _address in before[:4]] == [303, 301, 301, 410]
    assert [status for status, _address in before[4:]] == [200, 301, 301, 410, 200, *4 * [301]]
    assert all("secret" not in row["slug"] for row in table(found, "address_words"))
    empty_all()

    said = load(found.folder)

    assert "Former ids: 3 added." in said
    assert "Former address words: 4 added." in said
    assert answers(client, uids, words) == before
    again = dump()
    for name in ("tombstones", "address_words"):
        rows = [sorted(map(str, table(each, name))) for each in (found, again)]
        assert rows[0] == rows[1]
    count = Revision.objects.count()
    said = load(found.archive)
    assert "Former ids: 3 same." in said
    assert "There was nothing to write." in said
    assert Revision.objects.count() == count


def test_what_is_here_stays_as_it_is_and_what_was_erased_does_not_come_back(client, tmp_path):
    listing, twin, shown = (make_organization(f"Example {n}") for n in ("Jane Roe", "B", "C"))
    renamed(listing, "example-bakery")
    merge(twin, listing)
    organizations.withdraw(shown, by=None, door=Door.COMMAND)
    found = dump()
    organizations.publish(shown, by=None, door=Door.COMMAND)
    FormerSlug.objects.filter(slug="example-b").delete()
    wish = erasures.Wish(words=["Jane Roe"])
    erasures.erase(listing, wish, by=None, door=Door.ADMIN, reason="Asked for it.")
    folder = copied(found.folder, tmp_path / "copy")

    said = load(folder)

    assert f"({shown.uid}) left: Its state here: Published." in said
    assert "Personal data was removed from its listing here, for good." in said
    assert "Former ids: 1 same, 1 left." in said
    assert client.get(reverse("organization-detail", args=["example-jane-roe"])).status_code == 404


def test_an_id_whose_listing_cannot_be_here_is_told_and_takes_up_nothing(tmp_path):
    make_source("map", name="Example map", licence="non-commercial")
    kept, other = make_organization("Restricted", sources=[{"source": "map"}]), make_organization()
    merge(other, kept)
    found = dump()
    assert table(found, "address_words") == []
    empty_all()

    said = load(found.folder)

    assert "left: The listing that it was merged into is not here." in said
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("tombstones.csv", b"withdrawn", b"asleep", r"tombstones\.csv, line 2, column state"),
        (
            "address_words.csv",
            b"example-b",
            b"Example B",
            r"address_words\.csv, line 2, column slug",
        ),
    ],
)
def test_what_is_wrong_with_them_is_told_by_line_and_column(tmp_path, name, old, new, told):
    gone, listing = make_organization("Example A"), make_organization("Example B")
    organizations.withdraw(gone, by=None, door=Door.COMMAND)
    renamed(listing, "example-other")
    found = dump()
    empty_all()
    content = found.file(name).read_bytes().replace(old, new, 1)
    folder = copied(found.folder, tmp_path / "copy", **{name.replace(".", "_"): content})

    with pytest.raises(CommandError, match=told):
        load(folder)


def test_a_listing_with_a_point_alone_of_which_only_the_region_is_told_comes_back():
    make_organization(
        locations=[{"latitude": 38.97, "longitude": -77.0, "precision": "region"}],
    )
    found = dump()
    empty_all()

    said = load(found.folder)

    assert "added             1" in said
    assert documents(dump()) == documents(found)
