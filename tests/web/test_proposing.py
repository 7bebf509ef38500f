"""Anybody adds an enterprise, suggests a change or reports a listing, without an account."""

import re

import pytest
from django.urls import reverse

from directory.actions import organizations
from directory.actions.proposals import present_document
from directory.models import Door, Proposal, ProposalContact
from tests.factories import make_organization, make_place, make_term
from tests.merges.steps import merge
from tests.web.proposal_pages import NEW, filled_in, form_of, no_counts, sent_from, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(no_counts.__name__)]

HIDDEN = {"country": "US", "street": "13 Verborgen Street", "precision": "hidden"}
SHOWN = {"country": "US", "locality": "Takoma Park", "place": "us/maryland/takoma-park"}


def page_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_new_enterprise_is_sent_and_gets_a_number(client):
    response = client.post(NEW, filled_in(sender_email="visitor@example.org"))

    proposal = Proposal.objects.get()
    assert response["Location"] == reverse("proposal-status", args=[proposal.reference])
    assert proposal.reference in page_of(client.get(response["Location"]))
    [location] = proposal.document["locations"]
    assert (location["place"], location["locality"]) == ("us/maryland/takoma-park", "Takoma Park")
    assert (location["street"], location["precision"]) == ("1 Example Street", "exact")
    assert proposal.region == "us/maryland"
    assert ProposalContact.objects.get().email == "visitor@example.org"


def test_an_empty_form_asks_for_the_town_too_and_says_when_it_is_not_needed(client):
    page = client.get(NEW).content.decode()
    refused = client.post(NEW, {"stamp": stamp()}).content.decode()

    assert "Town (needed, unless it has no place)" in page
    assert 'href="#at-town"' in refused
    assert "Say in which town it is." in refused


def test_at_most_seven_things_are_needed(client):
    page = page_of(client.get(NEW))

    assert page.count("(needed)") <= 7


def test_what_is_missing_is_said_above_and_at_the_field_in_the_same_words(client):
    response = client.post(NEW, {"stamp": stamp(), "note": "kept"})

    page = page_of(response)
    assert "<title>Error: " in page
    assert page.count("Give the name of the organization.") == 2
    assert '<a href="#name">Give the name of the organization.</a>' in page
    assert 'aria-invalid="true"' in page
    assert "kept</textarea>" in page
    targets = set(re.findall(r'<a href="#([^"]+)">', page.partition('id="problem"')[2][:4000]))
    for target in targets:
        assert f'id="{target}"' in page


def test_faults_are_listed_in_the_order_of_the_page(client):
    faults = client.post(NEW, {"stamp": stamp(), "shown": "exact"}).context["faults"]

    assert [target for target, _words in faults] == [
        "name",
        "summary",
        "types",
        "at-town",
        "relation",
    ]


