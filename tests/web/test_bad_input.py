"""Whatever is typed into the forms: no breakdown, nothing lost, nothing run (SAFETY.md 7)."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from directory.actions import proposal_decisions
from directory.models import Door, Organization, Proposal
from tests.factories import make_organization
from tests.web.proposal_pages import NEW, filled_in, form_of, no_counts, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(no_counts.__name__)]

CORPUS = {
    "empty": "",
    "blanks": " \t\r\n ",
    "too long": "x" * 201,
    "very long": "x" * 100_000,
    "nul": "a\x00b",
    "escape": "a\x1bb",
    "bom": "\ufeffa",
    "right to left override": "a\u202eb",
    "isolate": "a\u2066b",
    "zero width": "a\u200bb",
    "zalgo": "Z" + "\u0301" * 500,
    "hebrew": "מאפייה",
    "family": "👩‍👩‍👧‍👧",
    "full width digits": "１２３",
    "arabic digits": "٣٤",
    "quotes": "' \" ` ; -- \\",
    "wildcards": "%_%",
    "template": "{{7*7}} ${7*7} {% x %}",
    "path": "../../etc/passwd",
    "header": "a\r\nBcc: b@example.org",
    "number": "-1",
    "huge number": "1e400",
    "nan": "NaN",
    "formula": "=1+1",
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "attribute": '" autofocus onfocus="alert(1)',
    "link": "javascript:alert(1)",
    "markdown": "[x](javascript:alert(1)) ![y](data:text/html,x)",
    "homoglyph": "https://ехample.org",
}
FIELDS = [
    "name summary description types values sectors areas website phone email shown relation",
    "evidence note sender_email fax stamp none_of_these unsure at-town at-street at-postcode",
    "at-place at-country at-opening_hours at-wheelchair at-shown at-gone check unknown",
]
NAMES = " ".join(FIELDS).split()


class Dangers(HTMLParser):
    """What of a page a browser would run: handlers, scripts of the page itself, such links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_data = given.get("type", "").startswith("application/")
        if tag == "script" and "src" not in given and not is_data:
            self.found.append("script")
        if tag == "img" and given.get("src") == "x":
            self.found.append("img")
        self.found += [name for name in given if name.startswith("on")]
        addresses = (given.get("href", ""), given.get("src", ""), given.get("action", ""))
        self.found += [a for a in addresses if a.lower().startswith(("javascript:", "data:"))]


def runs_nothing(response) -> bool:
    dangers = Dangers()
    dangers.feed(response.content.decode())
    return dangers.found == []


# One by one only a few: a wrong field keeps later ones from being read, any of the rest with it.
ALONE = ("script", "nul", "very long")


def bunches(names: list[str], kind: str) -> list[list[str]]:
    """The fields that get the value at once."""
    return [[name] for name in names] if kind in ALONE else [names[i::4] for i in range(4)]


@pytest.mark.parametrize("kind", CORPUS)
def test_any_value_in_any_field_of_a_new_listing(client, kind):
    for names in bunches(NAMES, kind):
        wrong = dict.fromkeys(names, CORPUS[kind])

        response = client.post(NEW, filled_in(none_of_these="on") | wrong)

        assert response.status_code in {200, 302, 429}, names
        assert runs_nothing(response), names
        if response.status_code == 200 and "name" not in names:
            assert 'value="Example Bakery"' in response.content.decode(), names


@pytest.mark.parametrize("kind", CORPUS)
def test_any_value_in_any_field_of_a_change(client, settings, kind):
    settings.PROPOSALS_PER_HOUR = 1_000
    url, sent = form_of(client, make_organization("Example Bakery"))
    further = ["other_names", "lifecycle", "founded", "closed", "version", "at-0-town"]
    further += ["at-0-street", "at-0-opening_hours", "at-0-shown", "at-new-town", "at-new-place"]

    for names in bunches(sorted({*sent, *further, "areas", "phone", "types"}), kind):
        wrong = {"stamp": stamp()} | dict.fromkeys(names, CORPUS[kind])
        response = client.post(url, sent | wrong)

        assert response.status_code in {200, 302}, names
        assert runs_nothing(response), names


@pytest.mark.parametrize("value", CORPUS.values(), ids=CORPUS)
def test_any_value_in_a_report(client, value):
    url = reverse("organization-report", args=[make_organization().slug])

    for name in ("reason", "note", "evidence", "sender_email", "stamp"):
        sent = {"reason": "moved", "note": "To Greenbelt", "stamp": stamp(), name: value}
        response = client.post(url, sent)

        assert response.status_code in {200, 302}, name
        assert runs_nothing(response), name


@pytest.mark.parametrize(
    "sent", [{f"field{i}": "x" for i in range(5_000)}, {"types": ["x"] * 3_999}]
)
def test_too_many_fields_are_refused(client, sent):
    assert client.post(NEW, sent).status_code in {200, 400}


@pytest.mark.parametrize("value", ["script", "image", "attribute", "link", "markdown", "template"])
def test_markup_stays_text_from_the_form_to_the_listing(client, value):
    text = CORPUS[value]
    client.post(
        NEW,
        filled_in(name=text, summary=text, description=text, note=text, evidence=text)
        | {"at-street": text},
    )
    proposal = Proposal.objects.get()
    assert runs_nothing(client.get(proposal.get_absolute_url()))

    proposal_decisions.accept(proposal, by=None, door=Door.ADMIN)

    listing = Organization.objects.published().get()
    for address in (listing.get_absolute_url(), f"{listing.get_absolute_url()}history/"):
        assert runs_nothing(client.get(address))
    assert runs_nothing(client.get(reverse("organization-suggest", args=[listing.slug])))
    assert runs_nothing(client.get("/organizations/"))
