"""Every address, present and future, keeps the same promises: headers, privacy, no stack traces."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import signing
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from directory.actions import proposals, reminders
from directory.actions.proposals import Sender
from directory.models import Organization, Reminder, ReportReason
from tests.factories import make_organization, make_place, make_source

pytestmark = pytest.mark.django_db

SECRETS = ("Verborgen", "9876543", "38.98", "-77.01")
TIME = re.compile(r"\d\d:\d\d:\d\d\.\d+")  # Seconds may look like a latitude.
HIDDEN = {
    "place": "us/maryland/takoma-park",
    "country": "US",
    "street": "13 Verborgen Street",
    "postcode": "9876543",
    "name": "Verborgen house",
    "accessibility_note": "Behind Verborgen hall",
    "latitude": 38.98765,
    "longitude": -77.01234,
    "precision": "hidden",
}
# What to put into the gaps of an address. A new gap fails the enumeration until it is named here.
FILLINGS = {
    "slug": "refuge",
    "uid": None,  # the listing's own
    "version": "1",
    "number": "1",
    "section": "organizations",
    "scheme": "type",
    "code": "mutual-aid-group",
    "path": "us/maryland/takoma-park",
    "reference": None,  # of a proposal about the listing
    "token": None,  # of a letter about it
    "name": "README.md",  # of a dump: tests/outputs searches all its files
}


@pytest.fixture
def refuge() -> Organization:
    """A listing whose only location is hidden, which serves a town, and is reported."""
    make_place("us/maryland/takoma-park", latitude=38.9, longitude=-77.1)
    make_source()
    listing = make_organization(
        "Refuge",
        types=("mutual-aid-group",),
        values=("deepens-democracy",),
        sectors=("care",),
        place=None,
        locations=[HIDDEN],
        service_areas=[{"kind": "place", "place": "us/maryland/takoma-park"}],
    )
    proposals.report(listing, ReportReason.MOVED, sender=Sender("en", note="To Verborgen Street"))
    Reminder.objects.create(organization=listing, address_digest="example")
    return listing


def patterns(resolver: URLResolver, prefix: str = "") -> list[str]:
    """Every route of the site but those of people who sign in, as written."""
    found = []
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append(route)
        elif not route.startswith(("admin/", "accounts/")):
            found += patterns(entry, route)
    return found


def filled(route: str, organization: Organization) -> str:
    """A route with its gaps filled in."""

    def filling(gap: re.Match) -> str:
        name = gap[0].strip("<>").rpartition(":")[2]
        value = organization.uid if name == "uid" else FILLINGS[name]
        if name == "token":
            salt = reminders.STOP_SALT if "stop" in route else reminders.ANSWER_SALT
            return signing.dumps(organization.reminders.get().pk, salt=salt)
        if name == "reference":
            return organization.proposals.get().reference
        if name == "code" and "values" in route:
            return "deepens-democracy"
        if name == "code" and "sectors" in route:
            return "care"
        return value

    return "/" + re.sub(r"<[^>]+>", filling, route).replace("^", "").replace("$", "")


def every_address(organization: Organization) -> list[str]:
    return [filled(route, organization) for route in patterns(get_resolver())]


def text_of(content: bytes) -> str:
    """What an answer says, a workbook in all its sheets."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_a_hidden_location_is_told_at_no_address_of_the_site(client, refuge):
    for address in every_address(refuge):
        response = client.get(address)
        text = TIME.sub("", text_of(b"".join(response)) + str(response.headers))
        told = [secret for secret in SECRETS if secret in text]
        assert told == [], address


