"""Taking a dump in: what of it is new here, what is the same, what differs and what does not fit.

One walk over its listings, some hundred in memory. What was loaded is the same the next time: a run
that was ended, however, is gone on with by running it again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from directory.actions.dump_loading import Difference, Loading, NewListing
from directory.actions.sources import add_source
from directory.documents import InvalidDocument
from directory.exchange.dumps.package_files import Package, UnreadableDump
from directory.exchange.dumps.package_listings import Given, listings_in, sources_in
from directory.exchange.licences import Licences
from directory.exchange.listed import Listed, Listings
from directory.models import Organization, Publication, VerificationLevel

Document = dict[str, Any]
# Renamed ones are among those that were added.
OUTCOMES = ("added", "renamed", "same", "updated", "differs", "left", "refused")


@dataclass(frozen=True)
class Told:
    """What is to be said of a listing, and where it stands in the dump."""

    where: str
    uid: str
    outcome: str  # One of OUTCOMES.
    reason: str


class Load:
    """One run. `tell` is called with whatever is not simply added or the same."""

    def __init__(
        self, package: Package, tell: Callable[[Told], None], *, is_updating: bool, reason: str = ""
    ) -> None:
        self.package, self.tell, self.is_updating = package, tell, is_updating
        title, version = (str(package.descriptor.get(n, ""))[:80] for n in ("title", "version"))
        self.origin = f"{title or 'dump'}, {version}".removesuffix(", ")
        why = f": {reason}" if reason else ""
        self.loading = Loading(f"Loaded from a dump ({self.origin}){why}")
        self.counts: Counter[str] = Counter()
        self.unknown_places: Counter[str] = Counter()

    @transaction.atomic
    def load_sources(self) -> list[str]:
        """Add the sources that are not known here; the codes of those that say something else here.

        Raises UnreadableDump.
        """
        differing = []
        for where, entry in sources_in(self.package):
            try:
                if not add_source(entry):
                    differing.append(entry["code"])
            except ValidationError as error:
                name, (reason, *_rest) = next(iter(error.message_dict.items()))
                raise UnreadableDump(
                    f"{where}, column {name}: {entry.get(name, '')[:60]!r}: {reason}"
                ) from error
        return differing

    def load_listings(self) -> Iterator[int]:
        """Load the listings; gives out how many are done with. Raises UnreadableDump."""
        listings, done = listings_in(self.package), 0
        self._listings = Listings(Licences())  # Of what is here, the sources just loaded included.
        while some := list(islice(listings, settings.DUMP_LISTINGS_AT_ONCE)):
            given = {each.uid: each for each in some}
            if len(given) < len(some):
                raise UnreadableDump(f"{_repeated(some).where}: its uid is given twice.")
            self._load(given)
            done += len(some)
            yield done

    def _load(self, given: dict[str, Given]) -> None:
        columns = Organization.objects.filter(uid__in=given).values_list("uid", "pk", "publication")
        here = {uid: (pk, publication) for uid, pk, publication in columns}
        self._add([each for uid, each in given.items() if uid not in here])
        published = {uid: pk for uid, (pk, state) in here.items() if state == Publication.PUBLISHED}
        for uid in here.keys() - published.keys():
            state = Publication(here[uid][1]).label
            self._say(given[uid], "left", f"Its state here: {state}.")
        self._compare([given[uid] for uid in published], [*published.values()])

    def _add(self, some: list[Given]) -> None:
        listings = []
        for each in some:
            if (document := self._fitted(each)) is not None:
                listings.append(self._new(each, document))
        by_id = {each.uid: each for each in some}
        refused, renamed = self.loading.add(listings)
        for uid, reason in refused.items():
            self._say(by_id[uid], "refused", reason)
        for uid, slug in renamed.items():
            self._say(by_id[uid], "renamed", f"Its address word is taken here; it got {slug}.")
        self.counts["added"] += len(listings) - len(refused)

    def _new(self, each: Given, document: Document) -> NewListing:
        is_by_peer = each.level == VerificationLevel.PEER_VOUCHED
        return NewListing(
            uid=each.uid,
            document=document,
            published_at=each.published_at,
            level=each.level.value,
            checked_on=each.checked_on,
            # Who it was is in no dump.
            peer_name=f"a peer, as the dump says ({self.origin})" if is_by_peer else "",
            note=f"From the dump ({self.origin})",
        )

    def _fitted(self, each: Given) -> Document | None:
        try:
            document, unknown = self.loading.fitted(each.document)
        except InvalidDocument as error:
            self._say(each, "refused", str(error))
            return None
        self.unknown_places.update(unknown)
        return document

    def _compare(self, some: list[Given], keys: list[int]) -> None:
        """What is published here, with what a dump of this directory would say of it."""
        said = {listed.uid: listed for listed in self._listings.of(keys)}
        differences = []
        for each in some:
            listed = said.get(each.uid)
            if listed is None:
                self._say(each, "left", "Here its sources do not allow it to be passed on.")
            elif _is_same(each.document, listed.document):
                self.counts["same"] += 1
            elif (document := self._fitted(each)) is not None:
                self._note_difference(each, listed, document, differences)
        self._settle(differences)

    def _note_difference(
        self,
        each: Given,
        listed: Listed,
        document: Document,
        differences: list[tuple[Given, Difference]],
    ) -> None:
        """A difference, unless it is in the form only, such as a member that documents got since."""
        if _is_same(document, listed.document) or _is_same(document, self._tidy(listed.document)):
            self.counts["same"] += 1
            return
        found = Difference(each.uid, listed.pk, listed.version, listed.document, document)
        differences.append((each, found))

    def _tidy(self, document: Document) -> Document:
        try:
            return self.loading.fitted(document)[0]
        except InvalidDocument:
            return document

    def _settle(self, differences: list[tuple[Given, Difference]]) -> None:
        if not self.is_updating:
            for each, found in differences:
                self._say(each, "differs", f"Here it says something else: {_fields(found)}.")
            return
        kept = self.loading.bring_up_to_date([found for _each, found in differences])
        for each, found in differences:
            outcome = "differs" if each.uid in kept else "updated"
            self._say(each, outcome, kept.get(each.uid) or f"{_fields(found)}.")

    def _say(self, each: Given, outcome: str, reason: str) -> None:
        self.counts[outcome] += 1
        self.tell(Told(each.where, each.uid, outcome, reason))


def _is_same(one: Document, other: Document) -> bool:
    """The address word apart: where another listing has it, a listing gets one of its own."""
    return one | {"slug": ""} == other | {"slug": ""}


def _fields(found: Difference) -> str:
    """The fields that differ, by their names."""
    names = [n for n, v in found.document.items() if n != "slug" and v != found.said[n]]
    return ", ".join(names)


def _repeated(some: list[Given]) -> Given:
    """The first whose id an earlier one has."""
    seen: set[str] = set()
    return next(each for each in some if each.uid in seen or seen.add(each.uid))
