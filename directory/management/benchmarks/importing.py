"""`manage.py benchmark import`: a file of invented organizations read, written, read again, undone.

The real commands do it, each in a process of its own, in a database made for it; meanwhile pages
are asked for through gunicorn.
"""

import csv
import json
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings

from directory.actions.feeds import keep_mapping
from directory.actions.sources import load_sources
from directory.management.benchmarks import databases, machine, pages, report
from directory.management.benchmarks.asking import ground as asked_ground
from directory.management.benchmarks.asking import questions
from directory.management.synthetic.ground import ground
from directory.management.synthetic.listing import entries
from directory.models import ImportRun, ImportState, RowOutcome, Source

SOURCE = {"code": "benchmark", "name": "Invented register", "licence": "public-domain"}
NAME = "import"
SEED = 7  # Other listings than those that are there already.
PAGE_SECONDS = 10.0
SHAPES_ASKED = 4
SUMMARY_LENGTH = 16  # So that a hundred thousand rows stay below IMPORT_BYTES_MAX.
# What is to be reached on two cores: seconds, megabytes, times as long.
READ_MOST, WRITTEN_MOST, MEMORY_MOST, PAGES_MOST = 120, 180, 400, 2.0
COLUMNS = (
    "id name summary street postcode locality region country latitude longitude website type sector"
).split()
TARGETS = dict(zip(COLUMNS, ["external_id", *COLUMNS[1:]], strict=True))

Write = Callable[[str], Any]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=100_000, metavar="N", help="Of the file.")
    parser.add_argument(
        "--organizations", type=int, default=20_000, metavar="N", help="Listed already."
    )
    parser.add_argument("--output", type=Path, default=settings.VAR_DIR / "benchmarks")
    parser.add_argument("--json", action="store_true", help="Print the figures as JSON.")
    parser.add_argument(
        "--here", action="store_true", help="Measure the configured database; it is filled."
    )


def run(options: dict[str, Any], write: Write) -> None:
    """Measure in a database of our own, made anew, unless told to do it here."""
    if options["here"]:
        measure(options, write)
        return
    variables = databases.environment(NAME)
    databases.drop(NAME)
    databases.prepare(options["organizations"], variables, name=NAME)
    arguments = ["--rows", str(options["rows"]), "--output", str(options["output"])]
    arguments += ["--organizations", str(options["organizations"])]
    databases.run(
        variables, "benchmark", "import", "--here", *arguments, *["--json"] * options["json"]
    )


def measure(options: dict[str, Any], write: Write) -> None:
    """All figures of this database; printed, and written as JSON."""
    output: Path = options["output"]
    output.mkdir(parents=True, exist_ok=True)
    file = output / "import.csv"
    write_file(file, options["rows"])
    figures = {"rows": options["rows"], "organizations": options["organizations"]}
    figures |= {"machine": machine.about(), "bytes": file.stat().st_size}
    addresses = pages.addresses(_asked(), "pages")
    with pages.served() as port:
        pages.load(port, addresses, clients=1, seconds=PAGE_SECONDS)  # Warm.
        before = pages.load(port, addresses, clients=1, seconds=PAGE_SECONDS)
        meanwhile: dict[str, list[dict[str, Any]]] = {"read": [], "written": []}
        how = {"target": _ask, "args": (port, addresses, meanwhile)}
        asking = threading.Thread(**how, daemon=True)  # It must not outlive a failure.
        asking.start()
        figures["first"] = _imported(file, output)
        asking.join()
    figures["again"] = _imported(file, output)
    figures["taken back"] = _run("revert_changeset", str(figures["first"]["changeset"]))
    figures["pages"] = {"before": before, "meanwhile": meanwhile}
    _tell(figures, output, write, is_json=options["json"])


def write_file(file: Path, rows: int) -> None:
    """A CSV of invented organizations; the source and its mapping are made as well."""
    load_sources([SOURCE])
    rules = [{"target": TARGETS[name], "columns": [name]} for name in COLUMNS]
    keep_mapping(
        Source.objects.get(code=SOURCE["code"]), "benchmark", {"version": 1, "rules": rules}
    )
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(COLUMNS)
        for entry in entries(ground(), seed=SEED, first=0, last=rows):
            out.writerow(_row(entry.document))


