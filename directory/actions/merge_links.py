"""The rows beside a document that go over when one listing is merged into another, and back."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from directory.models import (
    FactConfirmation,
    Merge,
    NetworkApproval,
    NetworkMember,
    Organization,
    Proposal,
    Reminder,
    SpeakingCode,
    SpeakingRequest,
    Spokesperson,
    VerificationEvent,
)
from directory.models.reminder import digest_of_address

Select = Callable[[Organization, Organization], QuerySet]


def _all(model: type[Model]) -> Select:
    return lambda absorbed, kept: model.objects.filter(organization=absorbed)


def _but_known(model: type[Model], *columns: str, **standing: Any) -> Select:
    """Those that the other does not have as well: what both have stays, and counts once."""

    def select(absorbed: Organization, kept: Organization) -> QuerySet:
        theirs = model.objects.filter(organization=kept, **standing)
        rows = model.objects.filter(organization=absorbed, **standing)
        known = {*theirs.values_list(*columns)}
        keys = [
            key for key, *values in rows.values_list("pk", *columns) if tuple(values) not in known
        ]
        return model.objects.filter(pk__in=keys)

    return select


def _facts(absorbed: Organization, kept: Organization) -> QuerySet:
    """All but what visitors said of both on one day, which is one word."""
    rows = FactConfirmation.objects.filter(organization=absorbed)
    said = FactConfirmation.objects.filter(organization=kept, witness="visitor")
    known = {*said.values_list("fact", "confirmed_on")}
    twice = [
        key
        for key, *values in rows.filter(witness="visitor").values_list("pk", "fact", "confirmed_on")
        if tuple(values) in known
    ]
    return rows.exclude(pk__in=twice)


def _open_proposals(absorbed: Organization, kept: Organization) -> QuerySet:
    return Proposal.objects.open().filter(organization=absorbed)


def _open_requests(absorbed: Organization, kept: Organization) -> QuerySet:
    return SpeakingRequest.objects.filter(organization=absorbed, decided_at__isnull=True)


def _unused_codes(absorbed: Organization, kept: Organization) -> QuerySet:
    return SpeakingCode.objects.filter(organization=absorbed, used_at__isnull=True)


# By the name under which Merge.moved has them: what it is in words, the model, which rows go over.
LINKS: dict[str, tuple[Any, type[Model], Select]] = {
    "checks": (_("Checks"), VerificationEvent, _all(VerificationEvent)),
    "facts": (_("Facts said to be still right"), FactConfirmation, _facts),
    "memberships": (
        _("Memberships of networks"),
        NetworkMember,
        _but_known(NetworkMember, "network"),
    ),
    "approvals": (
        _("Approvals by networks"),
        NetworkApproval,
        _but_known(NetworkApproval, "network", withdrawn_at__isnull=True),
    ),
    "proposals": (_("Proposals and reports that wait"), Proposal, _open_proposals),
    "spokespeople": (
        _("Who speaks for it"),
        Spokesperson,
        _but_known(Spokesperson, "person", ended_at__isnull=True),
    ),
    "speaking_requests": (_("Who asks to speak for it"), SpeakingRequest, _open_requests),
    "speaking_codes": (_("Codes to speak for it"), SpeakingCode, _unused_codes),
}
STOPS = "stops"  # Reminders made so that a "no more letters" holds for the other listing as well.


def links_of(absorbed: Organization, kept: Organization) -> list[tuple[str, int]]:
    """What would go over, in words, and how many rows of each."""
    counted = [(words, select(absorbed, kept).count()) for words, _m, select in LINKS.values()]
    return [(str(words), count) for words, count in counted if count]


def move_links(absorbed: Organization, kept: Organization) -> dict[str, list[int]]:
    """Let the rows go over, and say which, for `move_back`."""
    moved = {}
    for name, (_words, model, select) in LINKS.items():
        keys = sorted(select(absorbed, kept).values_list("pk", flat=True))
        model.objects.filter(pk__in=keys).update(organization=kept)
        if keys:
            moved[name] = keys
    if stops := _repeat_stops(absorbed, kept):
        moved[STOPS] = stops
    return moved


def move_back(merge: Merge) -> None:
    """Put the rows that went over back, as far as they are still there."""
    for name, keys in merge.moved.items():
        if name == STOPS:
            Reminder.objects.filter(pk__in=keys, answer="").delete()
            continue
        _words, model, _select = LINKS[name]
        rows = model.objects.filter(pk__in=keys, organization=merge.kept_id)
        rows.update(organization=merge.absorbed_id)


def _repeat_stops(absorbed: Organization, kept: Organization) -> list[int]:
    """Who wants no more letters gets none for the other listing either."""
    digest = digest_of_address(kept.email, absorbed.uid)
    wishes = Reminder.objects.filter(
        organization=absorbed, address_digest=digest, stopped_at__isnull=False
    )
    here = digest_of_address(kept.email, kept.uid)
    return [
        Reminder.objects.create(
            organization=kept, address_digest=here, stopped_at=wish.stopped_at
        ).pk
        for wish in wishes
    ]
