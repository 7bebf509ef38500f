"""Places and sources that documents name: whether they exist."""

from directory.models import Place, Source

ROWS = {"place": (Place.objects, "path"), "source": (Source.objects, "code")}


class References:
    """Remembers which places and sources exist, for those who validate many documents at once."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {name: set() for name in ROWS}

    def learn(self, name: str, value: str) -> None:
        """Take note of a place or source that is known to exist."""
        self._known[name].add(value)

    def known(self, name: str, wanted: set[str]) -> set[str]:
        """Those of the wanted places or sources that exist."""
        known = self._known[name]
        if missing := wanted - known:
            rows, column = ROWS[name]
            found = rows.filter(**{f"{column}__in": missing})
            known.update(found.values_list(column, flat=True))
        return wanted & known
