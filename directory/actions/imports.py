"""Bring a file in, decide about its rows, let it be written, stop it."""

import zlib
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions import import_stops
from directory.actions.import_counts import count
from directory.actions.import_dropping import drop_rows
from directory.actions.import_leases import hold
from directory.models import (
    Door,
    ImportFile,
    ImportRun,
    ImportState,
    Source,
)


class NotApplicable(Exception):
    """The import cannot be written as it is; the message says why, and what can be done."""


class NotInThatState(Exception):
    """The import has gone further meanwhile."""


@transaction.atomic
def bring_in(
    content: bytes,
    *,
    source: Source,
    file_name: str,
    by: object | None,
    door: Door,
    **wishes: Any,
) -> ImportRun:
    """A new import of a file, which is kept; `wishes` are further fields of ImportRun."""
    digest = sha256(content).hexdigest()
    file, _is_new = ImportFile.objects.get_or_create(
        digest=digest, defaults={"size": len(content), "packed": zlib.compress(content, 6)}
    )
    return ImportRun.objects.create(
        source=source,
        file=file,
        file_name=file_name[-200:],
        digest=digest,
        size=len(content),
        by=by,
        door=door,
        **wishes,
    )


def content_of(run: ImportRun) -> bytes:
    """The file as it was brought in. Raises NotApplicable where it is kept no longer."""
    if run.file is None:
        raise NotApplicable(_("The file is kept no longer. Bring it in again."))
    return zlib.decompress(bytes(run.file.packed))


@transaction.atomic
def read_with(run: ImportRun, mapping: dict[str, Any], *, name: str = "", **wishes: Any) -> None:
    """Let the import be read (again) by a mapping; what was read before is dropped.

    `wishes` are further fields of ImportRun. Whoever was reading it loses the lease, and with it the
    portion in hand. Raises NotInThatState once it is being written.
    """
    _lock(run, ImportState.MAPPING, ImportState.STAGING, ImportState.STAGED, ImportState.FAILED)
    if run.changeset_id:
        raise NotInThatState(_("It is being written already."))
    drop_rows(run.rows.all())
    run.mapping, run.mapping_name = mapping, name[:100]
    run.state, run.rows_done, run.rows_total, run.error = ImportState.STAGING, 0, 0, ""
    run.counts, run.notes, run.stops, run.is_stopped = {}, [], [], False
    run.override_by, run.override_reason, run.staged_at = None, "", None
    run.lease, run.lease_until = "", None
    for field, value in wishes.items():
        setattr(run, field, value)
    run.save()


def begun_before(run: ImportRun, mapping: dict[str, Any]) -> ImportRun | None:
    """An import of the very same file with the same wishes that was interrupted."""
    same = ("source", "digest", "door", "applies_itself")
    same += ("is_publishing", "is_isolated", "is_part")
    rows = ImportRun.objects.at_work().filter(**{name: getattr(run, name) for name in same})
    return next((each for each in rows if each.mapping == mapping), None)


def read_again(run: ImportRun, *, seen: str | None = None) -> None:
    """Read the file anew by the same mapping; whoever asks for that looks at it before it is written.

    Raises NotInThatState.
    """
    _hold_to(run, seen)
    read_with(run, run.mapping, name=run.mapping_name, applies_itself=False)


def discard_previews(run: ImportRun) -> None:
    """Drop earlier previews of this file at the same door: nobody will look at them again."""
    earlier = ImportRun.objects.filter(
        source=run.source, digest=run.digest, door=run.door, state=ImportState.STAGED
    )
    for each in earlier.exclude(pk=run.pk):
        discard(each)


def discard_fetched(source: Source) -> None:
    """Give up files of a source that were fetched and of which nothing is written: a later one is
    there, and what they say would be taken for the newer word.
    """
    for run in ImportRun.objects.unwritten().filter(source=source, door=Door.CLOCK):
        try:
            discard(run)
        except NotInThatState:
            continue  # Somebody let it be written just now.


@transaction.atomic
def finish_staging(run: ImportRun, *, notes: list[str]) -> None:
    """All rows are read: count them, and look whether the rules of the source hold.

    Raises LeaseLost.
    """
    hold(run, ImportState.STAGING)
    _lock(run, ImportState.STAGING)
    run.counts = count(run)
    run.stops = import_stops.stops_of(run, run.counts)
    run.is_stopped = bool(run.stops)
    run.notes, run.rows_total = notes[:50], run.rows_done
    run.state, run.staged_at = ImportState.STAGED, timezone.now()
    run.save()


def why_not(run: ImportRun) -> list[str]:
    """What stands against writing a staged import, in sentences; empty where nothing does."""
    told = [] if import_stops.is_licensed(run) else [import_stops.why_not_licensed(run.source)]
    if run.is_stopped and not run.override_reason:
        told += [import_stops.words_of(stop) for stop in run.stops]
    return told


