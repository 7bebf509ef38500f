"""Names of languages and countries in the language of the reader."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def language_name(code: str, language: str = "") -> str:
    """`es` → Spanish; the code itself where nobody knows it."""
    names = _locale(language or get_language() or "en").languages
    name = names.get(code.replace("-", "_")) or names.get(code.split("-")[0]) or code
    return name[:1].upper() + name[1:]


def country_name(code: str, language: str = "") -> str:
    """`UY` → Uruguay; the code itself where nobody knows it, "" for none."""
    return _country_names(language or get_language() or "en").get(code.upper(), code.upper())


@lru_cache(maxsize=32)
def _country_names(language: str) -> dict[str, str]:
    """All countries at once: a page names dozens of them."""
    return dict(_locale(language).territories)
