"""Networks care for listings, take in members, and approve by a method that anyone may read."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role
from directory.actions import networks, policies, remit
from directory.actions.policies import Action
from directory.models import Door, Network, NetworkApproval, Organization, Revision
from tests.factories import make_network, make_organization, make_place, make_term, make_user

pytestmark = pytest.mark.django_db


def editor_of(*several: Network):
    person = make_user(role=Role.EDITOR)
    for network in several:
        network.editors.add(person)
    return person


def test_without_any_network_every_editor_cares_for_everything():
    assert remit.covers(make_user(role=Role.EDITOR), make_organization())


def test_an_editor_cares_for_listings_in_the_area_of_their_network_and_for_no_others():
    maryland = make_network(places=["us/maryland"])
    here, there = make_organization(), make_organization(place="us/ohio/dayton")
    person = editor_of(maryland)

    assert policies.may(person, Action.ORGANIZATION_EDIT, here)
    assert not policies.may(person, Action.ORGANIZATION_EDIT, there)
    scoped = policies.scope(person, Action.ORGANIZATION_EDIT, Organization.objects.all())
    assert set(scoped) == {here}


def test_a_network_cares_for_listings_that_only_serve_its_area():
    make_place("us/maryland/takoma-park")
    served = make_organization(
        place="us/ohio/dayton", service_areas=[{"kind": "place", "place": "us/maryland"}]
    )

    assert remit.covers(editor_of(make_network(places=["us/maryland"])), served)


def test_the_steward_of_a_theme_cares_for_its_terms_and_all_narrower_ones(taxonomy):
    bakers = make_network(terms=[("sector", "food")])
    baker = make_organization(sectors=("food.baking",))
    weaver = make_organization(sectors=())

    assert remit.covers(editor_of(bakers), baker)
    assert not remit.covers(editor_of(bakers), weaver)


def test_area_and_theme_must_both_fit():
    make_term("food", scheme="sector")
    network = make_network(places=["us/maryland"], terms=[("sector", "food")])
    elsewhere = make_organization(place="us/ohio/dayton", sectors=("food",))

    assert not remit.covers(editor_of(network), elsewhere)


def test_members_are_cared_for_wherever_they_are():
    network = make_network()
    member = make_organization(place="us/ohio/dayton")
    networks.join(network, member, by=None, door=Door.ADMIN)

    assert remit.covers(editor_of(network), member)
    assert not remit.covers(editor_of(network), make_organization())


def test_an_editor_without_a_network_cares_for_nothing_once_there_are_networks():
    make_network(places=["us"])

    assert not remit.covers(make_user(role=Role.EDITOR), make_organization())


def test_joining_approving_and_leaving_are_in_the_log():
    network, listing = make_network(), make_organization()

    networks.join(network, listing, by=None, door=Door.ADMIN)
    approval = networks.approve(network, listing, by=None, door=Door.ADMIN)
    networks.take_back_approval(approval, by=None, door=Door.ADMIN, reason="closed")
    networks.leave(network, listing, by=None, door=Door.ADMIN)

    kinds = Revision.objects.filter(organization=listing).order_by("sequence")
    assert list(kinds.values_list("kind", flat=True))[-4:] == [
        "joined",
        "approved",
        "unapproved",
        "left",
    ]


def test_a_network_that_hides_its_method_approves_nothing():
    hidden = make_network(is_published=False)

    with pytest.raises(networks.NetworkRefused):
        networks.approve(hidden, make_organization(), by=None, door=Door.ADMIN)

    assert not NetworkApproval.objects.exists()


def test_a_newer_approval_takes_the_place_of_the_older():
    network, listing = make_network(), make_organization()
    networks.approve(network, listing, by=None, door=Door.ADMIN)
    newer = networks.approve(network, listing, by=None, door=Door.ADMIN)

    assert list(NetworkApproval.objects.standing()) == [newer]


def test_an_approval_stands_until_its_last_day():
    network, listing = make_network(), make_organization()
    day = datetime.date(2026, 5, 1)
    networks.approve(network, listing, by=None, door=Door.ADMIN, on=day, valid_until=day)

    assert NetworkApproval.objects.standing(day).exists()
    assert not NetworkApproval.objects.standing(day + datetime.timedelta(days=1)).exists()


@pytest.mark.parametrize(
    "act", [networks.leave, networks.join], ids=["leaving twice", "joining twice"]
)
def test_what_is_so_already_is_refused_and_leaves_no_trace(act):
    network, listing = make_network(), make_organization()
    if act is networks.join:
        networks.join(network, listing, by=None, door=Door.ADMIN)
    before = Revision.objects.count()

    with pytest.raises(networks.NetworkRefused):
        act(network, listing, by=None, door=Door.ADMIN)

    assert Revision.objects.count() == before


def test_a_network_is_shown_with_its_method_or_not_at_all():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_network(method="")
