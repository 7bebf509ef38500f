"""Where two sources disagree about a listing, said as such: the page takes no side."""

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.models import Answer, Assertion, Claim, Organization, Scheme, Term, vocabulary
from directory.web.texts import active_language


def disputes(organization: Organization) -> list[str]:
    """Sentences, one for each matter. Needs claims loaded; takes one query for answers."""
    found = [types_differ(organization.claims.all()), said_to_be_over(organization)]
    return [sentence for sentence in found if sentence]


def types_differ(claims: Iterable[Claim]) -> str:
    """That sides which name its type name quite different ones; "" where they agree.

    A narrower type agrees with the broader one.
    """
    by_side: dict[str, list[Term]] = {}
    for claim in claims:
        if claim.term.scheme == Scheme.TYPE:
            by_side.setdefault(_side(claim), []).append(claim.term)
    sides = list(by_side.items())
    differing = any(
        not _agree(mine, theirs)
        for i, (_who, mine) in enumerate(sides)
        for _other, theirs in sides[i + 1 :]
    )
    if not differing:
        return ""
    said = [f"{who}: {_in_words(terms)}" for who, terms in sides]
    return _("What kind it is, its sources say differently. %(sides)s.") % {
        "sides": "; ".join(said)
    }


def said_to_be_over(organization: Organization) -> str:
    """That somebody at its own address says it is over, while the listing says it lives."""
    if organization.has_ended:
        return ""
    said = organization.reminders.filter(answer=Answer.CLOSED)
    if organization.last_confirmed_at:
        said = said.filter(answered_at__gt=organization.last_confirmed_at)
    newest = said.order_by("-answered_at").first()
    if newest is None:
        return ""
    day = date_format(newest.answered_at, "DATE_FORMAT")
    return _(
        "In answer to our letter, somebody at its address said on %(day)s that it has closed. "
        "An editor is looking into it."
    ) % {"day": day}


def _agree(mine: list[Term], theirs: list[Term]) -> bool:
    """Whether one of the types is the same on both sides, or a narrower one of the other's."""
    return any(
        term.code in _with_broader(other) or other.code in _with_broader(term)
        for term in mine
        for other in theirs
    )


def _with_broader(term: Term) -> set[str]:
    above = vocabulary().ancestors(term.scheme, term.code)
    return {term.code, *(broader.code for broader in above)}


def _in_words(terms: list[Term]) -> str:
    labels = dict.fromkeys(term.label for term in terms)
    return format_list(list(labels), locale=active_language())


def _side(claim: Claim) -> str:
    match claim.asserted_by:
        case Assertion.ORGANIZATION:
            return _("The organization itself")
        case Assertion.PEER:
            return claim.asserted_by_name
        case Assertion.IMPORT if claim.source:
            return claim.source.shown_name
    return _("An editor")