def test_every_field_is_kept_when_something_is_wrong(client):
    sent = filled_in(
        name="",
        summary="Bread & <b>cake</b>",
        areas="Takoma Park",
        phone="+1 202 555 0142",
        email="bread@example.org",
        website="example.org",
        evidence="The bylaws",
        note="Two\nlines",
        sender_email="visitor@example.org",
        shown="town",
        relation="member",
        **{"at-postcode": "20912", "at-opening_hours": "24/7", "at-wheelchair": "yes"},
    )

    form = client.post(NEW, sent).context["form"]

    shown = {field.html_name: field.value() for f in (form, form.place) for field in f}
    assert {name: shown[name] for name in sent if name != "stamp"} == {
        name: value for name, value in sent.items() if name != "stamp"
    }


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"website": "no address"}, "Write a web address"),
        ({"phone": "12"}, "Write the number"),
        ({"email": "nobody"}, "Write an e-mail address"),
        ({"sender_email": "nobody"}, "Write an e-mail address"),
        ({"at-opening_hours": "when we like"}, "Write hours like"),
        ({"at-town": "Nowhereville"}, "We do not know the town “Nowhereville”"),
        ({"areas": "Nowhereville"}, "We do not know the place"),
        ({"types": []}, "Choose at least one type"),
        ({"types": ["nonsense"]}, "Select a valid choice"),
        ({"at-town": ""}, "Say in which town"),
        (
            {"summary": "x" * 301},
            "in a sentence or two: write at most 300 characters; this has 301.",
        ),
        ({"areas": "x" * 301}, f"We do not know the place {'x' * 60}…"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(client, fields, words):
    page = page_of(client.post(NEW, filled_in(**fields)))

    assert page.count(words) == 2
    assert not Proposal.objects.exists()


def test_a_browser_cuts_no_text_of_several_lines_off_in_silence(client):
    page = page_of(client.get(NEW))

    assert '<textarea name="summary"' in page
    assert not re.search(r"<textarea[^>]*maxlength", page)


def test_numbers_and_addresses_may_be_typed_as_people_do(client):
    client.post(
        NEW,
        filled_in(
            phone=" (202) 555-0142 ", website=" www.example.org ", **{"at-town": " takoma  park "}
        ),
    )

    document = Proposal.objects.get().document
    assert document["phone"] == "+12025550142"
    assert document["website"] == "https://www.example.org"
    assert document["locations"][0]["place"] == "us/maryland/takoma-park"


def test_a_town_of_which_there_are_two_is_asked_back(client):
    make_place("us/example/takoma-park", population=1)

    page = page_of(client.post(NEW, filled_in()))
    assert "Which place is meant?" in page
    client.post(NEW, filled_in(**{"at-place": "us/example/takoma-park"}))

    assert Proposal.objects.get().document["locations"][0]["place"] == "us/example/takoma-park"


def test_towns_of_the_very_name_are_offered_largest_first_and_few(client):
    small = [f"us/region-{number}/takoma-park" for number in range(6)]
    for number, path in enumerate(small):
        make_place(path, population=20 - number)
    make_place("us/example/elsewhere", population=1, names=("Takoma Park",))

    form = client.post(NEW, filled_in()).context["form"].place
    offered = [path for path, _words in form.asked_back]

    assert len(offered) <= 6
    assert offered[:2] == ["us/maryland/takoma-park", small[0]]
    assert "us/example/elsewhere" not in offered


def test_a_town_is_not_taken_for_a_smaller_one_of_the_very_name(client):
    make_place("es/andalusia/seville", population=680_000, names=("Sevilla",))
    make_place("co/valle-del-cauca/sevilla", population=40_000)

    form = client.post(NEW, filled_in(**{"at-town": "Sevilla"})).context["form"].place
    offered = [path for path, _words in form.asked_back]
    assert offered == ["es/andalusia/seville", "co/valle-del-cauca/sevilla", "-"]
    client.post(NEW, filled_in(**{"at-town": "Sevilla", "at-place": offered[0]}))

    assert Proposal.objects.get().document["locations"][0]["place"] == "es/andalusia/seville"


def test_the_largest_town_of_a_name_is_taken_without_asking(client):
    make_place("us/example/elsewhere", population=1, names=("Takoma Park",))

    client.post(NEW, filled_in())

    assert Proposal.objects.get().document["locations"][0]["place"] == "us/maryland/takoma-park"


def test_a_choice_of_before_is_not_taken_for_another_town(client):
    make_place("us/ohio/springfield")
    make_place("us/illinois/springfield")
    chosen = {"at-town": "Springfield", "at-place": "us/maryland/takoma-park"}

    page = page_of(client.post(NEW, filled_in(**chosen)))

    assert page.count("Which place is meant by “Springfield”?") == 2


def test_a_slip_of_the_pen_in_a_town_is_asked_back(client):
    page = page_of(client.post(NEW, filled_in(**{"at-town": "Takoma Prak"})))
    assert "We do not know the town “Takoma Prak”" in page
    chosen = {"at-town": "Takoma Prak", "at-place": "us/maryland/takoma-park"}
    client.post(NEW, filled_in(**chosen))

    assert Proposal.objects.get().document["locations"][0]["locality"] == "Takoma Park"


def test_all_faults_are_told_at_once(client):
    typed = {
        "at-town": "Nowhereville",
        "at-opening_hours": "when we like",
        "areas": "Nowhere\nNeverland",
        "website": "no address",
        "phone": "12",
        "email": "nobody",
        "relation": "",
    }

    faults = client.post(NEW, filled_in(**typed)).context["faults"]

    assert [target for target, _words in faults] == [
        "at-town", "at-opening_hours", "areas", "areas", "website", "phone", "email", "relation",
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["at-town", "shown"])
def test_what_follows_from_a_fault_is_not_told_beside_it(client, field):
    sent = filled_in(phone="202 555 0142", **{field: "Nowhereville"})

    assert [target for target, _words in client.post(NEW, sent).context["faults"]] == [field]


def test_a_town_that_nobody_knows_is_taken_with_its_country(client):
    client.post(NEW, filled_in(**{"at-town": "Nowhereville", "at-country": "US"}))

    [location] = Proposal.objects.get().document["locations"]
    assert (location["locality"], location["country"], location["place"]) == (
        "Nowhereville",
        "US",
        "",
    )


def test_an_enterprise_without_a_place_works_online(client):
    client.post(NEW, filled_in(shown="online", **{"at-town": "", "at-street": ""}))

    document = Proposal.objects.get().document
    assert document["locations"] == []
    assert [area["kind"] for area in document["service_areas"]] == ["online"]


def test_look_alikes_are_shown_before_anything_is_sent(client):
    listed = make_organization("Example Bakery Co-op")

    page = page_of(client.post(NEW, filled_in(name="Example Bakery Coop")))
    assert "Is it one of these?" in page
    assert listed.get_absolute_url() in page
    assert not Proposal.objects.exists()

    client.post(NEW, filled_in(name="Example Bakery Coop", none_of_these="on"))
    assert Proposal.objects.count() == 1


def test_whether_it_is_listed_can_be_checked_with_the_name_alone(client):
    make_organization("Example Bakery Co-op")

    page = page_of(client.post(NEW, {"name": "Example Bakery", "check": "1", "note": "kept"}))

    assert "Is it one of these?" in page
    assert "There is a problem" not in page
    assert "kept</textarea>" in page
    assert "Nothing that looks alike" in page_of(client.post(NEW, {"name": "Zzz", "check": "1"}))


def test_what_was_typed_comes_along_to_the_listing_that_was_meant_as_a_correction(client):
    make_term("repairs", scheme="sector")
    listed = make_organization(
        "Example Bakery Co-op",
        website="https://example.org/",
        phone="+12025550142",
        phone_is_public=True,
    )
    typed = filled_in(
        name="example bakery  co-op",
        sectors=["repairs"],
        website="www.example.org",
        phone="(202) 555-0142",
        email="bread@example.org",
        note="Moved in May",
        sender_email="visitor@example.org",
    )
    offered = page_of(client.post(NEW, typed))
    assert f'name="this_one" value="{listed.slug}"' in offered

    brought = client.post(NEW, typed | {"this_one": listed.slug, "stamp": stamp(age=0)})

    assert not Proposal.objects.exists()
    assert 'id="problem"' not in page_of(brought)
    assert [each[1:] for each in brought.context["differs"]] == [
        ("What it does, in a sentence or two", listed.summary, "Bread, made together."),
        ("Type", "Worker cooperative", "Worker cooperative, Bakery"),
        ("What it works in", "", "Repairs"),
        ("E-mail, to be shown", "", "bread@example.org"),
        ("Street and number", "", "1 Example Street"),
    ]

    client.post(reverse("organization-suggest", args=[listed.slug]), sent_from(brought.context))
    proposal = Proposal.objects.get()
    base = proposal.base_revision.document
    assert {n for n, value in proposal.document.items() if value != base[n]} == {
        "summary",
        "claims",
        "email",
        "email_is_public",
        "locations",
    }
    assert proposal.note == "Moved in May"
    assert proposal.contact.email == "visitor@example.org"


@pytest.mark.parametrize("areas", ["Nowhere at all", "x"])
def test_an_area_that_nobody_knows_is_told_also_where_it_works_online_too(client, areas):
    listed = make_organization("Example Bakery")
    url = reverse("organization-suggest", args=[listed.slug])
    sent = sent_from(client.get(url).context) | {"areas": areas, "online": "on"}

    assert "areas" in client.post(url, sent).context["form"].errors
    brought = client.post(
        NEW, filled_in(shown="online") | {"areas": areas, "this_one": listed.slug}
    )
    assert brought.status_code == 200
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("shown", "place"),
    [("town", ("Greenbelt", "town")), ("hidden", None), ("online", None)],
)
def test_another_town_comes_along_as_another_place_and_a_hidden_one_for_editors_only(
    client, shown, place
):
    make_place("us/maryland/greenbelt")
    listed = make_organization("Example Bakery")
    typed = filled_in(shown=shown, **{"at-town": "Greenbelt, Maryland"})

    brought = client.post(NEW, typed | {"this_one": listed.slug})
    url = reverse("organization-suggest", args=[listed.slug])
    client.post(url, sent_from(brought.context))

    proposal = Proposal.objects.get()
    added = proposal.document["locations"][1:]
    assert [(each["locality"], each["precision"]) for each in added] == [place] * bool(place)
    assert ("1 Example Street, Greenbelt" in proposal.note) == (shown == "hidden")
    online = [area["kind"] == "online" for area in proposal.document["service_areas"]]
    assert online == [True] * (shown == "online")


