"""`manage.py benchmark export`: how long files of all listings take, and how much memory."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from directory.exchange.exports import FORMATS
from directory.management.benchmarks import databases, machine, report

FIGURES = "export.json"
WORKBOOK_MAX = 100_000  # Nobody opens a larger one, and it would be most of the run.
PROMISED = {"csv": (120.0, 200.0)}  # Seconds and megabytes, of a million listings.
DUMP = "dump"

Write = Callable[[str], Any]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--organizations", type=int, default=100_000, metavar="N")
    parser.add_argument("--formats", default=",".join([*FORMATS, DUMP]), help="Some of them.")
    parser.add_argument("--markdown", action="store_true", help="Print the table in Markdown.")
    parser.add_argument("--output", type=Path, default=settings.VAR_DIR / "benchmarks")


def run(options: dict[str, Any], write: Write) -> None:
    """Measure in a database of our own, each file in a process of its own; print, write figures."""
    count = options["organizations"]
    variables = databases.environment(count)
    databases.prepare(count, variables)
    figures: dict[str, Any] = {"organizations": count, "machine": machine.about(), "files": {}}
    with TemporaryDirectory(dir=databases.FOLDER) as folder:
        for name in asked(options["formats"], count):
            figures["files"][name] = measured(name, Path(folder), variables)
    output: Path = options["output"]
    output.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    (output / FIGURES).write_text(text + "\n", encoding="utf-8")
    as_table = report.as_markdown if options["markdown"] else report.as_text
    write(as_table(rows(figures)) + "\n")
    write(f"Figures: {output / FIGURES}")


def asked(names: str, count: int) -> list[str]:
    """The formats to be measured, in order."""
    wanted = {*names.split(",")}
    return [
        name
        for name in [*FORMATS, DUMP]
        if name in wanted and not (name == "xlsx" and count > WORKBOOK_MAX)
    ]


def measured(name: str, folder: Path, variables: dict[str, str]) -> dict[str, float]:
    """Seconds with the start of the process, megabytes of the file and of memory at the most, of all
    processes that write it."""
    if name == DUMP:
        arguments = ["build_dump"]
        variables = variables | {"DUMPS_DIR": str(folder / DUMP)}
    else:
        arguments = ["export_organizations", "--format", name, "--output", str(folder / name)]
    figures = machine.run([sys.executable, databases.MANAGE, *arguments], variables)
    written = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    return figures | {"file_mb": round(written / machine.MEGABYTE, 1)}


def rows(figures: dict[str, Any]) -> list[list[str]]:
    """A table: a row for each format, with what was promised where that is known."""
    count = figures["organizations"]
    found = [["file", "seconds", "processor s", "listings/s", "MB written", "peak MB", "promised"]]
    for name, each in figures["files"].items():
        found.append(
            [
                name,
                f"{each['seconds']:.1f}",
                f"{each['processor_seconds']:.1f}",
                f"{count / each['seconds']:,.0f}",
                f"{each['file_mb']:,.1f}",
                f"{each['peak_mb']:,.1f}",
                promise(name, count, each),
            ]
        )
    return found


def promise(name: str, count: int, each: dict[str, float]) -> str:
    """What was promised of a million, and whether it is kept; seconds in proportion below that."""
    if name not in PROMISED:
        return ""
    seconds, megabytes = PROMISED[name]
    seconds *= count / 1_000_000
    is_kept = each["seconds"] <= seconds and each["peak_mb"] <= megabytes
    return f"{seconds:,.0f} s, {megabytes:,.0f} MB: {'yes' if is_kept else 'no'}"
