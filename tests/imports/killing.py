"""Kill a large import again and again, by hand: `python -m tests.imports.killing --kills 50`.

The suite kills a small one (test_import_killed.py). This runs the real command on a file of invented
organizations, in the database of DATABASE_URL, which must be empty of them: ends it with kill -9 at
random moments, starts it again each time, and looks at the end whether every row is there once.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", type=Path, default=Path("var/killing.csv"))
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "solidarity.settings")
    django.setup()
    from directory.management.benchmarks.importing import write_file

    write_file(options.file, options.rows)
    seconds = run(options.file, None)  # Undone below: how long it takes where nobody kills it.
    take_back()
    killed = kill_often(options.file, options.kills, seconds, random.Random(options.seed))
    run(options.file, None)
    check(options.rows)
    print(f"killed {killed} times of {options.kills}; {seconds:.1f} s where nobody does; all well")


def run(file: Path, kill_after: float | None) -> float | None:
    """Run the command; the seconds it took, or None where it was killed."""
    command = [sys.executable, "manage.py", "import_organizations", str(file)]
    options = ["--source", "benchmark", "--mapping", "benchmark", "--apply", "--publish"]
    started = time.monotonic()
    process = subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert process.wait(kill_after) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return None
    return time.monotonic() - started


def take_back() -> None:
    from directory.models import ImportRun

    runs = ImportRun.objects.filter(changeset__isnull=False)
    changeset = runs.order_by("pk").last().changeset_id
    subprocess.run([sys.executable, "manage.py", "revert_changeset", str(changeset)], check=True)


def kill_often(file: Path, kills: int, seconds: float, chance: random.Random) -> int:
    """Start and kill it; what had ended is taken back, so that there is something to kill."""
    killed = 0
    while killed < kills:
        if run(file, chance.uniform(0, seconds)) is None:
            killed += 1
        else:
            check_all()
            take_back()
    return killed


def check_all() -> None:
    from directory.models import ImportRun

    check(ImportRun.objects.order_by("pk").last().counts["rows"])


def check(rows: int) -> None:
    """Every row is staged once, written once, and its listing changed once by the import."""
    from directory.models import ImportRow, ImportRun, Revision, SourceRecord

    run = ImportRun.objects.order_by("pk").last()
    written = ImportRow.objects.filter(run=run, is_applied=True).count()
    assert run.state == "applied", run.state
    assert run.counts["rows"] == rows, run.counts
    assert not ImportRow.objects.filter(run=run, is_due=True).exists()
    assert written == run.counts["new"] + run.counts["changed"], run.counts
    numbers = Counter(
        SourceRecord.objects.filter(source=run.source).values_list("external_id", flat=True)
    )
    assert set(numbers.values()) == {1}  # Also where it was killed after its last portion.
    revisions = Counter(
        Revision.objects.filter(changeset=run.changeset_id or 0).values_list(
            "organization", flat=True
        )
    )
    assert len(revisions) == written
    assert set(revisions.values()) <= {1}


if __name__ == "__main__":
    main()
