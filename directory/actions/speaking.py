"""Enterprises speak for themselves: ask to, show it by a letter, a code or an editor, and stop.

Whoever opens the letter is given an account without a password, in the role of an enterprise; they
come back by a letter too. A code and an editor's word lead to a letter as well: only a letter shows
that an address is somebody's own, and so nobody is let into the account of somebody else. Addresses
are forgotten with the decision.
"""

import datetime
import secrets
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Role, User
from directory.actions.mail import queue_mail
from directory.actions.organizations import lock_standing
from directory.models import (
    Organization,
    Proof,
    RequestState,
    SpeakingCode,
    SpeakingRequest,
    Spokesperson,
)
from directory.search.addresses import domain_of

SALT = "directory.speaking"
# Letters that are told apart when read aloud or written by hand.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


class SpeakingRefused(Exception):
    """This person cannot be let in this way; the message says why and what would do."""


@transaction.atomic
def ask(
    organization: Organization,
    *,
    email: str,
    name: str,
    statement: str,
    language: str,
) -> SpeakingRequest:
    """Ask to speak for a listed enterprise.

    If the address belongs to the enterprise, by the domain of its site or as its own address, or
    is of somebody who speaks for it already, a letter with a link goes there; else the request
    waits for an editor. Raises SpeakingRefused where too many asked today.
    """
    organization = lock_standing(organization)
    _check_not_too_many(organization)
    is_theirs = belongs_to(organization, email) or _speaks_already(organization, email)
    request = SpeakingRequest.objects.create(
        organization=organization,
        email=email,
        name=name[:120],
        statement=statement[:500],
        language=language,
        proof=Proof.MAIL if is_theirs else Proof.EDITOR,
        state=RequestState.MAILED if is_theirs else RequestState.WAITING,
        mailed_at=timezone.now() if is_theirs else None,
    )
    if is_theirs:
        _mail_link(request)
    return request


def belongs_to(organization: Organization, email: str) -> bool:
    """Whether an address is the enterprise's: its own, or at the domain of its website."""
    if organization.email and organization.email.casefold() == email.casefold():
        return True
    return is_at_its_site(organization, email)


def is_at_its_site(organization: Organization, email: str) -> bool:
    """Whether an address is at the domain of the enterprise's website, which anyone can read.

    The domain of a mail provider is nobody's own.
    """
    own, theirs = domain_of(organization.website), email.rpartition("@")[2].casefold()
    if not own or own in settings.SHARED_DOMAINS:
        return False
    return theirs == own or theirs.endswith(f".{own}")


def _speaks_already(organization: Organization, email: str) -> bool:
    standing = organization.spokespeople.standing()
    return standing.filter(person__email__iexact=email, person__is_active=True).exists()


def _check_not_too_many(organization: Organization) -> None:
    day_ago = timezone.now() - datetime.timedelta(days=1)
    asked = organization.speaking_requests.filter(created_at__gte=day_ago).count()
    if asked >= settings.SPEAKING_REQUESTS_MAX:
        raise SpeakingRefused(_("Many asked to speak for it today. Try again tomorrow."))


def request_of(token: str) -> SpeakingRequest | None:
    """The request that a link in a letter stands for; None if it is none, too old, or settled."""
    try:
        number = signing.loads(
            token, salt=SALT, max_age=datetime.timedelta(days=settings.SPEAKING_LINK_DAYS)
        )
    except signing.BadSignature:
        return None
    requests = SpeakingRequest.objects.select_related("organization")
    return requests.filter(pk=number, state=RequestState.MAILED).first()


@transaction.atomic
def accept_letter(request: SpeakingRequest) -> Spokesperson:
    """Let in whoever opened the letter; the link works once. Raises SpeakingRefused after that."""
    locked = SpeakingRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state != RequestState.MAILED:
        raise SpeakingRefused(_("This link was used already. Ask for a new one."))
    spokesperson = _let_in(locked.organization, locked.email, locked.name, locked.proof)
    _settle(locked, RequestState.GRANTED)
    return spokesperson


@transaction.atomic
def grant(request: SpeakingRequest, *, by: User) -> None:
    """An editor vouches for who asks: a letter with a link goes to the address they gave.

    Raises SpeakingRefused if the request was decided before.
    """
    locked = _waiting(request)
    locked.state, locked.mailed_at, locked.decided_by = RequestState.MAILED, timezone.now(), by
    locked.save(update_fields=["state", "mailed_at", "decided_by"])
    _mail_link(locked)


