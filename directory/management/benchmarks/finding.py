"""`manage.py benchmark search --quality`: all figures of finding, printed, in a database of its own.

The database is made for the run and removed after it, so that nothing is added to a directory.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from directory.management.benchmarks import baselines, known_items, quality, rows
from directory.management.benchmarks.known_items import Item, Typed
from directory.management.benchmarks.real_listings import FILE, real_documents
from directory.models import Organization

Write = Callable[[str], object]
IN_MEMORY = 1_000_000  # Listings whose index may be made in memory: here all.


def run(*, write: Write) -> None:
    """Measure and write a table a part: gold set, what else there is, known items."""
    with _own_database():
        asked, slugs = quality.load_gold_set()
        _write_gold_set(asked, slugs, write)
        demo = [pk for pk, slug in slugs.items() if is_real(slug)]
        _write_known_items("demo listings", demo, write)
    if not FILE.exists():
        write(f"Known items among 26,020 listings: left out, there is no {FILE.name}.")
        return
    with _own_database(), override_settings(SEARCH_IN_MEMORY_MAX=IN_MEMORY):
        slugs = rows.load_documents(rows.with_slugs(real_documents()))
        _write_known_items(f"{len(slugs):,} real listings", list(slugs), write)


@contextmanager
def _own_database() -> Iterator[None]:
    """An empty database with the vocabulary, as tests have one."""
    name = connection.settings_dict["NAME"]
    logging.getLogger("directory.search").setLevel(logging.WARNING)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_taxonomy", verbosity=0)
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _write_gold_set(asked: list[quality.Asked], slugs: dict[int, str], write: Write) -> None:
    found = quality.outcomes(asked, slugs)
    write(f"Gold set: {len(asked)} queries over {len(slugs)} listings")
    write(f"{'':24}{'queries':>8}{'recall@10':>11}{'nDCG@10':>9}{'dead ends':>11}")
    _write_figures("this search", quality.figures(found), write)
    _write_figures("icontains", _figures_of(baselines.icontains, asked, slugs), write)
    full_text = baselines.full_text()
    if isinstance(full_text, str):
        write(f"  (PostgreSQL: {full_text})")
    else:
        _write_figures("PostgreSQL, trigrams", _figures_of(full_text, asked, slugs), write)
    for title, group in (("by language", _language), ("by kind", _kind)):
        write(f"This search {title}")
        for name, some in quality.by(found, group).items():
            _write_figures(name, some, write)


def is_real(slug: str) -> bool:
    """Whether it is a demo listing's; of those of the sample only Latin names make a slug."""
    return not slug.startswith(("example-", "exemple-", "exemplo-", "ejemplo-", "listing"))


def _language(asked: quality.Asked) -> str:
    return asked.language


def _kind(asked: quality.Asked) -> str:
    return asked.kind


def _figures_of(
    search: baselines.Search, asked: list[quality.Asked], slugs: dict[int, str]
) -> dict[str, float]:
    return quality.figures(quality.plain_outcomes(asked, slugs, search))


def _write_figures(name: str, some: dict[str, float], write: Write) -> None:
    write(
        f"  {name:22}{some['queries']:>8}{some['recall']:>11.3f}{some['ndcg']:>9.3f}"
        f"{some['dead_ends']:>11.1%}"
    )


def _write_known_items(title: str, ids: list[int], write: Write) -> None:
    items = items_of(ids)
    found = known_figures(known_items.typed(known_items.chosen(items.values())), items)
    write(f"Known items among {title}: found in the first ten / at the first place")
    for way, (in_ten, at_first) in found.items():
        least_in_ten, least_at_first = known_items.THRESHOLDS[way]
        is_met = in_ten >= least_in_ten and at_first >= least_at_first
        write(
            f"  {way:22}{in_ten:>8.1%}{at_first:>9.1%}   at least "
            f"{least_in_ten:.0%} {least_at_first:.0%}{'' if is_met else '  NOT MET'}"
        )


def items_of(ids: list[int]) -> dict[int, Item]:
    """What each listing is called, by row id, and where it is."""
    listings = Organization.objects.prefetch_related("locations").in_bulk(ids)
    towns = {
        pk: next((place.locality for place in one.locations.all()), "")
        for pk, one in listings.items()
    }
    return {pk: Item(one.name, towns[pk]) for pk, one in listings.items()}


def known_figures(asked: list[Typed], items: dict[int, Item]) -> dict[str, tuple[float, float]]:
    """For each way of typing: shares found among the first ten, and at the first place."""
    places: dict[str, list[int | None]] = {way: [] for way in known_items.WAYS}
    for one in asked:
        hits = quality.found_by(one.words).hits
        first = [items[hit.organization_id] for hit in hits if hit.organization_id in items]
        places[one.way].append(known_items.found_at(one, first))
    return {
        way: (
            sum(place is not None for place in found) / len(found),
            sum(place == 0 for place in found) / len(found),
        )
        for way, found in places.items()
        if found
    }