@pytest.mark.parametrize("meant", ["no-such-listing", "\x00", "../admin", "x" * 3_000, "gone"])
def test_where_the_listing_that_was_meant_is_not_shown_what_was_typed_is_kept(client, meant):
    gone = make_organization("Example Garden")
    organizations.withdraw(gone, by=None, door=Door.ADMIN)

    slug = gone.slug if meant == "gone" else meant
    page = page_of(client.post(NEW, {"name": "Zzz", "note": "kept", "this_one": slug}))

    assert "<h1>Add a listing</h1>" in page
    assert "kept</textarea>" in page


def test_what_was_typed_comes_along_to_the_listing_that_another_was_merged_into(client):
    kept, gone = make_organization("Example Bakery"), make_organization("Example Garden")
    merge(gone, kept)

    brought = client.post(NEW, {"name": "Example Garden", "this_one": gone.slug})

    assert brought.context["organization"] == kept
    assert brought.context["form"]["name"].value() == "Example Garden"


def test_a_listing_that_is_no_longer_shown_is_not_told_as_a_look_alike(client):
    listed = make_organization("Example Bakery Co-op")
    organizations.unpublish(listed, by=None, door=Door.ADMIN)

    assert "Example Bakery Co-op" not in page_of(
        client.post(NEW, {"name": "Example Bakery Co-op", "check": "1"})
    ).replace('value="Example Bakery Co-op"', "")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"fax": "555"}, "trap for programs"),
        ({"age": 0}, "quicker than people type"),
        ({"stamp": "forged"}, "quicker than people type"),
        ({"stamp": ""}, "quicker than people type"),
    ],
)
def test_programs_are_kept_out_without_a_puzzle(client, fields, words):
    if "age" in fields:
        fields = {"stamp": stamp(**fields)}

    page = page_of(client.post(NEW, filled_in(**fields)))

    assert words in page
    assert 'value="Example Bakery"' in page
    assert not Proposal.objects.exists()


