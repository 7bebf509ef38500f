"""After how many days without a confirmation an enterprise is asked, by its type.

One table. What depends on a few volunteers, borrowed rooms or dates ages fast; what owns buildings,
or is supervised, slowly. A type without a line of its own goes by the nearest broader one.
"""

from collections.abc import Iterable

from directory.models import Scheme, Vocabulary

DEFAULT_DAYS = 365  # Once a year, as kartevonmorgen.org has asked for years.

DAYS_BY_TYPE = {
    # Groups that form in a need, and rest or end when it is over.
    "crisis-response-network": 120,
    "mutual-aid-group": 120,
    # Volunteers change, and with them telephone numbers and hours.
    "mutual-aid-and-care": 180,
    "lending-circle": 180,
    "tenant-union": 270,
    # Guests in the rooms of others, on dates that move.
    "repair-cafe": 180,
    "free-store": 180,
    "solidarity-market": 180,
    "library-of-things": 240,
    "buying-club": 240,
    "timebank": 270,
    # Seasons: asked before the next one.
    "community-garden": 270,
    "community-supported-agriculture": 300,
    # Volunteers in rooms that they rent.
    "makerspace": 300,
    "community-space": 300,
    "popular-education": 300,
    # Supervised, and in public registers that say when they end.
    "credit-union": 540,
    "cooperative-bank": 540,
    "public-bank": 730,
    "mutual-insurer": 730,
    # Land, houses and lines stay where they are.
    "housing-cooperative": 540,
    "community-land-trust": 540,
    "utility-cooperative": 540,
    # Bodies with statutes, an office and staff.
    "federation": 540,
    "cooperative-group": 540,
    "municipal-enterprise": 540,
}
SHORTEST_DAYS = min(DAYS_BY_TYPE.values())


def remind_after(codes: Iterable[str], terms: Vocabulary) -> int:
    """Days for an enterprise with these types: of several, those of the one that ages fastest."""
    return min((_days(code, terms) for code in codes), default=DEFAULT_DAYS)


def _days(code: str, terms: Vocabulary) -> int:
    broader = [term.code for term in terms.ancestors(Scheme.TYPE, code)]
    known = (DAYS_BY_TYPE[each] for each in [code, *broader] if each in DAYS_BY_TYPE)
    return next(known, DEFAULT_DAYS)
