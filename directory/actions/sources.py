"""Sources of facts, and which files were loaded."""

from typing import Any

from django.db import transaction

from directory.models import DataFile, Source


@transaction.atomic
def load_sources(entries: list[dict[str, Any]]) -> None:
    """Add the sources, or bring them up to date, by their code."""
    for entry in entries:
        values = {name: value for name, value in entry.items() if name != "code"}
        Source.objects.update_or_create(code=entry["code"], defaults=values)


@transaction.atomic
def add_source(entry: dict[str, Any]) -> bool:
    """Add a source unless its code is known; whether the one here says what the entry says.

    Raises django.core.exceptions.ValidationError by field.
    """
    present = Source.objects.filter(code=entry["code"]).first()
    if present is not None:
        return all(getattr(present, name) == value for name, value in entry.items())
    source = Source(**entry)
    source.full_clean()
    source.save(force_insert=True)
    return True


def remember_file(name: str, digest: str) -> None:
    """Note that a file was loaded to its end."""
    DataFile.objects.update_or_create(name=name, defaults={"digest": digest})


def is_loaded(name: str, digest: str) -> bool:
    """Whether this very file was loaded to its end."""
    return DataFile.objects.filter(name=name, digest=digest).exists()
