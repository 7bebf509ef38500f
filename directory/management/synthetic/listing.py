"""One invented listing by its number: the same number and seed give the same listing."""

import datetime
from collections.abc import Iterator
from random import Random
from typing import Any

from django.utils.text import slugify

from directory.actions.bulk import Entry
from directory.management.synthetic import parts
from directory.management.synthetic.chance import an_early_one, one_of
from directory.management.synthetic.ground import Ground, Town
from directory.management.synthetic.languages import LANGUAGES, Language
from directory.management.synthetic.words import invented, name_of, sentence_of
from directory.models import Publication, VerificationLevel

SEED_STEP = 1 << 40  # More listings than any seed has, so that no two share their chance.
LIVES = ("active",) * 88 + ("closed",) * 5 + ("paused",) * 3 + ("forming",) * 3 + ("unknown",)
# 92 of 100 are on the site.
PUBLICATIONS = (
    (Publication.PUBLISHED.value,) * 92
    + (Publication.DRAFT.value,) * 5
    + (Publication.UNPUBLISHED.value,) * 2
    + (Publication.WITHDRAWN.value,)
)
LEVELS = (
    (VerificationLevel.UNVERIFIED.value,) * 60
    + (VerificationLevel.SELF_REPORTED.value,) * 18
    + (VerificationLevel.EDITOR_CHECKED.value,) * 12
    + (VerificationLevel.ORG_CONFIRMED.value,) * 7
    + (VerificationLevel.PEER_VOUCHED.value,) * 2
    + (VerificationLevel.DOCUMENTED.value,)
)
# Crockford's letters, of which a ULID is made.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def entries(ground: Ground, *, seed: int, first: int, last: int) -> Iterator[Entry]:
    """The listings with the numbers `first` up to `last`, that one left out."""
    chance = Random()  # noqa: S311 - invented, not secret
    for serial in range(first, last):
        chance.seed(seed * SEED_STEP + serial)
        yield _entry(ground, seed, serial, chance)


def _entry(ground: Ground, seed: int, serial: int, chance: Random) -> Entry:
    publication = one_of(PUBLICATIONS, chance)
    level = one_of(LEVELS, chance)
    published_on = datetime.date.fromisoformat(parts.a_day(2018 + int(chance.random() * 8), chance))
    checked_on = datetime.date.fromisoformat(parts.a_day(2021 + int(chance.random() * 5), chance))
    return Entry(
        uid=_uid(seed, serial, chance),
        document=_document(ground, seed, serial, chance),
        publication=publication,
        published_on=None if publication == Publication.DRAFT else published_on,
        level=level,
        checked_on=checked_on if level else None,
        peer_name="Example Network" if level == VerificationLevel.PEER_VOUCHED else "",
    )


def _uid(seed: int, serial: int, chance: Random) -> str:
    """A ULID whose first half counts, so that the rows of an index follow each other."""
    head = _in_letters((seed % 256) << 40 | serial, 10)
    return head + _in_letters(int(chance.random() * (1 << 53)), 16)


def _in_letters(number: int, length: int) -> str:
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(length - 1, -1, -1))


def _document(ground: Ground, seed: int, serial: int, chance: Random) -> dict[str, Any]:
    """The whole document as `documents.validate` would tidy it: every field, defaults too."""
    town = ground.town(chance)
    language = ground.language_of(town)
    name = name_of(language, town.name, chance)
    slug = f"{slugify(name)[:70].strip('-') or 'example'}-x{seed}-{serial}"
    has_site = chance.random() < 0.55
    life = one_of(LIVES, chance)
    founded = int(2025 - 75 * chance.random() ** 2)
    return {
        "name": name,
        "slug": slug,
        "legal_name": f"{name} {serial}" if chance.random() < 0.3 else "",
        "other_names": _other_names(language, chance),
        "language": language.code,
        "further_languages": ["en"] if language.code != "en" and chance.random() < 0.1 else [],
        "summary": sentence_of(language, 6 + int(chance.random() * 14), chance),
        "description": _description(language, chance),
        "translations": _translations(language, chance),
        "lifecycle": life,
        "founded": str(founded) if chance.random() < 0.7 else "",
        "closed": "2025" if life == "closed" else "",
        "website": f"https://x{seed}-{serial}.example/" if has_site else "",
        "email": f"hello@x{seed}-{serial}.example" if has_site and chance.random() < 0.5 else "",
        "email_is_public": True,
        "phone": "",
        "phone_is_public": False,
        "links": [],
        "governance": {},
        "members_count": int(10 ** (1 + 3 * chance.random())) if chance.random() < 0.5 else None,
        "workers_count": int(10 ** (2 * chance.random())) if chance.random() < 0.4 else None,
        **_whereabouts(ground, town, serial, chance),
        "claims": parts.claims(ground, chance),
        "identifiers": parts.identifiers(town, serial, chance),
        "sources": [_source_record(seed, serial, chance)],
    }


def _whereabouts(ground: Ground, town: Town, serial: int, chance: Random) -> dict[str, Any]:
    """Nearly all are somewhere, some in two towns; one in seven says whom it serves."""
    drawn = chance.random()
    locations = [] if drawn < 0.04 else [parts.location(town, serial, chance)]
    if drawn > 0.94:
        locations.append(parts.location(ground.town(chance), serial, chance))
    is_told = not locations or chance.random() < 0.15
    return {
        "locations": locations,
        "service_areas": [parts.service_area(town, chance)] if is_told else [],
    }


def _other_names(language: Language, chance: Random) -> list[str]:
    if chance.random() > 0.08:
        return []
    return [f"{invented(language, int(chance.random() * 100_000)).upper()} ({language.example})"]


def _description(language: Language, chance: Random) -> str:
    if chance.random() > 0.3:
        return ""
    count = 1 + int(chance.random() * 4)
    return " ".join(sentence_of(language, 15, chance) for _number in range(count))


def _translations(language: Language, chance: Random) -> dict[str, Any]:
    """English beside another language, for some."""
    if language.code == "en" or chance.random() > 0.05:
        return {}
    english = LANGUAGES[0]
    form = an_early_one(english.forms, chance)
    name = f"{invented(english, int(chance.random() * 100_000)).capitalize()} {form} (example)"
    summary = sentence_of(english, 10, chance)
    return {"en": {"name": name, "summary": summary, "description": "", "is_machine_made": False}}


def _source_record(seed: int, serial: int, chance: Random) -> dict[str, Any]:
    return {
        "source": parts.SOURCE["code"],
        "external_id": f"{seed}-{serial}",
        "url": "",
        "fetched_on": parts.a_day(parts.YEAR_OF_CHECKS, chance),
        "fields": [],
    }