def test_a_form_sent_twice_counts_once(client):
    sent = filled_in()

    first, second = client.post(NEW, sent), client.post(NEW, sent)

    assert first["Location"] == second["Location"]
    assert Proposal.objects.count() == 1


def test_a_flood_from_one_address_is_stopped_and_what_was_typed_is_kept(client, settings):
    settings.PROPOSALS_PER_HOUR = 1
    client.post(NEW, filled_in())

    response = client.post(NEW, filled_in(name="Another Example", none_of_these="on"))

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert 'value="Another Example"' in response.content.decode()
    assert (
        client.post(NEW, filled_in(name="Third Example"), REMOTE_ADDR="10.1.1.1").status_code == 302
    )


def test_behind_a_proxy_the_address_that_it_names_counts(client, settings):
    settings.PROPOSALS_PER_HOUR = 1
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}

    def send(name: str, address: str) -> int:
        sent = filled_in(name=name, none_of_these="on")
        return client.post(NEW, sent, HTTP_X_FORWARDED_FOR=f"6.6.6.6, {address}").status_code

    assert send("One Example", "10.0.0.1") == 302
    assert send("Two Example", "10.0.0.2") == 302
    assert send("Three Example", "10.0.0.1") == 429
    assert send("Four Example", "2001:db8::1") == 302
    assert send("Five Example", "2001:db8::2") == 429


