"""What is said to be still right, fact by fact."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from directory.documents import document_of
from directory.documents.facts import fact_digest, facts_told
from directory.models import (
    Fact,
    FactConfirmation,
    Organization,
    VerificationEvent,
    VerificationLevel,
    Witness,
)

WITNESSES = {
    VerificationLevel.SELF_REPORTED: Witness.ORGANIZATION,
    VerificationLevel.EDITOR_CHECKED: Witness.EDITOR,
    VerificationLevel.ORG_CONFIRMED: Witness.ORGANIZATION,
    VerificationLevel.PEER_VOUCHED: Witness.PEER,
    VerificationLevel.DOCUMENTED: Witness.EDITOR,
}


def write_facts(event: VerificationEvent, facts: Iterable[Fact]) -> None:
    """Note which facts a check confirmed, in the transaction of the check."""
    witness = WITNESSES.get(VerificationLevel(event.level))
    if witness is None:
        return
    digests = _digests(event.organization_id)
    FactConfirmation.objects.bulk_create(
        FactConfirmation(
            organization_id=event.organization_id,
            fact=fact,
            witness=witness,
            confirmed_on=event.happened_on,
            digest=digests[fact],
            event=event,
            by=event.by,
        )
        for fact in Fact
        if fact in set(facts) & digests.keys()
    )


@transaction.atomic
def say_still_right(organization: Organization, *, facts: Iterable[Fact]) -> list[Fact]:
    """Note that a visitor says so; the facts it was noted for.

    Weak evidence: shown with its date, but it raises no level, does not count as a confirmation
    of the listing and leaves no Revision, since nothing that the listing says has changed. A day
    of visitors is one word, however many they are.
    """
    digests = _digests(organization.pk)
    noted = [fact for fact in Fact if fact in set(facts) & digests.keys()]
    today: datetime.date = timezone.localdate()
    for fact in noted:
        FactConfirmation.objects.update_or_create(
            organization=organization,
            fact=fact,
            witness=Witness.VISITOR,
            confirmed_on=today,
            defaults={"digest": digests[fact]},
        )
    return noted


def _digests(organization_id: int) -> dict[Fact, str]:
    """The marks of the facts that the listing tells now."""
    loaded = Organization.objects.with_parts().get(pk=organization_id)
    document = document_of(loaded)
    return {fact: fact_digest(document, fact) for fact in facts_told(document)}
