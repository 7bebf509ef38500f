"""Compiling the translations: .po to .mo by Babel, so that no gettext is needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def stale_translations() -> list[Path]:
    """The .po files whose .mo is missing or older."""
    files = sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/django.po"))
    return [
        po
        for po in files
        if not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime
    ]


def compile_translations() -> int:
    """Write the .mo of every stale .po; how many were written."""
    stale = stale_translations()
    for po in stale:
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parent.parent.name)
        unfinished = po.with_suffix(".mo.part")
        with unfinished.open("wb") as target:
            write_mo(target, catalog)
        unfinished.replace(po.with_suffix(".mo"))
    return len(stale)
