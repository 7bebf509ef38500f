"""Going on with imports: files read into staged rows, staged rows written, piece by piece.

Each piece is one transaction; whoever is killed in between has lost only the piece in hand.
"""

import logging
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from directory.actions import import_leases, imports
from directory.actions.import_applying import Applying
from directory.actions.import_staging import Staging
from directory.exchange.mappings import InvalidMapping, Mapping, Reader
from directory.exchange.tables import Table, UnreadableFile, open_table
from directory.models import ImportRun, ImportState

logger = logging.getLogger(__name__)

# At most one, between two slices.
_held: list[Staging] = []
_writing: list[Applying] = []


class Busy(Exception):
    """Somebody else goes on with this import just now."""


def go_on(run: ImportRun) -> Iterator[int]:
    """Read and write what there is to do; gives out how many rows each piece had.

    Ends where a word of an editor is needed, or the work is done. What makes it impossible to go on
    is kept with the import. Raises Busy.
    """
    if not import_leases.take(run):
        raise Busy(str(run))
    try:
        yield from _pieces(run)
    except import_leases.LeaseLost:
        logger.warning("import %s: somebody else took it, or stopped it", run.pk)
    except (UnreadableFile, InvalidMapping, imports.NotApplicable) as error:
        imports.fail(run, str(error))
    except (OperationalError, InterfaceError):
        raise  # The database's fault, not the file's: tried again.
    except Exception as error:  # One broken file must not keep the others from being read.
        logger.exception("import %s failed", run.pk)
        imports.fail(run, "".join(traceback.format_exception(error, limit=-3)))
    finally:
        import_leases.give_back(run)


def go_on_for_a_while(run: ImportRun) -> None:
    """A piece of some seconds, for the browser. Raises Busy."""
    until = time.monotonic() + settings.IMPORT_SLICE_SECONDS
    with closing(go_on(run)) as pieces:
        for _count in pieces:
            if time.monotonic() > until:
                break


def go_on_with_all() -> Iterator[int]:
    """Whatever there is to go on with and nobody works on, for `manage.py work`."""
    now = timezone.now()
    waiting = ImportRun.objects.waiting_their_turn().free(now)
    ready = [run for run in waiting if not imports.why_not(run)]
    for run in [*ImportRun.objects.at_work().free(now), *ready]:
        try:
            yield from go_on(run)
        except Busy:
            continue


def _pieces(run: ImportRun) -> Iterator[int]:
    if run.state == ImportState.STAGING:
        yield from _stage(run)
    if run.state == ImportState.STAGED and run.applies_itself and not imports.why_not(run):
        _begin(run)
    if run.state == ImportState.APPLYING:
        yield from _apply(run)


def _apply(run: ImportRun) -> Iterator[int]:
    applying = _applying_of(run)
    while count := applying.apply():
        _writing[:] = [applying]
        yield count
        _writing.clear()


def _applying_of(run: ImportRun) -> Applying:
    """What this process left a moment ago: all listings may stand in it; or a new one."""
    for applying in _writing:
        left = applying.run
        if (left.pk, left.created_at, left.staged_at) == (run.pk, run.created_at, run.staged_at):
            applying.go_on_with(run)
            return applying
    return Applying(run)


def _begin(run: ImportRun) -> None:
    """Let it be written, unless another of its source is: then it waits."""
    try:
        imports.begin(run)
    except imports.NotApplicable:
        run.refresh_from_db()
        logger.info("import %s waits for another of its source", run.pk)


def _stage(run: ImportRun) -> Iterator[int]:
    mapping = Mapping.from_json(run.mapping)
    with opened(run, mapping) as table:
        staging = _staging_of(run)
        # Those before were staged by whoever was killed.
        rows = Reader(mapping, run.source.code).rows(replace(table, behind=staging.last))
        while portion := list(islice(rows, settings.IMPORT_ROWS_AT_ONCE)):
            staging.stage(portion)
            _held[:] = [staging]
            yield len(portion)
            _held.clear()
        imports.finish_staging(run, notes=table.notes)


def _staging_of(run: ImportRun) -> Staging:
    """The staging that this process left a moment ago, where nobody has gone on since; or a new one.

    All listings stand in it: to load them for each slice would take longer than the slice.
    """
    last = run.rows.order_by("-number").values_list("number", flat=True).first() or 0
    for staging in _held:
        left = staging.run
        is_same = (left.pk, left.created_at, left.mapping) == (run.pk, run.created_at, run.mapping)
        if is_same and staging.last == last:
            staging.run = run
            return staging
    return Staging(run)


@contextmanager
def opened(run: ImportRun, mapping: Mapping) -> Iterator[Table]:
    """The file of an import as a table. Raises UnreadableFile, imports.NotApplicable."""
    with table_in(imports.content_of(run), run.file_name, mapping) as table:
        yield table


@contextmanager
def table_in(content: bytes, name: str, mapping: Mapping) -> Iterator[Table]:
    """The content of a file of this name as a table. Raises UnreadableFile."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        yield open_table(path, name=name, **mapping.layout())