@transaction.atomic
def decline(request: SpeakingRequest, *, by: User, reason: str) -> None:
    """An editor does not let them in; they are told why. Raises SpeakingRefused if decided before."""
    locked = _waiting(request)
    with override(locked.language):
        queue_mail(
            locked.email,
            _("About speaking for %(name)s") % {"name": locked.organization.name},
            _(
                "You asked to speak for %(name)s in our directory. We could not let you in:\n\n"
                "%(reason)s\n\nYou can still suggest a change on its page."
            )
            % {"name": locked.organization.name, "reason": reason},
            locked.language,
            "speaking-declined",
        )
    locked.decided_by, locked.reason = by, reason[:300]
    _settle(locked, RequestState.DECLINED)


@transaction.atomic
def issue_code(organization: Organization, *, by: User) -> str:
    """A code to tell the enterprise by telephone or letter; earlier unused ones stop working."""
    now = timezone.now()
    organization.speaking_codes.filter(used_at__isnull=True).delete()
    code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(12))
    SpeakingCode.objects.create(
        organization=organization,
        digest=_digest(organization, code),
        issued_by=by,
        expires_at=now + datetime.timedelta(days=settings.SPEAKING_CODE_DAYS),
    )
    return "-".join(code[start : start + 4] for start in (0, 4, 8))


@transaction.atomic
def use_code(
    organization: Organization,
    code: str,
    *,
    email: str,
    name: str,
    language: str,
) -> SpeakingRequest:
    """Whoever has the code gets the letter with the link; the code is used up.

    Raises SpeakingRefused if it is wrong, used or too old.
    """
    _use_up(organization, code)
    request = SpeakingRequest.objects.create(
        organization=organization,
        email=email,
        name=name[:120],
        language=language,
        proof=Proof.CODE,
        state=RequestState.MAILED,
        mailed_at=timezone.now(),
    )
    _mail_link(request)
    return request


def _use_up(organization: Organization, code: str) -> None:
    """Let the code work no more, however it was written down. Raises SpeakingRefused."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    rows = SpeakingCode.objects.select_for_update().filter(organization=organization)
    row = rows.filter(digest=_digest(organization, letters)).first()
    if row is None or row.used_at is not None or row.expires_at < timezone.now():
        raise SpeakingRefused(
            _("This code does not work here, or no longer. Ask the editors for a new one.")
        )
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])


@transaction.atomic
def end(spokesperson: Spokesperson) -> None:
    """Let somebody speak for an enterprise no longer."""
    spokesperson.ended_at = timezone.now()
    spokesperson.save(update_fields=["ended_at"])


def forget_unanswered(now: datetime.datetime) -> int:
    """Settle requests whose letter nobody opened, and forget who asked; how many."""
    past = now - datetime.timedelta(days=settings.SPEAKING_LINK_DAYS)
    return SpeakingRequest.objects.unanswered_since(past).update(
        state=RequestState.EXPIRED, decided_at=now, email="", name="", statement=""
    )


def _let_in(organization: Organization, email: str, name: str, proof: str) -> Spokesperson:
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User.objects.create_user(
            _free_username(), email, None, role=Role.ENTERPRISE, first_name=name[:150]
        )
    elif not person.is_active:
        raise SpeakingRefused(_("This account is suspended. Write to the editors."))
    elif person.role == Role.CONTRIBUTOR:
        person.role = Role.ENTERPRISE
        person.save(update_fields=["role"])
    found, _is_new = Spokesperson.objects.get_or_create(
        organization=organization, person=person, ended_at=None, defaults={"proof": proof}
    )
    return found


def _free_username() -> str:
    """A name for the account that tells nobody the address."""
    while User.objects.filter(username=(name := f"enterprise-{secrets.token_hex(4)}")).exists():
        pass
    return name


def _waiting(request: SpeakingRequest) -> SpeakingRequest:
    locked = SpeakingRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state != RequestState.WAITING:
        raise SpeakingRefused(_("This request was decided already."))
    return locked


def _settle(request: SpeakingRequest, state: RequestState) -> None:
    request.state, request.decided_at = state, timezone.now()
    request.email = request.name = request.statement = ""
    columns = "state decided_at decided_by reason email name statement"
    request.save(update_fields=columns.split())


def _mail_link(request: SpeakingRequest) -> None:
    token = signing.dumps(request.pk, salt=SALT)
    with override(request.language):
        name = request.organization.name
        queue_mail(
            request.email,
            _("Speak for %(name)s") % {"name": name},
            _(
                "Somebody, probably you, asked to speak for %(name)s in %(site)s.\n\n"
                "Open this page and press the button to go on. It works for %(days)d days, once:"
                "\n\n%(link)s\n\nIf it was not you, do nothing."
            )
            % {
                "name": name,
                "site": settings.SITE_NAME,
                "days": settings.SPEAKING_LINK_DAYS,
                "link": settings.SITE_URL + reverse("claim-letter", args=[token]),
            },
            request.language,
            "speaking",
        )


def _digest(organization: Organization, code: str) -> str:
    return sha256(f"{SALT} {organization.uid} {code}".encode()).hexdigest()
