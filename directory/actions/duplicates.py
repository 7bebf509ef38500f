"""Keep what is known of listings that may be one: find pairs, and remember what was decided."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Duplicate, DuplicateStatus, Organization
from directory.models.duplicate import DuplicateQuerySet
from directory.search.matching import Match, Matcher, Verdict
from directory.search.matching.evidence import EvidenceKind
from directory.search.matching.loading import profiles

LISTINGS_AT_ONCE = 500  # A transaction of a second: whoever edits waits no longer.
# What may come to light later and is more than was known when somebody said "not a duplicate".
NEW_EVIDENCE = {
    EvidenceKind.IDENTIFIER, EvidenceKind.WEBSITE, EvidenceKind.EMAIL, EvidenceKind.PHONE,
    EvidenceKind.ADDRESS,
}  # fmt: skip

Pair = tuple[int, int]


class NotWaiting(Exception):
    """Somebody decided about the pair already."""


def find_all(matcher: Matcher) -> Iterator[int]:
    """Compare every listing with all others and keep what was found; gives out how many are done.

    Safe to end at any moment: what was kept stays, and the next run finds the same.
    """
    found: dict[Pair, Match] = {}
    done, compared = 0, []
    for key, matches in matcher.each():
        compared.append(key)
        found |= {_pair(key, match.organization_id): match for match in matches}
        done += 1
        if len(compared) >= LISTINGS_AT_ONCE:
            _keep_and_forget(found, Duplicate.objects.filter(second__in=compared))
            found, compared = {}, []
            yield done
    _keep_and_forget(found, Duplicate.objects.filter(second__in=compared))
    yield done


def find_changed(matcher: Matcher, keys: Iterable[int]) -> int:
    """Compare these listings with all others; pairs that hold no longer are forgotten, if nobody
    decided about them. How many pairs are worth a look."""
    wanted = sorted({*keys})
    rows = Organization.objects.comparable().filter(pk__in=wanted)
    found: dict[Pair, Match] = {}
    for key, profile in profiles(rows):
        matcher.update(key, profile)  # So that two that changed at once meet each other.
        for match in matcher.of_listing(key, profile):
            found[_pair(key, match.organization_id)] = match
    _keep_and_forget(found, Duplicate.objects.of(wanted))
    return len(found)


def forget_merged() -> int:
    """Pairs with a listing that is gone and that nobody decided about wait for nobody."""
    gone = Organization.objects.exclude(pk__in=Organization.objects.comparable().values("pk"))
    waiting = Duplicate.objects.filter(status=DuplicateStatus.SUGGESTED)
    return waiting.of(gone.values("pk")).delete()[0]


@transaction.atomic
def say_not_duplicate(duplicate: Duplicate, *, by: object | None) -> None:
    """Remember that the two are not one; they come back only with evidence that is new.

    Raises NotWaiting.
    """
    _lock_waiting(duplicate)
    duplicate.status, duplicate.decided_at = DuplicateStatus.NOT_DUPLICATE, timezone.now()
    duplicate.decided_by = by
    duplicate.save(update_fields=["status", "decided_at", "decided_by"])


def _lock_waiting(duplicate: Duplicate) -> None:
    duplicate.refresh_from_db(from_queryset=Duplicate.objects.select_for_update())
    if duplicate.status != DuplicateStatus.SUGGESTED:
        raise NotWaiting(
            _("It was decided already: %(status)s.") % {"status": duplicate.get_status_display()}
        )


def _pair(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


@transaction.atomic
def _keep_and_forget(found: Mapping[Pair, Match], compared: DuplicateQuerySet) -> None:
    """Write the pairs; of those that were compared, forget what waited and was not found again."""
    waiting = compared.filter(status=DuplicateStatus.SUGGESTED)
    stale = [row.pk for row in waiting if (row.first_id, row.second_id) not in found]
    Duplicate.objects.filter(pk__in=stale).delete()
    _keep(found)


def _keep(found: Mapping[Pair, Match]) -> None:
    """Write the pairs; those that were decided about stay, unless there is new evidence."""
    firsts = {first for first, _second in found}
    rows = Duplicate.objects.select_for_update().filter(first__in=firsts)
    known = {(row.first_id, row.second_id): row for row in rows}
    changed = [row for pair, row in known.items() if pair in found and _learn(row, found[pair])]
    columns = ["score", "is_sure", "evidence", "status", "decided_at", "decided_by"]
    Duplicate.objects.bulk_update(changed, columns)
    new = [
        Duplicate(first_id=first, second_id=second, **_facts(match))
        for (first, second), match in sorted(found.items())
        if (first, second) not in known
    ]
    Duplicate.objects.bulk_create(new, ignore_conflicts=True)


def _facts(match: Match) -> dict[str, object]:
    return {
        "score": round(match.score, 4),
        "is_sure": match.verdict == Verdict.SAME,
        "evidence": [each.as_json() for each in match.evidence],
    }


def _learn(row: Duplicate, match: Match) -> bool:
    """Take over what is known now; whether anything is to be written."""
    if row.status == DuplicateStatus.MERGED:
        return False
    now = _facts(match)
    if row.status == DuplicateStatus.NOT_DUPLICATE:
        if not _has_grown(row.evidence, now["evidence"]):
            return False
        row.status, row.decided_at, row.decided_by = DuplicateStatus.SUGGESTED, None, None
    elif row.evidence == now["evidence"] and row.is_sure == now["is_sure"]:
        return False
    for name, value in now.items():
        setattr(row, name, value)
    return True


def _has_grown(then: list[dict], now: list[dict]) -> bool:
    """Whether a number, site, address or other firm sign speaks for it that did not before."""
    known = {(each["kind"], each["detail"]) for each in then if each["weight"] > 0}
    return any(
        each["kind"] in NEW_EVIDENCE
        and each["weight"] > 0
        and (each["kind"], each["detail"]) not in known
        for each in now
    )
