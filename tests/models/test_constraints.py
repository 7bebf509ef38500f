"""The database itself refuses what must never be; one case for each named constraint."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from directory.actions import erasures, merges, proposals
from directory.actions.facts import say_still_right
from directory.actions.jobs import enlist
from directory.actions.mail import queue_mail
from directory.actions.proposals import Sender
from directory.models import (
    Changeset,
    Claim,
    Door,
    Duplicate,
    Erasure,
    Exclusion,
    Fact,
    FactConfirmation,
    Finding,
    Gap,
    Identifier,
    Job,
    LinkCheck,
    Location,
    LogCounter,
    Mail,
    Merge,
    Network,
    NetworkApproval,
    NetworkMember,
    Organization,
    Place,
    Proposal,
    ProposalContact,
    Reminder,
    ReportReason,
    Revision,
    ServiceArea,
    Source,
    SourceRecord,
    SpeakingRequest,
    Spokesperson,
    Term,
    VerificationEvent,
)
from tests.factories import (
    make_gap,
    make_network,
    make_organization,
    make_place,
    make_source,
    make_term,
    make_user,
)
from tests.models.importing import GIVEN_ONCE, IMPORTS, make_imports

pytestmark = pytest.mark.django_db

TOWN = "us/maryland/takoma-park"
NOON = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
ORGANIZATION = [
    ("organization_has_a_name", {"name": ""}),
    ("organization_uid_is_a_ulid", {"uid": "not-a-ulid"}),
    ("organization_publication_is_known", {"publication": "secret"}),
    ("organization_lifecycle_is_known", {"lifecycle": "asleep"}),
    ("organization_is_dated_once_published", {"publication": "published"}),
    ("organization_is_dated_once_published", {"published_at": NOON}),
    ("organization_names_what_it_was_merged_into", {"publication": "merged"}),
    ("organization_founded_is_a_partial_date", {"founded": "May 1998"}),
    ("organization_closed_is_a_partial_date", {"closed": "1998-13"}),
    ("organization_verification_is_known", {"verification": 9}),
]


def refused(rows, fields: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**fields)


@pytest.mark.parametrize(("name", "fields"), ORGANIZATION)
def test_the_database_refuses_an_organization_that_breaks(name, fields):
    draft = make_organization(published=False)

    refused(Organization.objects.filter(pk=draft.pk), fields)


PARTS = [
    ("location_has_both_coordinates_or_none", Location, {"latitude": None}),
    ("location_is_on_earth", Location, {"latitude": 91.0}),
    ("location_precision_is_known", Location, {"precision": "roughly"}),
    ("location_country_is_a_code", Location, {"country": "us"}),
    (
        "location_is_somewhere",
        Location,
        {"place": None, "country": "", "latitude": None, "longitude": None},
    ),
    ("claim_says_who_says_so", Claim, {"asserted_by": "gossip"}),
    ("claim_names_its_peer", Claim, {"asserted_by": "peer"}),
    (
        "claim_holds_after_it_was_checked",
        Claim,
        {"checked_on": "2026-05-01", "valid_until": "2026-04-30"},
    ),
    ("identifier_scheme_is_a_list_code", Identifier, {"scheme": "companies house"}),
    ("identifier_has_a_value", Identifier, {"value": ""}),
    ("service_area_fits_its_kind", ServiceArea, {"kind": "radius"}),
    ("service_area_country_is_a_code", ServiceArea, {"kind": "country", "country": "uy"}),
    (
        "service_area_circle_is_on_earth",
        ServiceArea,
        {"kind": "radius", "latitude": 0.0, "longitude": 0.0, "radius_km": 4000.0},
    ),
    ("revision_kind_is_known", Revision, {"kind": "forgotten"}),
]


@pytest.mark.parametrize(("name", "model", "fields"), PARTS)
def test_the_database_refuses_a_part_that_breaks(name, model, fields):
    make_organization(
        identifiers=[{"scheme": "GB-COH", "value": "12345678"}], service_areas=[{"kind": "online"}]
    )

    refused(model.objects.all(), fields)


def test_the_database_refuses_the_same_claim_twice_by_the_same_side():
    claim = make_organization().claims.get()
    claim.pk = None

    with pytest.raises(IntegrityError):
        claim.save()


def test_the_database_refuses_the_same_claim_of_one_source_twice():
    claim = make_organization().claims.get()
    Claim.objects.update(source=make_source())
    claim.refresh_from_db()
    claim.pk = None

    with pytest.raises(IntegrityError):
        claim.save()


@pytest.mark.parametrize("model", [Identifier, SourceRecord])
def test_the_database_refuses_the_same_number_twice(model):
    make_organization(identifiers=[{"scheme": "GB-COH", "value": "12345678"}])
    row = model.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError):
        row.save()


def test_the_database_refuses_two_revisions_of_one_version():
    organization = make_organization()
    row = Revision.objects.filter(organization=organization).first()
    row.pk, row.sequence = None, 999

    with pytest.raises(IntegrityError):
        row.save()


TERMS = [
    ("term_scheme_is_known", {"scheme": "colour"}),
    ("term_code_is_lower_case_words", {"code": "Worker Cooperative"}),
    ("term_is_not_its_own_parent", {"parent": models.F("id")}),
]


@pytest.mark.parametrize(("name", "fields"), TERMS)
def test_the_database_refuses_a_term_that_breaks(name, fields):
    make_term()

    refused(Term.objects.all(), fields)


def test_the_database_refuses_a_code_twice_in_a_scheme():
    make_term("timebank")

    with pytest.raises(IntegrityError):
        Term.objects.create(scheme="type", code="timebank", labels={"en": "Timebank"})


PLACES = [
    ("place_kind_is_known", {"kind": "village"}),
    ("place_path_is_country_region_town", {"path": "Takoma Park"}),
    ("place_is_on_earth", {"longitude": 181.0}),
    ("place_lies_in_another_unless_a_country", {"parent": None}),
]


@pytest.mark.parametrize(("name", "fields"), PLACES)
def test_the_database_refuses_a_place_that_breaks(name, fields):
    make_place(TOWN)

    refused(Place.objects.filter(path=TOWN), fields)


def test_the_database_refuses_a_name_of_a_place_twice():
    name = make_place(TOWN).names.get()
    name.pk = None

    with pytest.raises(IntegrityError):
        name.save()


OTHERS = [
    ("source_has_a_name", Source, {"name": ""}),
    ("source_licence_is_known", Source, {"licence": "finders-keepers"}),
    ("changeset_came_through_a_door", Changeset, {"door": "window"}),
    ("log_counter_is_one_row", LogCounter, {"id": 2}),
]
GAPS = [
    ("gap_names_a_term_by_scheme_and_code", {"scheme": "type"}),
    ("gap_is_of_a_term_or_of_words", {"scheme": "type", "code": "timebank"}),
    ("gap_is_of_something", {"words": "", "digest": ""}),
    ("gap_has_its_words_once_many_share_them", {"count": 4}),
    ("gap_has_its_words_once_many_share_them", {"words": ""}),
    ("gap_tells_no_day", {"month": "2026-11-02"}),
    ("gap_was_searched_for", {"count": 0}),
]


@pytest.mark.parametrize(("name", "model", "fields"), OTHERS)
def test_the_database_refuses_other_rows_that_break(name, model, fields):
    make_organization()

    refused(model.objects.all(), fields)


@pytest.mark.parametrize("fields", [{"level": 7}, {"level": 4, "peer_name": ""}])
def test_the_database_refuses_a_verification_that_breaks(fields):
    VerificationEvent.objects.create(
        organization=make_organization(), level=2, happened_on="2026-05-01"
    )

    refused(VerificationEvent.objects.all(), fields)


@pytest.mark.parametrize(("name", "fields"), GAPS)
def test_the_database_refuses_a_gap_that_breaks(name, fields):
    make_gap("childcare", count=5)

    refused(Gap.objects.all(), fields)


@pytest.mark.parametrize("path", [None, TOWN])
def test_the_database_refuses_a_gap_twice_a_month(path):
    place = path and make_place(path)
    make_gap("childcare", count=5, place=place)

    with pytest.raises(IntegrityError):
        make_gap("childcare", count=9, place=place)


PROPOSALS = [
    ("proposal_reference_can_be_read_aloud", Proposal, {"reference": "0000-0000-0000"}),
    ("proposal_kind_is_known", Proposal, {"kind": "poem", "report_reason": "", "document": {}}),
    ("proposal_says_what_is_wrong_if_it_is_a_report", Proposal, {"report_reason": "ugly"}),
    ("proposal_holds_a_document_unless_it_is_a_report", Proposal, {"document": {}}),
    ("proposal_says_what_it_was_made_from_unless_new", Proposal, {"base_revision": None}),
    ("proposal_relation_is_known", Proposal, {"relation": "cousin"}),
    ("proposal_risk_is_known", Proposal, {"risk": 9}),
    ("proposal_is_due_if_it_asks_for_removal", Proposal, {"due_on": None}),
    ("proposal_state_is_known", Proposal, {"state": "lost", "decided_at": NOON}),
    ("proposal_is_dated_once_decided", Proposal, {"state": "accepted"}),
    ("proposal_contact_has_an_address", ProposalContact, {"email": ""}),
]


@pytest.mark.parametrize(("name", "model", "fields"), PROPOSALS)
def test_the_database_refuses_a_proposal_that_breaks(name, model, fields):
    sender = Sender("en", email="visitor@example.org")
    proposals.report(make_organization(), ReportReason.REMOVE_ME, sender=sender)

    refused(model.objects.all(), fields)


def test_the_database_refuses_that_somebody_decided_what_is_open():
    proposals.report(make_organization(), ReportReason.CLOSED, sender=Sender("en"))

    refused(Proposal.objects.all(), {"decided_by": make_user()})


WORK = [
    ("mail_state_is_known", Mail, {"state": "lost"}),
    ("mail_goes_to_somebody", Mail, {"recipient": ""}),
    ("mail_is_dated_once_sent", Mail, {"state": "sent"}),
    ("job_has_a_name", Job, {"name": ""}),
    ("job_lease_has_an_end", Job, {"lease": "mine"}),
    (
        "job_in_quarantine_is_nobodys",
        Job,
        {"lease": "mine", "lease_until": NOON, "quarantined_at": NOON},
    ),
    ("link_check_has_an_address", LinkCheck, {"url": ""}),
    ("link_check_dates_its_failures", LinkCheck, {"failures": 1}),
    ("link_check_is_flagged_only_while_failing", LinkCheck, {"flagged_at": NOON}),
    ("changeset_came_through_a_door", Changeset, {"door": "window"}),
    ("finding_kind_is_known", Finding, {"kind": "too_blue"}),
]


@pytest.mark.parametrize(("name", "model", "fields"), WORK)
def test_the_database_refuses_background_work_that_breaks(name, model, fields):
    listing = make_organization(website="https://example.org/")
    queue_mail("a@example.org", "Hello", "Text", "en", "test")
    enlist(["sweep"])
    LinkCheck.objects.create(organization=listing, url=listing.website, next_check_at=NOON)
    Finding.objects.create(organization=listing, kind="no_hours")

    refused(model.objects.all(), fields)


FACTS = [
    ("fact_is_known", FactConfirmation, {"fact": "colour"}),
    ("fact_has_a_known_witness", FactConfirmation, {"witness": "cousin"}),
    (
        "fact_is_part_of_a_check_unless_a_visitor_says_so",
        FactConfirmation,
        {"witness": "editor"},
    ),
    ("reminder_answer_is_dated", Reminder, {"answer": "closed"}),
    ("reminder_answer_is_known", Reminder, {"answer": "maybe", "answered_at": NOON}),
    ("erasure_says_why", Erasure, {"reason": ""}),
]


@pytest.mark.parametrize(("name", "model", "fields"), FACTS)
def test_the_database_refuses_what_breaks_about_confirming_and_erasing(name, model, fields):
    listing = make_organization(email="a@example.org")
    say_still_right(listing, facts=[Fact.EXISTS])
    Reminder.objects.create(organization=listing, address_digest="example")
    wish = erasures.Wish(fields=["email"])
    erasures.erase(listing, wish, by=None, door="command", reason="A person asked")

    refused(model.objects.all(), fields)


def test_the_database_refuses_two_words_of_visitors_on_one_day():
    say_still_right(make_organization(), facts=[Fact.EXISTS])
    again = FactConfirmation.objects.get()
    again.pk = None

    with pytest.raises(IntegrityError):
        again.save()


NETWORKS = [
    ("network_has_a_name", Network, {"name": ""}),
    ("network_kind_is_known", Network, {"kind": "club"}),
    ("network_says_what_becomes_of_edits", Network, {"enterprise_edits": "never"}),
    ("network_is_shown_with_its_method", Network, {"method": ""}),
    ("approval_holds_after_it_was_given", NetworkApproval, {"valid_until": "1999-01-01"}),
    ("exclusion_rule_is_known", Exclusion, {"rule": "rumour"}),
    ("exclusion_keeps_a_digest_only", Exclusion, {"digest": "Example Kitchen"}),
    ("exclusion_has_a_reason", Exclusion, {"reason": ""}),
    ("speaking_request_is_of_a_known_kind", SpeakingRequest, {"proof": "a hunch"}),
    ("speaking_request_is_dated_once_decided", SpeakingRequest, {"decided_at": timezone.now()}),
    ("speaking_request_is_dated_once_mailed", SpeakingRequest, {"state": "mailed"}),
    (
        "speaking_request_forgets_who_asked",
        SpeakingRequest,
        {"state": "declined", "decided_at": timezone.now()},
    ),
    ("spokesperson_showed_it_somehow", Spokesperson, {"proof": "a hunch"}),
]


@pytest.fixture
def networked(db) -> None:
    """A row of everything that networks, the register and spokespeople hold."""
    listing, network = make_organization(), make_network()
    NetworkApproval.objects.create(network=network, organization=listing, approved_on="2026-01-01")
    Exclusion.objects.create(rule="phone", digest="0" * 64, reason="They asked.")
    SpeakingRequest.objects.create(
        organization=listing, email="ana@example.org", name="Ana", proof="editor", state="waiting"
    )
    Spokesperson.objects.create(organization=listing, person=make_user(), proof="code")


@pytest.mark.parametrize(("name", "model", "fields"), NETWORKS)
def test_the_database_refuses_what_breaks_a_rule_of_networks(networked, name, model, fields):
    refused(model.objects.all(), fields)


@pytest.mark.parametrize("model", [NetworkMember, NetworkApproval, Spokesperson])
def test_the_database_refuses_the_same_tie_twice(networked, model):
    NetworkMember.objects.create(
        network=Network.objects.get(), organization=NetworkApproval.objects.get().organization
    )
    row = model.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError):
        row.save()


DUPLICATES = [
    ("duplicate_pair_is_in_order", Duplicate, {"second": F("first")}),
    ("duplicate_score_is_a_share", Duplicate, {"score": 1.5}),
    ("duplicate_status_is_known", Duplicate, {"status": "perhaps"}),
    ("duplicate_is_dated_once_decided", Duplicate, {"status": "not_duplicate"}),
    ("merge_is_of_two_listings", Merge, {"kept": F("absorbed")}),
    ("organization_is_not_merged_into_itself", Organization, {"merged_into": F("pk")}),
]


@pytest.fixture
def paired(db) -> None:
    """Two listings, one merged into the other, and what was known of them before."""
    one, other = make_organization("Kestrel"), make_organization("Harrier")
    Duplicate.objects.create(first=one, second=other, score=0.9)
    merges.merge(other, into=one, by=None, door=Door.ADMIN)
    Duplicate.objects.update(status="suggested", decided_at=None)


@pytest.mark.parametrize(("name", "model", "fields"), DUPLICATES)
def test_the_database_refuses_what_breaks_a_rule_of_merging(paired, name, model, fields):
    rows = model.objects.all()
    refused(rows.filter(publication="merged") if model is Organization else rows, fields)


@pytest.mark.parametrize("model", [Duplicate, Merge])
def test_the_database_refuses_the_same_pair_twice(paired, model):
    row = model.objects.get()
    row.pk = None
    if model is Merge:
        row.changeset = Changeset.objects.create(door="admin")

    with pytest.raises(IntegrityError):
        row.save()


def test_the_database_refuses_the_same_finding_twice(db):
    listing = make_organization()
    Finding.objects.create(organization=listing, kind="no_hours")

    with pytest.raises(IntegrityError):
        Finding.objects.create(organization=listing, kind="no_hours")


@pytest.mark.parametrize(("name", "model", "fields"), IMPORTS)
def test_the_database_refuses_what_breaks_a_rule_of_imports(db, name, model, fields):
    make_imports()

    refused(model.objects.all(), fields)


@pytest.mark.parametrize("model", GIVEN_ONCE.values())
def test_the_database_refuses_a_second_one_of_what_imports_hold_once(db, model):
    make_imports()
    row = model.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError):
        row.save()


def test_every_named_constraint_has_a_case_here():
    named = {
        constraint.name
        for model in apps.get_app_config("directory").get_models()
        for constraint in model._meta.constraints
    }
    tables = (ORGANIZATION, PARTS, TERMS, PLACES, OTHERS, GAPS, PROPOSALS, WORK, FACTS, NETWORKS)
    tables = (*tables, DUPLICATES, IMPORTS)
    cases = {case[0] for table in tables for case in table}
    tested_by_name = {
        "claim_is_made_once_by_each",
        "claim_without_source_is_made_once",
        "identifier_is_given_once",
        "source_record_is_given_once",
        "revision_numbers_follow_each_other",
        "term_code_is_unique_in_its_scheme",
        "place_has_a_name_once",
        "fact_is_confirmed_by_visitors_once_a_day",
        "proposal_is_decided_by_somebody_only_if_decided",
        "verification_level_is_known",
        "verification_names_its_peer",
        "finding_is_made_once_in_a_listing",
        "gap_is_counted_once_a_month",
        "gap_without_place_is_counted_once_a_month",
        "network_has_a_member_once",
        "network_approves_a_listing_once",
        "spokesperson_speaks_for_an_enterprise_once",
        "duplicate_pair_is_known_once",
        "merge_takes_a_listing_once",
    }

    assert named == cases | tested_by_name | {*GIVEN_ONCE}
