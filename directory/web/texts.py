"""What a listing says of itself, in the visitor's language where it has it."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language

from directory.models import Organization
from directory.web.rich_text import RichText, rich_text


@dataclass(frozen=True)
class Wording:
    """The text in one language. `lang` is "" if that is the language of the page."""

    language: str
    lang: str
    name: str
    summary: str
    description: RichText
    is_machine_made: bool = False
    is_original: bool = False

    @property
    def language_name(self) -> str:
        return language_name(self.language)


def wordings_of(organization: Organization) -> tuple[Wording, list[Wording]]:
    """The text to show first, and the same in other languages."""
    original = Wording(
        language=organization.language,
        lang=lang_of(organization.language),
        name=organization.name,
        summary=organization.summary,
        description=rich_text(organization.description),
        is_original=True,
    )
    others = [
        Wording(
            language=code,
            lang=lang_of(code),
            name=text.get("name", ""),
            summary=text.get("summary", ""),
            description=rich_text(text.get("description", "")),
            is_machine_made=text.get("is_machine_made", False),
        )
        for code, text in organization.translations.items()
    ]
    wordings = [original, *others]
    main = next((w for w in wordings if not w.lang and (w.summary or w.description)), original)
    return main, [wording for wording in wordings if wording is not main]


def language_name(code: str) -> str:
    """The language's name in the language of the page; its code where it has no name."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name(active_language())
    except (UnknownLocaleError, ValueError):
        name = Locale(active_language()).languages.get(code.split("-")[0])
    return name or code


def own_language_name(code: str) -> str:
    """The language's name in itself: Español."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code


def lang_of(code: str) -> str:
    """What the attribute `lang` must say: "" for the language of the page."""
    return "" if code.split("-")[0] == active_language() else code


def active_language() -> str:
    """The language of the page, as two letters."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
