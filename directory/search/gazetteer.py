"""The places that listings lie in or serve, held in memory with the names they are found by."""

from collections.abc import Iterable

from babel import Locale
from django.conf import settings

from directory.models import Place, PlaceName
from directory.search.arrays import Arrays
from directory.search.facts import Facts, PlaceFact, PlacePhrases
from directory.search.words import all_words, words_of

CHUNK = 400  # Below SQLite's limit of variables in one statement.


def ancestor_paths(path: str) -> list[str]:
    """us/maryland/takoma-park → us, us/maryland, us/maryland/takoma-park."""
    parts = path.split("/")
    return ["/".join(parts[: end + 1]) for end in range(len(parts))] if path else []


class Gazetteer:
    """Places by row id (for their public locations) and by path (for their words)."""

    def __init__(self, stored: Arrays | None = None) -> None:
        """`stored`: facts that an index brought with it."""
        self.rows: dict[int, Place] = {}
        self._parents: dict[int, Place] = {}
        self.facts = Facts(stored)
        self.phrases = PlacePhrases(stored)  # name of several words → paths

    def load_rows(self, ids: Iterable[int | None]) -> None:
        """Make sure that these places, with the regions and countries around them, are there."""
        missing = [pk for pk in {*ids} - {None} if pk not in self.rows]
        for start in range(0, len(missing), CHUNK):
            found = Place.objects.with_parents().in_bulk(missing[start : start + CHUNK])
            for place in found.values():
                self._share_parents(place)
            self.rows.update(found)

    def _share_parents(self, place: Place) -> None:
        """Let the towns of a region hold one row of it, not one each."""
        if place.parent is not None:
            self._share_parents(place.parent)
            place.parent = self._parents.setdefault(place.parent_id, place.parent)

    def load_facts(self, paths: Iterable[str]) -> None:
        """Make sure that the facts of these paths and of those above them are there."""
        wanted = {above for path in {*paths} for above in ancestor_paths(path)}
        missing = sorted(path for path in wanted if path not in self.facts)
        for start in range(0, len(missing), CHUNK):
            self._load(missing[start : start + CHUNK])
        for path in missing:
            if path not in self.facts and "/" not in path:
                self.facts[path] = _country_without_row(path)
            for phrase in self.facts[path].phrases if path in self.facts else ():
                self.phrases.add(phrase, path)

    def _load(self, paths: list[str]) -> None:
        places = Place.objects.filter(path__in=paths)
        names: dict[int, list[str]] = {}
        rows = PlaceName.objects.filter(place__path__in=paths).values_list("place_id", "name")
        for place_id, name in rows:
            names.setdefault(place_id, []).append(name)
        for place in places:
            own = [place.name, *names.get(place.pk, ())]
            if place.kind == "country":
                own += country_names(place.path)
            self.facts[place.path] = PlaceFact(
                place.path,
                place.name,
                place.kind,
                place.country_code.upper(),
                place.latitude,
                place.longitude,
                place.timezone,
                *_words_and_phrases(place.name, own),
            )

    def words(self, path: str) -> set[str]:
        """Words of all names of a place and of the places that hold it."""
        facts = [self.facts.get(above) for above in ancestor_paths(path)]
        return {word for fact in facts if fact for word in fact.words}

    def is_a_name(self, word: str) -> bool:
        """Whether a word is of the own name of a place, as its country writes it."""
        return word in self.facts.own_words()

    def label(self, path: str) -> str:
        """The name of a place; its path where it has none."""
        fact = self.facts.get(path)
        return fact.name if fact else path


def country_names(code: str) -> list[str]:
    """The names of a country in the languages of the site."""
    locales = [Locale(language) for language, _name in settings.LANGUAGES]
    names = [locale.territories.get(code.upper()) for locale in locales]
    return [name for name in names if name]


def _country_without_row(path: str) -> PlaceFact:
    """A country that listings name but the gazetteer does not hold (yet)."""
    names = country_names(path)
    name = names[0] if names else path.upper()
    words = _words_and_phrases(name, names)
    return PlaceFact(path, name, "country", path.upper(), 0.0, 0.0, "", *words)


def _words_and_phrases(
    name: str, names: list[str]
) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """Words that stand for a place, and names that do so only as a whole.

    The single words of "Federal Capital" or "City of Azaleas" would make every listing of a town
    answer to "federal" and "city".
    """
    cut = [tuple(words_of(other)) for other in names]
    words = {word for words in cut if len(words) == 1 for word in words}
    phrases = dict.fromkeys(words for words in cut if len(words) > 1)
    latin = {form for other in names if len(words_of(other)) == 1 for form in all_words((other,))}
    return frozenset(words | latin | all_words((name,))), tuple(phrases)
