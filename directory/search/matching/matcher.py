"""Finds listings that may be the same enterprise as a document or another listing."""

import marshal
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from directory.models import Organization
from directory.search.matching.blocking import BlockingTable, keys_of, sought_keys_of
from directory.search.matching.evidence import Evidence
from directory.search.matching.loading import profiles
from directory.search.matching.names import rarity
from directory.search.matching.profiles import Profile, Spot, profile_of
from directory.search.matching.scoring import Verdict, likely


@dataclass(frozen=True)
class Match:
    """A listing that may be the same: `same` is sure enough to act on, `suggested` worth a look.

    `score` is from 0 to 1, `evidence` the weightiest first. Of a document that was added,
    `organization_id` is the key it was added with.
    """

    organization_id: int
    verdict: Verdict
    score: float
    evidence: list[Evidence]


class Matcher:
    """All listings (or those given), ready to be compared with documents; half a kilobyte each."""

    def __init__(self, organizations: QuerySet | None = None) -> None:
        """Load the listings: published ones and those on their way, if none are given."""
        rows = Organization.objects.comparable() if organizations is None else organizations
        self._fill(profiles(rows))

    @classmethod
    def of(cls, listed: Iterable[tuple[int, Profile]]) -> "Matcher":
        """A matcher of profiles that are at hand, by their keys."""
        made = cls.__new__(cls)
        made._fill(listed)
        return made

    def __len__(self) -> int:
        return len(self._ids)

    def match(self, document: dict[str, Any]) -> list[Match]:
        """The listings that may be what the document is of, the surest first."""
        return self.like(profile_of(document))

    def like(self, profile: Profile) -> list[Match]:
        """The listings that may be what the profile is of, the surest first."""
        return self._matches(profile, lambda row: True)

    def add(self, key: int, profile: Profile) -> None:
        """Take one more in, which was not there before, so that those that come later meet it."""
        row = len(self._ids)
        if self._rows is not None:
            self._rows[key] = row
        self._take(key, profile)
        self._weights.clear()  # A word is a little less rare now.
        self._table.add(row, keys_of(profile))

    def update(self, key: int, profile: Profile) -> None:
        """Take in what a listing says now, whether it was there before or not."""
        if self._rows is None:
            self._rows = {known: row for row, known in enumerate(self._ids)}
        row = self._rows.get(key)
        if row is None:
            self.add(key, profile)
            return
        before = {*keys_of(self._profile(row))}
        self._packed[row] = marshal.dumps(_plain(profile))
        self._table.add(row, [key for key in keys_of(profile) if key not in before])

    def each(self) -> Iterator[tuple[int, list[Match]]]:
        """Each listing's key, with those before it that may be the same: every two once."""
        for row, key in enumerate(self._ids):
            profile = self._profile(row)
            yield key, self._matches(profile, lambda other, row=row: other < row)

    def of_listing(self, key: int, profile: Profile) -> list[Match]:
        """The listings that may be the same as one that is listed."""
        return self._matches(profile, lambda other: self._ids[other] != key)

    def weigh(self, word: str) -> float:
        """What a word of a name tells: the rarer among the listings, the more."""
        count = self._counts.get(word, 0)
        weight = self._weights.get(count)
        if weight is None:
            weight = self._weights[count] = rarity(count, len(self._ids))
        return weight

    def sharing(self, domain: str) -> int:
        """How many listings have a website at the domain."""
        return self._table.count(("w", domain))

    def _matches(self, profile: Profile, is_meant: Callable[[int], bool]) -> list[Match]:
        found = []
        for row in self._table.sharing(sought_keys_of(profile)):
            if not is_meant(row):
                continue
            result = likely(profile, self._profile(row), self.weigh, self.sharing)
            if result is not None and result.verdict != Verdict.DIFFERENT:
                match = Match(self._ids[row], result.verdict, result.score, result.evidence)
                found.append(match)
        return sorted(found, key=lambda match: (-match.score, match.organization_id))

    def _fill(self, listed: Iterable[tuple[int, Profile]]) -> None:
        self._ids = array("q")
        self._packed: list[bytes] = []
        self._counts: Counter[str] = Counter()
        self._weights: dict[int, float] = {}  # By how many have a word: as many words share it.
        self._rows: dict[int, int] | None = None  # By key; made once somebody updates.
        self._table = BlockingTable()
        with self._table.filling() as enter:
            for key, profile in listed:
                enter(len(self._ids), keys_of(profile))
                self._take(key, profile)

    def _take(self, key: int, profile: Profile) -> None:
        self._ids.append(key)
        self._packed.append(marshal.dumps(_plain(profile)))
        self._counts.update({word for name in profile.names for word in name})

    def _profile(self, row: int) -> Profile:
        *before, spots, founded, is_verified = marshal.loads(self._packed[row])  # noqa: S302  # Ours.
        return Profile(*before, tuple(map(Spot._make, spots)), founded, is_verified)


def _plain(profile: Profile) -> tuple:
    return tuple(profile._replace(spots=tuple(tuple(spot) for spot in profile.spots)))