def test_the_form_of_a_listing_is_filled_in_and_sends_only_what_differs(client):
    listing = make_organization("Example Bakery", values=("deepens-democracy",))
    url, sent = form_of(client, listing)
    assert sent["name"] == "Example Bakery"
    assert sent["at-0-town"].startswith("Takoma Park")

    client.post(url, sent | {"summary": "Bread and cake."})

    proposal = Proposal.objects.get()
    base = proposal.base_revision.document
    assert {n: v for n, v in proposal.document.items() if v != base[n]} == {
        "summary": "Bread and cake."
    }
    listing.refresh_from_db()
    assert listing.summary != "Bread and cake."


def test_an_untouched_form_says_that_nothing_differs(client):
    url, sent = form_of(
        client, make_organization(service_areas=[{"kind": "country", "country": "US"}])
    )

    assert "Nothing differs" in page_of(client.post(url, sent))


def test_hidden_addresses_are_neither_shown_nor_lost(client):
    make_place("us/maryland/takoma-park")
    listing = make_organization(place=None, locations=[HIDDEN, SHOWN])
    url, sent = form_of(client, listing)
    assert "Verborgen" not in page_of(client.get(url))

    client.post(url, sent | {"at-1-opening_hours": "24/7"})
    page = page_of(client.post(url, sent | {"website": "no address"}))

    assert "Verborgen" not in page
    first, second = Proposal.objects.get().document["locations"]
    assert first["street"] == HIDDEN["street"]
    assert second["opening_hours"] == "24/7"


def test_an_address_that_is_shown_as_its_town_keeps_its_street(client):
    make_place("us/maryland/takoma-park")
    at = SHOWN | {"street": "13 Verborgen Street", "precision": "town"}
    url, sent = form_of(client, make_organization(place=None, locations=[at]))
    assert "at-0-street" not in sent

    client.post(url, sent | {"at-0-wheelchair": "yes"})

    [location] = Proposal.objects.get().document["locations"]
    assert (location["street"], location["wheelchair"]) == ("13 Verborgen Street", "yes")


def test_a_new_street_takes_the_old_point_away(client):
    url, sent = form_of(client, make_organization())

    client.post(url, sent | {"at-0-street": "2 Other Street"})

    [location] = Proposal.objects.get().document["locations"]
    assert (location["street"], location["latitude"]) == ("2 Other Street", None)
    assert location["place"] == "us/maryland/takoma-park"


def test_places_can_be_added_and_said_to_be_gone(client):
    make_place("us/maryland/greenbelt")
    url, sent = form_of(client, make_organization())

    client.post(url, sent | {"at-0-gone": "on", "at-new-town": "Greenbelt"})

    [location] = Proposal.objects.get().document["locations"]
    assert (location["place"], location["precision"]) == ("us/maryland/greenbelt", "town")


def test_a_street_without_its_town_is_asked_for_and_not_dropped(client):
    url, sent = form_of(client, make_organization())

    page = page_of(client.post(url, sent | {"at-new-street": "9 Example Street"}))

    assert page.count("Say in which town it is.") == 2


def test_terms_ticked_and_unticked_change_claims(client):
    url, sent = form_of(client, make_organization(types=("bakery", "worker-cooperative")))

    client.post(url, sent | {"types": ["worker-cooperative"], "values": []})

    assert [claim["code"] for claim in Proposal.objects.get().document["claims"]] == [
        "worker-cooperative"
    ]


