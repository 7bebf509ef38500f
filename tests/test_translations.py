"""Every text of the interface is there in all four languages."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_javascript, extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse
from django.utils.translation import template, trans_real

from directory.exchange.translations import compile_translations, stale_translations

ROOT = settings.BASE_DIR
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")


def catalogue(language: str) -> Catalog:
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def used_texts() -> Iterator[tuple[str, Path]]:
    """Every text that code or a template asks to have translated, and where."""
    for folder in ("directory", "accounts", "solidarity"):
        for path in (ROOT / folder).rglob("*.py"):
            found = extract_python(BytesIO(path.read_bytes()), KEYWORDS, [], {})
            yield from ((first_text(name, texts), path) for _line, name, texts, _notes in found)
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]:
        code = template.templatize(path.read_text(encoding="utf-8"), origin=str(path))
        found = extract_javascript(BytesIO(code.encode()), KEYWORDS, [], {})
        yield from ((first_text(name, texts), path) for _line, name, texts, _notes in found)


def first_text(keyword: str, texts: str | tuple) -> str:
    """The text itself, or its singular; the context left out."""
    parts = (texts,) if isinstance(texts, str) else texts
    return parts[1] if "pgettext" in keyword else parts[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_a_translation(language):
    known = {m.id[0] if isinstance(m.id, tuple) else m.id for m in catalogue(language) if m.id}
    missing = sorted(
        {
            f"{text!r} in {path.relative_to(ROOT)}"
            for text, path in used_texts()
            if text not in known
        }
    )

    assert missing == [], "make messages, then translate"


def test_no_gap_of_a_text_stays_empty():
    """Within blocktranslate Django fills names alone: `{{ session.ip }}` would show nothing."""
    empty = [text for text, _path in used_texts() if re.search(r"%\(\w*\.[^)]*\)s", text)]

    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_or_guessed(language):
    unfinished = [
        message.id
        for message in catalogue(language)
        if message.id
        and (
            message.fuzzy
            or not all([message.string] if isinstance(message.string, str) else message.string)
        )
    ]

    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_gaps_of_its_text(language):
    torn = []
    for message in catalogue(language):
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = {gap for text in texts for gap in PLACEHOLDER.findall(text)}
        given = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and any(not set(PLACEHOLDER.findall(text)) <= wanted for text in given):
            torn.append(message.id)
        if message.id and set(PLACEHOLDER.findall(given[-1])) != set(
            PLACEHOLDER.findall(texts[-1])
        ):
            torn.append(message.id)

    assert torn == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "word"), [("es", "Buscar"), ("pt", "Encontr"), ("fr", "Trouv"), ("en", "Find")]
)
def test_a_page_speaks_the_language_that_was_asked_for(client, language, word):
    page = client.get(reverse("home"), {"lang": language})

    assert f'<html lang="{language}"' in page.content.decode()
    assert word in page.content.decode()


@pytest.mark.django_db
def test_a_browser_is_answered_in_its_language_and_a_choice_is_remembered(client):
    assert client.get("/", headers={"accept-language": "fr-CA"}).headers["Content-Language"] == "fr"

    client.get("/", {"lang": "pt"})

    assert client.get("/", headers={"accept-language": "fr"}).headers["Content-Language"] == "pt"


def test_translations_are_compiled_without_gettext():
    for path in (ROOT / "locale").rglob("django.mo"):
        path.touch()
    one = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.mo"
    kept = one.read_bytes()
    one.unlink()

    assert [po.with_suffix(".mo") for po in stale_translations()] == [one]
    assert compile_translations() == 1
    assert one.read_bytes() == kept
    trans_real._translations.clear()
