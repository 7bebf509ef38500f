"""Taking in what a dump tells of ids and address words under which nothing is listed any more.

After its listings, for these are what they lead to. What is here already is left, so that a run that
was ended is gone on with by running it again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from django.conf import settings

from directory.actions.dump_loading import Loading
from directory.actions.dump_traces import Tombstone, Written, add_address_words, add_tombstones
from directory.exchange.dumps.loading import Told
from directory.exchange.dumps.package_files import Package, UnreadableDump
from directory.exchange.dumps.package_traces import address_words_in, tombstones_in
from directory.models import Publication

IDS, WORDS = "ids", "address words"  # As `counts` has them, and what is said at the end.
Tell = Callable[[Told], None]


class Traces:
    """Counts of what was done, by IDS and WORDS: "added", "same" and "left"."""

    def __init__(self, package: Package, loading: Loading, tell: Tell) -> None:
        self.package, self.loading, self.tell = package, loading, tell
        self.counts: dict[str, Counter[str]] = {IDS: Counter(), WORDS: Counter()}

    def load(self) -> Iterator[int]:
        """Load ids, then address words; gives out how many are done with. Raises UnreadableDump."""
        done = 0
        for merged in (False, True):  # What others were merged into may be gone itself.
            for some in _portions(_those(tombstones_in(self.package), merged)):
                self._note(IDS, some, add_tombstones([*some.values()], self.loading))
                yield (done := done + len(some))
        for some in _portions((w, each.slug, each) for w, each in address_words_in(self.package)):
            self._note(WORDS, some, add_address_words([*some.values()]))
            yield (done := done + len(some))

    def _note(self, what: str, some: dict, written: Written) -> None:
        counted = {"added": written.added, "same": written.same, "left": len(written.left)}
        self.counts[what].update(counted)
        for (where, name), each in some.items():
            if reason := written.left.get(name):
                self.tell(Told(where, each.uid, "left", reason))


def _those(found: Iterator[tuple[str, Tombstone]], merged: bool) -> Iterator[tuple]:
    for where, each in found:
        if (each.state == Publication.MERGED) == merged:
            yield where, each.uid, each


def _portions(found: Iterator[tuple]) -> Iterator[dict]:
    """Some hundred at a time, by where each stands and what names it."""
    while some := list(islice(found, settings.DUMP_LISTINGS_AT_ONCE)):
        names = Counter(name for _where, name, _each in some)
        for where, name, _each in some:
            if names[name] > 1:
                raise UnreadableDump(f"{where}: {name} is given twice.")
        yield {(where, name): each for where, name, each in some}
