"""The public history of a listing."""

from django.urls import reverse

from directory.actions import organizations
from directory.documents import document_of
from directory.models import Door, Organization
from tests.factories import make_organization, make_user


def edit(organization: Organization, by=None, **changes) -> None:
    loaded = Organization.objects.with_parts().get(pk=organization.pk)
    organizations.edit(organization, document_of(loaded) | changes, by=by, door=Door.ADMIN)


def test_the_history_says_what_changed_when_and_by_what_kind_of_person(read, fits):
    organization = make_organization()
    edit(organization, by=make_user("ana", is_editor=True), summary="We bake bread.")

    answer = read("organization-revisions", organization.uid)

    newest = answer["results"][0]
    assert newest["version"] == 3
    assert newest["kind"] == "edited"
    assert newest["door"] == "admin"
    assert newest["role"] == "editor"
    assert newest["changes"] == [
        {
            "pointer": "/summary",
            "field": "summary",
            "before": "An example that exists only in tests.",
            "after": "We bake bread.",
        }
    ]
    fits(answer, "listRevisions")


def test_the_name_of_an_author_is_never_told(client, db):
    organization = make_organization()
    edit(organization, by=make_user("ana-the-editor", is_editor=True), summary="We bake bread.")

    response = client.get(reverse("api:organization-revisions", args=[organization.uid]))

    assert "ana-the-editor" not in response.content.decode()


def test_drafts_before_the_first_publication_are_not_shown(read):
    organization = make_organization(published=False, summary="A secret draft.")
    edit(organization, summary="What the public may read.")
    organizations.publish(organization, by=None, door=Door.ADMIN)

    answer = read("organization-revisions", organization.uid, documents="true")

    assert answer["count"] == 1
    assert "A secret draft." not in str(answer)


def test_documents_come_when_asked_for(read, fits):
    organization = make_organization()

    without = read("organization-revisions", organization.uid)
    answer = read("organization-revisions", organization.uid, documents="true")

    assert "document" not in without["results"][0]
    assert answer["results"][0]["document"]["name"] == organization.name
    fits(answer, "listRevisions")


def test_the_oldest_of_a_page_is_compared_with_the_one_before_it(read):
    organization = make_organization()
    edit(organization, summary="First change.")
    edit(organization, summary="Second change.")

    answer = read("organization-revisions", organization.uid, page_size="1")

    assert answer["count"] == 3
    assert [change["pointer"] for change in answer["results"][0]["changes"]] == ["/summary"]


def test_a_location_hidden_today_is_left_out_of_the_past(read):
    organization = make_organization(
        locations=[
            {
                "country": "US",
                "street": "7 Shelter Lane",
                "latitude": 38.123456,
                "longitude": -77.654321,
            }
        ]
    )
    hidden = document_of(Organization.objects.with_parts().get())["locations"]
    edit(organization, locations=[hidden[0] | {"precision": "hidden"}])

    answer = read("organization-revisions", organization.uid, documents="true")

    assert "Shelter" not in str(answer)
    assert "38.12" not in str(answer)


def test_the_history_costs_the_same_for_any_length(queries_of):
    organization = make_organization()
    url = reverse("api:organization-revisions", args=[organization.uid])
    one = queries_of(url)
    for number in range(5):
        edit(organization, summary=f"Change {number}.")

    assert queries_of(url) == one


def test_whole_documents_come_twenty_at_most(client, db):
    url = reverse("api:organization-revisions", args=[make_organization().uid])

    refused = client.get(url, {"documents": "true", "page_size": "21"})

    assert refused.status_code == 400
    assert refused.json()["errors"] == [
        {
            "parameter": "page_size",
            "pointer": "/page_size",
            "detail": "With documents, a page holds at most 20 revisions.",
        }
    ]
    assert client.get(url, {"documents": "true", "page_size": "20"}).status_code == 200
    assert client.get(url, {"page_size": "100"}).status_code == 200


def test_the_history_says_when_the_listing_was_off_the_site(read, fits):
    organization = make_organization(summary="We bake bread.")
    organizations.unpublish(organization, by=None, door=Door.ADMIN)
    edit(organization, summary="A secret draft.")
    edit(organization, summary="We bake cakes.")
    organizations.publish(organization, by=None, door=Door.ADMIN)

    answer = read("organization-revisions", organization.uid, documents="true")

    back, off, first = answer["results"]
    assert (off["kind"], off["changes"], "document" in off) == ("unpublished", [], False)
    assert [(change["before"], change["after"]) for change in back["changes"]] == [
        ("We bake bread.", "We bake cakes.")
    ]
    assert first["document"]["summary"] == "We bake bread."
    assert "secret" not in str(answer)
    fits(answer, "listRevisions")


def test_a_page_that_ends_with_the_time_off_the_site_still_compares(read):
    organization = make_organization(summary="We bake bread.")
    organizations.unpublish(organization, by=None, door=Door.ADMIN)
    edit(organization, summary="We bake cakes.")
    organizations.publish(organization, by=None, door=Door.ADMIN)

    answer = read("organization-revisions", organization.uid, page_size="1")

    assert [change["before"] for change in answer["results"][0]["changes"]] == ["We bake bread."]
