"""The table of policies decides at every address: each route for each kind of person.

tests/routes.py has a row for each address. For each column here the answer is a yes or a no; where
it is a no, nothing in the database may have changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts import people
from accounts.models import User
from directory.actions import confirmations, exclusions, imports, proposals, speaking
from directory.actions.mail import queue_mail
from directory.actions.policies import TABLE, VISITOR, When
from directory.actions.proposals import Sender
from directory.documents import validate
from directory.exchange.imports import go_on_for_a_while
from directory.models import (
    Changeset,
    Door,
    Duplicate,
    Erasure,
    Job,
    LinkCheck,
    Network,
    NetworkMember,
    Organization,
    Place,
    Proposal,
    ReportReason,
    Revision,
    Source,
    SourceFeed,
    SourceMapping,
    Spokesperson,
    Term,
)
from tests.factories import make_document, make_network, make_organization, make_term, make_user
from tests.routes import EVERYBODY, NOBODY, ROWS, SIGNED_IN, STAFF, Row
from tests.second_factors import signed_in

# Each column of requests, and the column of the table that holds for it.
COLUMNS = {
    "visitor": VISITOR,
    "contributor": "contributor",
    "enterprise": "enterprise",
    "speaker": "enterprise",  # Speaks for the draft listing.
    "editor": "editor",  # The draft listing is within their remit.
    "outsider": "editor",  # It is not.
    "curator": "curator",
    "operator": "operator",
    "suspended": VISITOR,  # Was a curator; comes in as a visitor.
}
STAFF_COLUMNS = {"editor", "outsider", "curator", "operator"}
SIGNED_IN_COLUMNS = set(COLUMNS) - {"visitor", "suspended"}
# Sessions note when somebody was last here; nothing else may change on a no.
WATCHED_APPS = ("directory", "accounts", "account", "mfa", "auth", "admin")


@dataclass
class Cast:
    """Who knocks, and at what."""

    keys: dict[str, str]  # The session key of each column that has a session.
    gaps: dict[str, str]
    numbers: dict[str, int]  # The primary key of a row, by the name of its model.


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: object) -> Iterator[Cast]:
    """One set of people and things for all tests here; each test leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


def make_cast() -> Cast:
    for scheme, code in [("value", "deepens-democracy"), ("sector", "care")]:
        make_term(code, scheme=scheme)
    listing = make_organization("Open Bakery", slug="open-bakery")
    draft = make_organization("Draft Bakery", slug="draft-bakery", published=False)
    confirmations.verify(draft, by=None, door=Door.COMMAND, level=2, on=listing.created_at.date(),
                         note="Seen")  # fmt: skip
    persons = {
        column: make_user(column, role="curator" if column == "suspended" else role)
        for column, role in COLUMNS.items()
        if column != "visitor"
    }
    keys = {name: session_of(person) for name, person in persons.items()}
    people.suspend(persons["suspended"], by=persons["operator"], reason="Spam")
    own = make_organization("Own Bakery", slug="own-bakery")
    network = make_network_of(persons, draft, own)
    numbers = rows_about(draft, own)
    return Cast(
        keys=keys,
        gaps={
            "slug": listing.slug,
            "uid": listing.uid,
            "draft": draft.uid,
            "version": "1",
            "number": "1",
            "section": "organizations",
            "scheme": "type",
            "code": "worker-cooperative",
            "path": "us/maryland/takoma-park",
            "key": "not-a-key",
            "uidb36": "1",
            "url": "nothing-here/",
            "token": "no-token",
            "reference": Proposal.objects.get(pk=numbers["report"]).reference,
            "event": str(draft.verification_events.get().pk),
            "kept": str(own.pk),
        },
        numbers=numbers
        | {
            "network": network.pk,
            "organization": draft.pk,
            "listing": draft.pk,
            "revision": Revision.objects.filter(organization=draft).first().pk,
            "changeset": Changeset.objects.first().pk,
            "place": Place.objects.first().pk,
            "source": Source.objects.first().pk,
            "term": Term.objects.first().pk,
            "user": persons["contributor"].pk,
        },
    )


def make_network_of(persons: dict, *members: Organization) -> Network:
    """A network of these listings: the remit of `editor`; `speaker` speaks for each of them."""
    network = make_network("Example guild", slug="example-guild")
    make_network("Hidden guild", slug="hidden-guild", is_published=False)
    network.editors.add(persons["editor"])
    for organization in members:
        NetworkMember.objects.create(network=network, organization=organization)
        Spokesperson.objects.create(
            organization=organization, person=persons["speaker"], proof="mail"
        )
    return network


