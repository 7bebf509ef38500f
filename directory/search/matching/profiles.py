"""What of a listing is compared with others: names cut into words, keys, whereabouts."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from directory.models.identifier_schemes import IDENTIFIER_SCHEMES
from directory.search.entries import key_of
from directory.search.matching.hosts import host_of
from directory.search.matching.vocabulary import SAME_WORD
from directory.search.words import fold, fold_name, forms_of, is_stop_word, words_of

_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}")  # "C.I.C.", "U. S."
NAMES_MAX = 8  # Names of a listing that are compared: registered, former, in other languages.
SPOTS_MAX = 4  # Locations of a listing that are compared.


class Spot(NamedTuple):
    """One location, folded; "" and None where it is not known."""

    country: str
    region: str  # path of the place's region, else the region in words
    town: str  # in words
    town_path: str  # the town's place in the gazetteer
    postcode: str
    street: str
    latitude: float | None
    longitude: float | None


class Profile(NamedTuple):
    """A listing as it is compared."""

    names: tuple[tuple[str, ...], ...]  # each as words, without stop words; the main name first
    host: str
    email: str
    phone: str
    identifiers: tuple[tuple[str, str], ...]  # scheme, value without punctuation
    spots: tuple[Spot, ...]
    founded: str
    is_verified: bool


def profile_of(document: dict[str, Any], *, is_verified: bool = False) -> Profile:
    """The profile of a document, which need not be valid nor whole."""
    translations = document.get("translations") or {}
    names = [
        document.get("name"),
        document.get("legal_name"),
        *(document.get("other_names") or []),
        *(text.get("name") for text in translations.values()),
    ]
    numbers = [(part["scheme"], part["value"]) for part in document.get("identifiers") or []]
    return profile_from(
        names=[name for name in names if name],
        website=document.get("website") or "",
        email=document.get("email") or "",
        phone=document.get("phone") or "",
        identifiers=numbers,
        spots=[_spot(part) for part in (document.get("locations") or [])[:SPOTS_MAX]],
        founded=document.get("founded") or "",
        is_verified=is_verified,
    )


def profile_from(
    *,
    names: Iterable[str],
    website: str,
    email: str,
    phone: str,
    identifiers: Iterable[tuple[str, str]],
    spots: Iterable[Spot],
    founded: str,
    is_verified: bool,
) -> Profile:
    """The profile of what is known, put into the form in which it is compared."""
    cut = dict.fromkeys(filter(None, (name_words(name) for name in names)))
    return Profile(
        names=tuple(cut)[:NAMES_MAX],
        host=host_of(website) if website else "",
        email=email.casefold(),
        phone=phone,
        identifiers=tuple(sorted({(scheme, key_of(v) or v) for scheme, v in identifiers})),
        spots=tuple(spots),
        founded=founded[:4],
        is_verified=is_verified,
    )


def spot_from(
    *,
    country: str,
    region: str,
    locality: str,
    place: str,
    postcode: str,
    street: str,
    latitude: float | None,
    longitude: float | None,
) -> Spot:
    """A location as it is compared; `place` is a path of the gazetteer."""
    steps = place.split("/")
    town_path = place if len(steps) == 3 else ""
    town = fold_name(locality) or (steps[2].replace("-", " ") if town_path else "")
    return Spot(
        country=country or steps[0].upper(),
        region="/".join(steps[:2]) if len(steps) > 1 else fold_name(region),
        town=town,
        town_path=town_path,
        postcode="".join(postcode.split()).upper(),
        street=fold_name(street),
        latitude=latitude,
        longitude=longitude,
    )


def _spot(part: dict[str, Any]) -> Spot:
    texts = {
        name: part.get(name) or ""
        for name in ("country", "region", "locality", "place", "postcode", "street")
    }
    return spot_from(**texts, latitude=part.get("latitude"), longitude=part.get("longitude"))


def name_words(name: str) -> tuple[str, ...]:
    """The words by which a name is compared; stop words only where there is nothing else."""
    name = _DOTTED.sub(lambda letters: letters[0].replace(".", "").replace(" ", "") + " ", name)
    words = words_of(name)
    if not fold(name).isascii():
        # Names in Greek and Cyrillic letters are written in Latin ones as well.
        latin = [form for form in sorted(forms_of(name)) if form]
        words = [*words, *latin] if latin else words
    telling = [word for word in words if not is_stop_word(word)] or words
    return tuple(same for word in telling for same in SAME_WORD.get(word, (word,)))


def is_unique_scheme(scheme: str) -> bool:
    """Whether an enterprise has one number in this register: two numbers are two enterprises."""
    return scheme in IDENTIFIER_SCHEMES and scheme not in {"X-OSM", "X-DOTCOOP", "XI-WIKIDATA"}