def _row(document: dict[str, Any]) -> list[Any]:
    location = document["locations"][0] if document["locations"] else {}
    claims = {claim["scheme"]: claim["code"] for claim in reversed(document["claims"])}
    told = {**document, **{k: v for k, v in location.items() if k != "name"}, **claims}
    told["id"] = document["sources"][0]["external_id"]
    told["summary"] = document["summary"][:SUMMARY_LENGTH]
    return [told.get(name) for name in COLUMNS]


def _asked() -> dict[str, list]:
    found = questions(asked_ground(), variants=5, seed=1)
    return dict(list(found.items())[:SHAPES_ASKED])


def _ask(port: int, addresses: list[str], found: dict[str, list[dict[str, Any]]]) -> None:
    """Ask for pages: once while the import is read, all the time while it is written."""

    def wait_for(*states: ImportState) -> None:
        while not ImportRun.objects.filter(state__in=states).exists():
            time.sleep(0.05)

    def load() -> dict[str, Any]:
        return pages.load(port, addresses, clients=1, seconds=PAGE_SECONDS)

    wait_for(*ImportState)
    found["read"].append(load())
    wait_for(ImportState.APPLYING, ImportState.APPLIED)
    while ImportRun.objects.filter(state=ImportState.APPLYING).exists():
        found["written"].append(load())


def _imported(file: Path, output: Path) -> dict[str, Any]:
    """What the report of the command says, with its seconds and memory."""
    told = output / "import-report.json"
    options = ["--source", SOURCE["code"], "--mapping", "benchmark", "--report", str(told)]
    figures = _run("import_organizations", str(file), *options, "--apply", "--publish")
    found = json.loads(told.read_text(encoding="utf-8"))
    names = "rows new changed unchanged duplicate refused changeset seconds".split()
    return figures | {name: found[name] for name in names}


def _run(*arguments: str) -> dict[str, Any]:
    """Run a command in a process of its own: seconds, also of the processor, and its most memory."""
    figures = machine.run([sys.executable, databases.MANAGE, *arguments])
    return {"all_seconds": figures.pop("seconds"), **figures}


def _tell(figures: dict[str, Any], output: Path, write: Write, *, is_json: bool) -> None:
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    (output / "import.json").write_text(text + "\n", encoding="utf-8")
    if is_json:
        write(text)
        return
    first, again = figures["first"], figures["again"]
    rows = [["stage", "seconds", "rows/s", "peak MB", "to be reached"]]
    for name, found, seconds, most in (
        ("read and compared", first, first["seconds"]["read"], f"{READ_MOST} s"),
        ("written", first, first["seconds"]["written"], f"{WRITTEN_MOST} s"),
        ("read again, unchanged", again, again["seconds"]["read"], f"{READ_MOST} s"),
        ("taken back", figures["taken back"], figures["taken back"]["all_seconds"], ""),
    ):
        pace = f"{figures['rows'] / seconds:,.0f}"
        rows.append([name, f"{seconds:.1f}", pace, f"{found['peak_mb']}", most])
    write(report.as_text(rows))
    outcomes = ", ".join(f"{first[name]} {name}" for name in RowOutcome.values if name in first)
    write(f"At most {MEMORY_MOST} MB; of the rows {outcomes}.")
    write(_pages_told(**figures["pages"]))


def _pages_told(before: dict[str, Any], meanwhile: dict[str, list[dict[str, Any]]]) -> str:
    """Medians of pages beside the one before; the directory grows while they are asked for."""
    told = [f"Pages: {before['p50_ms']:.0f} ms before"]
    for step, loads in meanwhile.items():
        if loads:
            middles = [load["p50_ms"] for load in loads]
            times, slowest = (each / before["p50_ms"] for each in (median(middles), max(middles)))
            told.append(
                f"{median(middles):.0f} ms while rows are {step} ({times:.1f} times; at most "
                f"{PAGES_MOST}; in the slowest {PAGE_SECONDS:.0f} seconds {slowest:.1f})"
            )
    return ", ".join(told) + "."