def rows_about(draft: Organization, own: Organization) -> dict[str, int]:
    """The numbers of one row each of what belongs to the listings, and of the machinery."""
    sender = Sender("en")
    letter = queue_mail("ana@example.org", "A letter", "Words", "en", "test")
    check = LinkCheck.objects.create(
        organization=draft, url="https://example.org", next_check_at=timezone.now()
    )
    asked = speaking.ask(
        draft, email="bea@example.org", name="Bea", statement="I bake there.", language="en"
    )
    put_in = exclusions.exclude(validate(make_document("Example shelter")), by=None, reason="Asked")
    source = Source.objects.first()
    feed = SourceFeed.objects.create(source=source)
    mapping = SourceMapping.objects.create(source=source, name="example", rules={"version": 1})
    file = imports.bring_in(b"name\nExample", source=source, file_name="a.csv", by=None,
                            door=Door.COMMAND)  # fmt: skip
    imports.read_with(file, {"version": 1})
    go_on_for_a_while(file)
    tombstone = Erasure.objects.create(organization=own, reason="Asked", revisions=1)
    return {
        "proposal": proposals.report(draft, ReportReason.CLOSED, sender=sender).pk,
        "report": proposals.report(own, ReportReason.CLOSED, sender=sender).pk,
        "spokesperson": draft.spokespeople.get().pk,
        "speakingrequest": asked.pk,
        "exclusion": put_in[0].pk,
        "erasure": tombstone.pk,
        "importrun": file.pk,
        "sourcefeed": feed.pk,
        "sourcemapping": mapping.pk,
        "mail": letter.pk,
        "job": Job.objects.create(name="example").pk,
        # Numbered as no proposal is.
        "duplicates": Duplicate.objects.create(pk=77, first=draft, second=own, score=0.9).pk,
        # Of a listing that somebody opened just now.
        "version": 2,
        "linkcheck": check.pk,
    }


def session_of(person: User) -> str:
    return signed_in(Client(), person).session.session_key


def knock(cast: Cast, column: str, row: Row, method: str = "") -> object:
    """The answer that somebody of the column gets at the row's address."""
    client = Client(raise_request_exception=False)
    if column in cast.keys:
        client.cookies[settings.SESSION_COOKIE_NAME] = cast.keys[column]
    data = {
        name: cast.numbers[value[1:]] if value.startswith("#") else value
        for name, value in row.data.items()
    }
    with transaction.atomic():
        answer = getattr(client, (method or row.method).lower())(address(cast, row), data)
        if hasattr(answer, "render") and not answer.is_rendered:
            answer.render()
        if may(row, column):
            transaction.set_rollback(True)
    return answer


def address(cast: Cast, row: Row) -> str:
    """The row's route with its gaps filled in."""

    def filling(gap: re.Match) -> str:
        name = gap["name"] or gap["group"]
        if name in row.gaps:
            return cast.gaps.get(row.gaps[name], row.gaps[name])
        if name in {"object_id", "pk"}:
            # The last one that the route names: `proposal/duplicates/<pk>` is about duplicates.
            named = [model for model in cast.numbers if f"/{model}/" in row.route]
            last = max(named, key=lambda model: row.route.index(f"/{model}/"), default=None)
            return str(cast.numbers.get(last, 1))
        return cast.gaps[name]

    route = re.sub(r"<(\w+:)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>[^)]*\)", filling, row.route)
    return "/" + route.replace("^", "").replace("$", "")


def may(row: Row, column: str) -> bool:
    """Whether the table says yes."""
    is_admin = row.route.startswith("admin/")
    if row.who == NOBODY or (is_admin and column not in STAFF_COLUMNS):
        return False
    if row.who == EVERYBODY or (row.who == STAFF and column in STAFF_COLUMNS):
        return True
    if row.who in {STAFF, SIGNED_IN}:
        return row.who == SIGNED_IN and column in SIGNED_IN_COLUMNS
    cell = TABLE[row.who].cells[COLUMNS[column]]
    if cell in {When.ANY, When.NEVER}:
        return cell == When.ANY
    if row.on == "listing":
        return column == {When.OWN: "speaker", When.REMIT: "editor"}[cell]
    return not row.on


def is_sent_to_sign_in(answer: object) -> bool:
    return answer.status_code == 302 and re.match(r"/(admin|accounts)/login/", answer["Location"])


def state() -> dict[str, list]:
    """All rows that requests could change."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values_list())
        for app in WATCHED_APPS
        for model in apps.get_app_config(app).get_models()
    }


def in_order(row: Row) -> list[str]:
    """First those who may not: what they see is what stood there before."""
    return sorted(COLUMNS, key=lambda column: may(row, column))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_table_decides_at(cast, row):
    cache.clear()  # Nobody here is refused for having tried too often.
    before = state()
    answers = {column: knock(cast, column, row) for column in in_order(row)}

    for column, answer in answers.items():
        said = f"{column}: {answer.status_code}"
        if may(row, column):
            assert answer.status_code in (row.ok if isinstance(row.ok, tuple) else (row.ok,)), said
            assert not is_sent_to_sign_in(answer), said
        elif row.route.startswith("admin/") and column not in STAFF_COLUMNS:
            assert answer.status_code in (302, 403), said
        elif row.who == SIGNED_IN:
            assert is_sent_to_sign_in(answer), said
        else:
            assert answer.status_code in row.no, said
    assert state() == before


def every_route(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from every_route(entry, route)


def test_every_route_has_a_row_and_every_row_a_route():
    routes = set(every_route())
    listed = {row.route for row in ROWS}

    assert routes - listed == set(), "write a row for these in tests/routes.py"
    assert listed - routes == set(), "these are no routes any more"


READ_ONLY = sorted(
    {row.route for row in ROWS} - {row.route for row in ROWS if row.method == "POST"}
)


@pytest.mark.parametrize("route", READ_ONLY)
def test_an_address_without_a_row_for_writes_takes_none(cast, route):
    row = next(row for row in ROWS if row.route == route)
    before = state()

    for column in ("visitor", "contributor", "operator"):
        knock(cast, column, row, "POST")
    for method in ("PUT", "PATCH", "DELETE"):
        knock(cast, "operator", row, method)

    assert state() == before
