"""An enterprise shows in a minute that it speaks for itself, and nobody else can."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role, User
from directory.actions import remit, speaking
from directory.models import Mail, Proof, RequestState, SpeakingRequest, Spokesperson
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def bakery(**fields):
    return make_organization(website="https://www.example-bakery.example/bread", **fields)


def ask(listing, email="ana@example-bakery.example", **fields) -> SpeakingRequest:
    defaults = {"name": "Ana", "statement": "I bake there.", "language": "en"}
    return speaking.ask(
        listing,
        email=email,
        **defaults | fields,
    )


def use_code(listing, code, email="ana@elsewhere.example") -> SpeakingRequest:
    return speaking.use_code(
        listing,
        code,
        email=email,
        name="Ana",
        language="en",
    )


def token_in(letter: Mail) -> str:
    return letter.body.split("/claims/")[1].split("/")[0]


def test_a_letter_to_the_enterprises_own_domain_lets_whoever_opens_it_speak_for_it():
    listing = bakery()
    ask(listing)
    letter = Mail.objects.get()

    spokesperson = speaking.accept_letter(speaking.request_of(token_in(letter)))

    assert letter.recipient == "ana@example-bakery.example"
    assert spokesperson.person.role == Role.ENTERPRISE
    assert not spokesperson.person.has_usable_password()
    assert remit.speaks_for(spokesperson.person, listing)


def test_a_letter_to_the_listings_own_address_counts_as_well():
    listing = make_organization(email="bakery@mail.example")

    assert ask(listing, "Bakery@mail.example").state == RequestState.MAILED


@pytest.mark.parametrize(
    "email",
    [
        "ana@elsewhere.example",
        "ana@example-bakery.example.evil.example",
        "ana@notexample-bakery.example",
        "ana@example",
    ],
)
def test_an_address_elsewhere_waits_for_an_editor_and_no_letter_goes_out(email):
    assert ask(bakery(), email).state == RequestState.WAITING
    assert not Mail.objects.exists()


def test_a_page_on_a_host_that_gives_pages_to_anyone_proves_nothing():
    listing = make_organization(website="https://facebook.com/examplebakery")

    assert ask(listing, "ana@facebook.com").state == RequestState.WAITING


def test_a_link_works_once():
    ask(bakery())
    token = token_in(Mail.objects.get())
    request = speaking.request_of(token)
    speaking.accept_letter(request)

    assert speaking.request_of(token) is None
    with pytest.raises(speaking.SpeakingRefused):
        speaking.accept_letter(request)
    assert Spokesperson.objects.count() == 1


def test_a_link_that_is_too_old_or_altered_opens_nothing(settings):
    ask(bakery())
    token = token_in(Mail.objects.get())

    assert speaking.request_of(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    settings.SPEAKING_LINK_DAYS = -1
    assert speaking.request_of(token) is None


def test_who_asked_is_forgotten_once_it_is_decided():
    waiting = ask(bakery(), "ana@elsewhere.example")

    speaking.decline(waiting, by=make_user(is_editor=True), reason="We could not reach you.")

    waiting.refresh_from_db()
    assert (waiting.email, waiting.name) == ("", "")
    assert "We could not reach you." in Mail.objects.get().body


def test_an_editor_who_vouches_sends_the_letter():
    waiting = ask(bakery(), "ana@elsewhere.example")

    speaking.grant(waiting, by=make_user(is_editor=True))

    assert speaking.request_of(token_in(Mail.objects.get())).pk == waiting.pk


def test_a_code_works_once_for_its_listing_only():
    listing, other = bakery(), make_organization()
    code = speaking.issue_code(listing, by=make_user(is_editor=True))

    with pytest.raises(speaking.SpeakingRefused):
        use_code(other, code)
    found = speaking.accept_letter(use_code(listing, f" {code.lower()} "))
    assert remit.speaks_for(found.person, listing)
    assert found.proof == Proof.CODE
    with pytest.raises(speaking.SpeakingRefused):
        use_code(listing, code, email="eve@elsewhere.example")


def test_a_code_lets_nobody_into_the_account_of_somebody_else():
    bea = make_user(email="bea@elsewhere.example")
    listing = bakery()
    code = speaking.issue_code(listing, by=make_user(is_editor=True))

    use_code(listing, code, email=bea.email)

    assert Mail.objects.get().recipient == bea.email
    assert not Spokesperson.objects.exists()


def test_somebody_who_speaks_for_it_comes_back_by_a_letter():
    listing = bakery()
    code = speaking.issue_code(listing, by=make_user(is_editor=True))
    speaking.accept_letter(use_code(listing, code))

    assert ask(listing, "ana@elsewhere.example").state == RequestState.MAILED


def test_a_listing_is_asked_for_a_few_times_a_day(settings):
    settings.SPEAKING_REQUESTS_MAX = 2
    listing = bakery()
    ask(listing)
    ask(listing)

    with pytest.raises(speaking.SpeakingRefused):
        ask(listing)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        assert ask(listing).state == RequestState.MAILED


def test_a_new_code_makes_the_earlier_one_worthless():
    listing, editor = bakery(), make_user(is_editor=True)
    earlier = speaking.issue_code(listing, by=editor)
    speaking.issue_code(listing, by=editor)

    with pytest.raises(speaking.SpeakingRefused):
        use_code(listing, earlier)


def test_a_suspended_account_is_not_let_in_by_a_letter():
    person = make_user(
        email="ana@example-bakery.example",
        is_active=False,
        suspended_at=timezone.now(),
        suspended_reason="spam",
    )
    request = ask(bakery())

    with pytest.raises(speaking.SpeakingRefused):
        speaking.accept_letter(request)

    assert not Spokesperson.objects.filter(person=person).exists()


def test_somebody_who_has_an_account_keeps_it_and_its_role():
    editor = make_user(is_editor=True, email="ana@example-bakery.example")

    speaking.accept_letter(ask(bakery()))

    assert User.objects.filter(email__iexact=editor.email).get().role == Role.EDITOR
    assert Spokesperson.objects.get().person == editor


def test_whoever_speaks_no_longer_for_it_has_no_say():
    spokesperson = speaking.accept_letter(ask(bakery()))

    speaking.end(spokesperson)

    assert not remit.speaks_for(spokesperson.person, spokesperson.organization)


def test_letters_that_nobody_opened_are_settled_and_forgotten():
    request = ask(bakery())
    later = timezone.now() + datetime.timedelta(days=4)

    assert speaking.forget_unanswered(later) == 1

    request.refresh_from_db()
    assert (request.state, request.email) == (RequestState.EXPIRED, "")
