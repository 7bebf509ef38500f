"""Which mapping a file is read by: one that is kept for its source, one that ships, or a guess."""

from dataclasses import replace

from directory.actions.imports import NotApplicable
from directory.exchange.mappings import Mapping, guess, shipped
from directory.exchange.tables import Table
from directory.models import ImportRun, Source, SourceMapping

GUESSED = "guessed"
CORRECTED = "corrected"


def named(source: Source, name: str) -> Mapping:
    """The mapping of this name: the source's own before those that ship.

    Raises NotApplicable, with the names there are.
    """
    kept = SourceMapping.objects.filter(source=source, name=name).first()
    if kept is not None:
        return Mapping.from_json(kept.rules)
    if name in shipped():
        return shipped()[name]
    raise NotApplicable(
        f"There is no mapping {name!r} for {source.code}. There are: {', '.join(names(source))}."
    )


def names(source: Source) -> list[str]:
    """The names that `named` knows for a source."""
    kept = SourceMapping.objects.filter(source=source).order_by("name")
    return [*dict.fromkeys([*kept.values_list("name", flat=True), *shipped()])]


def name_of(source: Source, mapping: Mapping, name: str) -> str:
    """What a mapping is called that was begun by the one of this name ("": by none)."""
    if name in names(source):
        return name if named(source, name) == mapping else CORRECTED
    return name or GUESSED


def usual_name(source: Source) -> str:
    """The mapping that was kept last for the source, or ships under its code; "" where none is."""
    kept = SourceMapping.objects.filter(source=source).order_by("-updated_at", "-pk").first()
    if kept is not None:
        return kept.name
    code = source.code.replace("-", "_")
    return code if code in shipped() else ""


def of_refused(source: Source, number: int) -> tuple[str, Mapping] | None:
    """The name and the mapping by which the import of this number was read, for the file of the
    rows that it refused; None where there is no such import of the source.
    """
    run = ImportRun.objects.filter(pk=number, source=source).first()
    if run is None or not run.mapping:
        return None
    # The error file begins with its header, wherever that was in the file before it.
    usual = Mapping()
    plain = {name: getattr(usual, name) for name in (*usual.layout(), "skip_rows_at_end")}
    return run.mapping_name, replace(Mapping.from_json(run.mapping), **plain)


def guessed(table: Table) -> Mapping:
    """A guess by the names of the columns and what stands in them."""
    return guess(table)