def test_a_circle_that_is_served_stays_where_areas_change(client):
    make_place("us/maryland/greenbelt")
    circle = {"kind": "radius", "latitude": 38.98765, "longitude": -77.01234, "radius_km": 10}
    listing = make_organization(service_areas=[circle])
    url, sent = form_of(client, listing)
    assert "38.98765" not in page_of(client.get(url))

    client.post(url, sent | {"areas": "Greenbelt", "online": "on"})

    areas = Proposal.objects.get().document["service_areas"]
    assert [area["kind"] for area in areas] == ["radius", "place", "online"]
    assert areas[0]["latitude"] == 38.98765


def test_what_an_editor_changed_meanwhile_is_no_part_of_the_proposal(client):
    listing = make_organization()
    url, sent = form_of(client, listing)
    edited = present_document(listing) | {"website": "https://editor.example.org"}
    organizations.edit(listing, edited, by=None, door=Door.ADMIN)

    client.post(url, sent | {"summary": "Bread and cake."})

    proposal = Proposal.objects.get()
    assert proposal.base_revision.version == int(sent["version"])
    assert proposal.document["website"] == ""


@pytest.mark.parametrize("version", ["", "0", "-1", "99999999999999999999", "٣", "1 or 1", "\x00"])
def test_a_version_that_is_none_of_ours_means_the_newest(client, version):
    url, sent = form_of(client, make_organization())

    response = client.post(url, sent | {"version": version, "summary": "Bread and cake."})

    assert response.status_code == 302


@pytest.mark.parametrize("page", ["suggest", "report"])
def test_a_listing_that_is_not_shown_has_no_form(client, page):
    never = make_organization(published=False)
    gone = make_organization()
    organizations.withdraw(gone, by=None, door=Door.ADMIN)

    assert client.get(f"/organizations/{never.slug}/{page}/").status_code == 404
    assert client.get(f"/organizations/{gone.slug}/{page}/").status_code == 410
    assert client.get(f"/organizations/nothing-here/{page}/").status_code == 404


def test_a_report_says_what_is_wrong(client):
    listing = make_organization()
    url = reverse("organization-report", args=[listing.slug])

    page = page_of(client.post(url, {"reason": "moved", "stamp": stamp()}))
    assert page.count("Tell us more, so that an editor can find it.") == 2
    client.post(url, {"reason": "moved", "note": "To Greenbelt", "stamp": stamp()})

    report = Proposal.objects.get()
    assert (report.report_reason, report.note, report.organization) == (
        "moved",
        "To Greenbelt",
        listing,
    )


def test_to_be_taken_out_takes_no_reason_and_the_day_is_told(client):
    listing = make_organization()
    url = reverse("organization-report", args=[listing.slug])

    response = client.post(url, {"reason": "remove_me", "stamp": stamp()}, follow=True)

    assert f'datetime="{Proposal.objects.get().due_on.isoformat()}"' in page_of(response)


def test_pages_lead_to_the_forms(client):
    listing = make_organization()

    page = page_of(client.get(listing.get_absolute_url()))
    assert reverse("organization-suggest", args=[listing.slug]) in page
    assert reverse("organization-report", args=[listing.slug]) in page
    for address in ("/", "/organizations/?q=zzzzqqqq"):
        assert f'href="{NEW}"' in page_of(client.get(address))


def test_forms_ask_no_more_of_the_database_for_longer_listings(client, queries_of):
    towns = [f"us/maryland/town-{letter}" for letter in "abcdef"]
    for town in towns:
        make_place(town)

    def at(paths):
        return [{"country": "US", "locality": p[-1], "place": p} for p in paths]

    one = make_organization(place=None, locations=at(towns[:1]))
    six = make_organization(place=None, locations=at(towns))

    few, many = (queries_of(reverse("organization-suggest", args=[o.slug])) for o in (one, six))
    assert many - few <= 0