def test_a_hidden_location_is_found_by_no_question(client, refuge):
    questions = [
        {"q": "Verborgen"},
        {"q": "9876543"},
        {"near": "9876543"},
        {"near": "38.98765,-77.01234", "radius": "1", "sort": "distance"},
        {"bbox": "-77.02,38.98,-77.01,38.99"},
    ]
    for question in questions:
        answer = client.get("/api/v1/organizations/", question)
        for result in answer.json().get("results", []):
            assert not [secret for secret in SECRETS if secret in TIME.sub("", str(result))]
            assert result["locations"] == []
            assert result.get("distance_km") is None


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Content-Security-Policy", "default-src 'none'"),
        ("Permissions-Policy", "geolocation=()"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_answer_carries_the_security_headers(client, refuge, header, value):
    further = ["/nothing-here/", "/api/v1/nothing-here/", "/admin/", "/accounts/login/"]
    for address in [*every_address(refuge), *further]:
        if address == "/embed/" and header == "X-Frame-Options":
            continue  # Made for frames of others; tests/web/test_networks.py holds it.
        assert value in client.get(address).headers.get(header, ""), address


def test_the_policy_allows_nothing_inline_and_nobody_else(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


# Pages that visitors send a form from. Their one cookie proves that the form is ours.
FORMS = (
    "/organizations/new/", "/suggest/", "/report/", "/proposals/", "/confirm/", "/answers/",
    "/claim/", "/claims/",
)  # fmt: skip


def has_form(address: str) -> bool:
    return not address.startswith("/api/") and any(form in address for form in FORMS)


def test_visitors_get_no_cookie_until_they_choose_a_language(client, refuge):
    for address in every_address(refuge):
        allowed = {"csrftoken"} if has_form(address) else set()
        assert {*client.get(address).cookies} <= allowed, address
        client.cookies.clear()

    assert client.get("/", {"lang": "es"}).cookies["language"].value == "es"


DATA = ("/api/v1/", "/.well-known/", "/basemap", "/sitemap", "/robots", "/favicon", "/opensearch",
        "/healthz", "/readyz", ".jsonld", ".md")  # fmt: skip


def test_data_is_the_same_whatever_cookie_comes_so_that_caches_can_share_it(client, refuge):
    data = [a for a in every_address(refuge) if any(part in a for part in DATA)]
    pages = [a for a in every_address(refuge) if a not in data]
    plain = {address: client.get(address) for address in data}
    client.cookies["language"] = "es"

    assert len(data) > 10
    for address in data:
        answer = client.get(address)
        assert answer.headers["Content-Language"] == "en", address
        if answer.status_code == 200:  # A problem carries the number of its own request.
            assert b"".join(answer) == b"".join(plain[address]), address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert not client.get(address, {"lang": "fr"}).headers.get("Set-Cookie"), address
    for address in pages:
        assert "Cookie" in client.get(address).headers["Vary"], address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_public_address_takes_a_write_but_a_filled_in_form(client, refuge, method):
    for address in every_address(refuge):
        taken = {200, 404, 405, 410} if has_form(address) else {403, 404, 405}
        if "/manage/" in address:
            taken = {302, 405}  # To the page where an enterprise shows that it speaks for itself.
        assert getattr(client, method)(address).status_code in taken, address

    assert refuge.proposals.count() == 1
    assert refuge.fact_confirmations.count() == 0
    assert refuge.reminders.filter(answer="", stopped_at=None).count() == 1


def test_a_form_is_taken_only_with_the_proof_that_it_is_ours(refuge):
    strict = Client(enforce_csrf_checks=True)
    for address in every_address(refuge):
        if has_form(address):
            assert strict.post(address).status_code in {403, 405}, address


CORPUS = [
    "\x00", "%00", "\ufeff", "\u202e", "\u2066", "\u200b", "e" + "\u0301" * 500, "🏳️‍🌈", "１２３", "٣", "'", '"', "`",
    ";--", "%", "_", "\\", "{{7*7}}", "${7*7}", "../", "\r\nSet-Cookie: a=b", "-1", "0", "2147483648",
    "9223372036854775808", "1" + "0" * 30, "1e400", "NaN", "inf", "1_000", "0x10", "x" * 10_000,
    "__class__", "password__startswith", "<script>alert(1)</script>", "0000-00-00", "180,90,-180,-90",
    "nan,nan,nan,nan", "-77,38,-77,38", "179,-20,-179,-10", "0,89,1,90",
]  # fmt: skip
PARAMETERS = (
    "q type value sector place near radius bbox serves verified_only confirmed_after lifecycle "
    "language verification source open_now sort page page_size lang facets fields nonsense"
).split()


@pytest.mark.parametrize("address", ["/organizations/", "/api/v1/organizations/"])
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_value_of_a_parameter_breaks_an_address(client, refuge, address, parameter):
    for value in CORPUS:
        response = client.get(address, {parameter: value})
        assert response.status_code < 500, (parameter, value)
        assert len(response.content) < 200_000


@pytest.mark.parametrize(
    "address",
    ["/?q=%FF", "/organizations/?q=%C0%AF", "/organizations/?q=%ED%A0%80", "/places/%00/",
     "/organizations/%00/", "/api/v1/places/%00/", "/organizations/?" + "a=1&" * 1000],
)  # fmt: skip
def test_bytes_that_mean_nothing_are_refused_or_ignored(client, address):
    assert client.get(address).status_code < 500
