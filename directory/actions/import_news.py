"""Listings that came or changed since the rows of an import were compared with all there were."""

from collections.abc import Iterable
from typing import Any

from directory.actions.import_leases import held_while
from directory.models import ImportRun, ImportState, LogCounter, Organization, Revision
from directory.search.matching import Match, Matcher, Verdict, profile_of
from directory.search.matching.loading import profiles
from directory.search.matching.names import RARITY_MOST

MATCHES_KEPT = 3  # More than one or two nobody looks at.
EVIDENCE_KEPT = 6
KEYS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a question.


class Overtaken(Exception):
    """Somebody listed meanwhile what may be the same: look again, and nothing is written yet."""


class _Lenient(Matcher):
    """Listings of whose words nobody knows how rare they are: each counts as a rare one."""

    def weigh(self, word: str) -> float:
        return RARITY_MOST

    def sharing(self, domain: str) -> int:
        return 1


class News:
    """What others than an import wrote into the log since its rows were compared.

    Where there is nothing, no listing is loaded. What there is, is looked through with each word
    taken for a rare one; only where that finds a row's like are all listings loaded, by which
    words are weighed as they were when the row was read.
    """

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self._place = run.compared_to
        self._keys: set[int] = set()
        self._few: Matcher = _Lenient.of(())
        self._all: Matcher | None = None
        self._are_all_wanted = False

    def catch_up(self) -> None:
        """Take in what is new; to be asked outside of a transaction. Raises LeaseLost."""
        place = place_of_log()
        keys = self._since() if place > self._place else set()
        self._keys -= keys  # Those that nothing may be the same as any more are no news.
        for key, profile in held_while(self.run, ImportState.APPLYING, _profiles(keys)):
            self._keys.add(key)
            self._few.update(key, profile)
            if self._all is not None:
                self._all.update(key, profile)
        self._place = max(place, self._place)
        if self._are_all_wanted and self._all is None:
            listed = profiles(Organization.objects.comparable())
            self._all = Matcher.of(held_while(self.run, ImportState.APPLYING, listed))

    def matches(self, document: dict[str, Any]) -> list[Match]:
        """The news that the document may be the same as, the surest first.

        Raises Overtaken where all listings are to be loaded for the answer.
        """
        profile = profile_of(document)
        if not self._keys or not self._few.like(profile):
            return []
        if self._all is None:
            self._are_all_wanted = True
            raise Overtaken
        found = [each for each in self._all.like(profile) if each.organization_id in self._keys]
        return found[:MATCHES_KEPT]

    def refuse_late(self, documents: list[dict[str, Any]]) -> None:
        """Raises Overtaken where somebody listed the like of any of these since `catch_up`.

        Right for good as the last act of a transaction that has written into the log: nobody else
        can until it ends.
        """
        keys = self._since() if documents and place_of_log() > self._place else set()
        late = _Lenient.of(_profiles(keys)) if keys else None
        if late and any(late.like(profile_of(document)) for document in documents):
            raise Overtaken

    def _since(self) -> set[int]:
        """The row ids of the listings that others changed."""
        rows = Revision.objects.after(self._place).order_by()
        others = rows.exclude(changeset=self.run.changeset_id)
        return {*others.values_list("organization", flat=True)}


def place_of_log() -> int:
    """The number of the last change in the log."""
    return LogCounter.objects.values_list("sequence", flat=True).filter(pk=1).first() or 0


def told(match: Match) -> dict[str, Any]:
    """A match as it is stored: of a listing, or of an earlier row of the file."""
    key = match.organization_id
    return {
        "organization": key if key > 0 else None,
        "row": -key if key < 0 else None,
        "verdict": str(match.verdict),
        "score": round(match.score, 3),
        "evidence": [evidence.as_json() for evidence in match.evidence[:EVIDENCE_KEPT]],
    }


def surest(matches: Iterable[Match]) -> Match | None:
    """The first that is sure enough to act on."""
    return next((match for match in matches if match.verdict == Verdict.SAME), None)


def _profiles(keys: set[int]) -> Iterable[tuple[int, Any]]:
    wanted = sorted(keys)
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        some = wanted[start : start + KEYS_AT_ONCE]
        yield from profiles(Organization.objects.comparable().filter(pk__in=some))