@transaction.atomic
def let_through(run: ImportRun, *, by: object | None, reason: str, seen: str | None = None) -> None:
    """Write it although it breaks rules of its source. Raises NotApplicable without a reason.

    `seen` is what `reading_of` gave when somebody looked at it; None where nobody did.
    """
    _lock(run, ImportState.STAGED)
    _hold_to(run, seen)
    _refuse_overtaken(run)
    if not reason.strip():
        raise NotApplicable(_("Say why it may be written all the same."))
    run.override_by, run.override_reason = by, reason.strip()[:300]
    run.save(update_fields=["override_by", "override_reason"])


@transaction.atomic
def isolate(run: ImportRun, *, seen: str | None = None) -> None:
    """Keep it out of exports and dumps, as a licence that does not fit the directory's own asks for.

    Raises NotApplicable where the licence of the source fits: it alone decides what exports have.
    `seen` is what `reading_of` gave when somebody looked at it; None where nobody did.
    """
    _lock(run, ImportState.STAGED)
    _hold_to(run, seen)
    if told := import_stops.why_not_isolated(run.source):
        raise NotApplicable(told)
    run.is_isolated = True
    run.save(update_fields=["is_isolated"])


def begin(run: ImportRun, *, seen: str | None = None) -> None:
    """Let a staged import be written. Raises NotApplicable with what stands against it.

    `seen` is what `reading_of` gave when somebody looked at it; None where nobody did. What is
    written by itself is read anew first where an earlier import of its source has ended since.
    """
    try:
        with transaction.atomic():
            _lock(run, ImportState.STAGED)
            _hold_to(run, seen)
            if told := why_not(run):
                raise NotApplicable(" ".join(told))
            if seen is None and run.applies_itself and _is_behind_earlier_ones(run):
                read_with(run, run.mapping, name=run.mapping_name)
                return
            _refuse_overtaken(run)
            run.state, run.rows_done = ImportState.APPLYING, 0
            run.rows_total = run.rows.due().count()
            run.save(update_fields=["state", "rows_done", "rows_total"])
    except IntegrityError as error:
        raise _another_is_written() from error


def is_overtaken(run: ImportRun) -> bool:
    """Whether another of its source was written or taken back since its reading began."""
    return ImportRun.objects.overtaking(run).exists()


def reading_of(run: ImportRun) -> str:
    """Which reading of its file the rows are from: another one once it is read again."""
    return run.staged_at.isoformat() if run.staged_at else ""


def discard(run: ImportRun) -> None:
    """Give a file up that is not written. Raises NotInThatState once it is."""
    with transaction.atomic():
        _lock(run, ImportState.MAPPING, ImportState.STAGING, ImportState.STAGED, ImportState.FAILED)
        if run.changeset_id:
            raise NotInThatState(_("It is being written already."))
        run.state, run.finished_at = ImportState.DISCARDED, timezone.now()
        run.save(update_fields=["state", "finished_at"])
    drop_rows(run.rows.all())


def fail(run: ImportRun, error: str) -> None:
    """Note that it cannot go on by itself."""
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.FAILED, error=error[-2_000:])
    run.refresh_from_db()


def try_again(run: ImportRun, *, seen: str | None = None) -> None:
    """Let a failed import go on where it was; one of which nothing is written begins anew.

    Raises NotInThatState, NotApplicable with what stands against it.
    """
    try:
        with transaction.atomic():
            _lock(run, ImportState.FAILED)
            _hold_to(run, seen)
            run.state, run.error = _state_before_failing(run), ""
            run.save(update_fields=["state", "error"])
    except IntegrityError as error:
        raise _another_is_written() from error
    if run.state == ImportState.STAGED:
        begin(run, seen=seen)


def _state_before_failing(run: ImportRun) -> ImportState:
    if run.changeset_id:
        return ImportState.APPLYING
    return ImportState.STAGED if run.staged_at else ImportState.STAGING


def _another_is_written() -> NotApplicable:
    return NotApplicable(
        _("Another import of this source is being written. Wait until it has ended.")
    )


def _is_behind_earlier_ones(run: ImportRun) -> bool:
    """Whether only earlier files overtook it: then its own word is still the newest."""
    numbers = [*ImportRun.objects.overtaking(run).values_list("pk", flat=True)]
    return bool(numbers) and max(numbers) < run.pk


def _refuse_overtaken(run: ImportRun) -> None:
    """Raises NotApplicable: an older word of the source would be taken for a newer one."""
    if is_overtaken(run):
        raise NotApplicable(
            _(
                "Another import of this source was written or taken back since this file was read. "
                "Read it again."
            )
        )


def _hold_to(run: ImportRun, seen: str | None) -> None:
    """Raises NotInThatState where the file was read again since somebody looked at it."""
    if seen is not None and seen != reading_of(run):
        raise NotInThatState(_("The file was read again meanwhile. Look at what it would do now."))


def _lock(run: ImportRun, *states: ImportState) -> None:
    """Lock and load it. Raises NotInThatState where it is in none of the states."""
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update())
    if run.state not in states:
        label = ImportState(run.state).label
        raise NotInThatState(_("The import is in another state now: %(state)s.") % {"state": label})
