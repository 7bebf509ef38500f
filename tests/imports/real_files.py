"""Bring real files in and take them back, by hand: `python -m tests.imports.real_files [--only NAME]`.

For each file of ../shared/data (or REGISTERS_DIR) with the mapping that ships for it, in a database of
its own that holds the demo listings: preview, write and publish, bring in again, take back, and compare
every document with what it was. Prints a table; ends with 1 where anything differs.

The suite does the same with a small one (test_import_real_files.py).
"""

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "coops_uk_2023_geo": "coops_uk_2023_geo/standard.Q2-2023.postcodes.csv",
    "ncua_2025q3": "ncua_2025q3/FederallyInsuredCreditUnions_2025q3.csv",
    "togo_coops": "togo_coops/cooperatives.csv",
    "german_worker_coops": "german_worker_coops/worker_coops_germany.csv",
    "german_worker_coops_json": "german_worker_coops/worker_coops_germany.json",
    "eia861_2018": "eia861_2018/Utility_Data_2018.xlsx",
    "combined": "combined.csv",
}
LISTINGS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Figures:
    """What came of one file."""

    rows: int
    new: int
    duplicate: int
    refused: int
    again: int  # New or changed when the same file came again: 0 is right.
    lost: int  # Listings from before that are gone.
    differs: int  # Listings from before that are not what they were.
    shown: int  # Listings of the file that are still on the site.

    @property
    def is_well(self) -> bool:
        return not (self.again or self.lost or self.differs or self.shown)


def folder_of_files() -> Path:
    """Where the real files are; they are no part of the project."""
    return Path(os.environ.get("REGISTERS_DIR", ROOT.parent / "shared" / "data"))


def figures_of(name: str) -> Figures:
    """Bring a file in, again, and take it back, in the database of DATABASE_URL."""
    before = dict(marks())
    preview = bring(name)
    applied = bring(name, apply=True, publish=True)
    assert (preview["new"], preview["refused"]) == (applied["new"], applied["refused"]), name
    again = bring(name, apply=True, publish=True)
    command("revert_changeset", applied["changeset"])
    after = dict(marks())
    return Figures(
        *(applied[column] for column in ("rows", "new", "duplicate", "refused")),
        again=again["new"] + again["changed"],
        lost=len(before.keys() - after.keys()),
        differs=sum(after[uid] != mark for uid, mark in before.items() if uid in after),
        shown=sum(mark[0] == "published" for uid, mark in after.items() if uid not in before),
    )


def bring(name: str, **options) -> dict:
    """Import a file by the command; its report without the single rows."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        source = {"source": name.replace("_", "-"), "source_name": name, "licence": "attribution"}
        path = folder_of_files() / FILES[name]
        command("import_organizations", path, mapping=name, report=report, **source, **options)
        found = json.loads(report.read_text(encoding="utf-8"))
    return {column: value for column, value in found.items() if column != "per_row"}


def command(*arguments, **options) -> None:
    from django.core.management import call_command

    call_command(*arguments, stdout=io.StringIO(), stderr=io.StringIO(), **options)


def marks() -> Iterator[tuple[str, tuple]]:
    """By permanent id: a listing's state, its level, and a digest of its whole document."""
    from directory.documents import document_of
    from directory.models import Organization

    last = 0
    rows = Organization.objects.with_parts().order_by("pk")
    while some := list(rows.filter(pk__gt=last)[:LISTINGS_AT_ONCE]):
        for row in some:
            text = json.dumps(document_of(row), sort_keys=True)
            digest = hashlib.sha256(text.encode()).hexdigest()
            yield row.uid, (row.publication, row.verification, digest)
        last = some[-1].pk


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=FILES, metavar="NAME", help=", ".join(FILES))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "solidarity.settings")
        django.setup()
        print(json.dumps(asdict(figures_of(options.only))))
        return 0
    columns = [field.name for field in fields(Figures)]
    print(f"{'file':<25}", *(f"{column:>9}" for column in columns), flush=True)
    all_well = True
    with tempfile.TemporaryDirectory() as folder:
        environment = fresh_directory(Path(folder))
        for name in [options.only] if options.only else FILES:
            found = in_a_copy(Path(folder), environment, name)
            print(f"{name:<25}", *(f"{each:>9}" for each in asdict(found).values()), flush=True)
            all_well = all_well and found.is_well
    return 0 if all_well else 1


def fresh_directory(folder: Path) -> dict[str, str]:
    """A database with the demo listings; the environment that leads to copies of it."""
    of_its_own = {"LOG_LEVEL": "ERROR", "DUMPS_DIR": "", "SEARCH_INDEX_DIR": str(folder / "index")}
    environment = os.environ | of_its_own
    fresh = environment | {"DATABASE_URL": f"sqlite:///{folder / 'fresh.sqlite3'}"}
    run([sys.executable, "manage.py", "quickstart"], fresh)
    return environment | {"DATABASE_URL": f"sqlite:///{folder / 'copy.sqlite3'}"}


def in_a_copy(folder: Path, environment: dict[str, str], name: str) -> Figures:
    shutil.rmtree(folder / "index", ignore_errors=True)
    for left in folder.glob("copy.sqlite3*"):
        left.unlink()
    for path in folder.glob("fresh.sqlite3*"):  # With what SQLite keeps beside the file.
        shutil.copy(path, folder / path.name.replace("fresh", "copy"))
    module = [sys.executable, "-m", "tests.imports.real_files", "--here", "--only", name]
    return Figures(**json.loads(run(module, environment).splitlines()[-1]))


def run(arguments: list[str], environment: dict[str, str]) -> str:
    """Run a program of the project; what it printed."""
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
