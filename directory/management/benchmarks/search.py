"""`manage.py benchmark search`: how fast a whole page is answered, and beside what."""

import json
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from directory.management.benchmarks import (
    bitmap,
    chart,
    clients,
    databases,
    machine,
    measuring,
    pages,
    plain_orm,
    postgresql,
    report,
)
from directory.management.benchmarks.asking import SHAPES, ground, questions
from directory.management.progress import Progress
from directory.search.rebuilding import is_small

ENGINES = {bitmap.NAME: bitmap, plain_orm.NAME: plain_orm, postgresql.NAME: postgresql}
GROWTH = (100_000, 1_000_000, 3_000_000)
BUILD = "build_search_index"
FIGURES = "search.json"

Write = Callable[[str], Any]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--organizations", type=int, default=100_000, metavar="N")
    parser.add_argument(
        "--engine", default=bitmap.NAME, help="Some of bitmap,orm,postgres; ours is always there."
    )
    parser.add_argument("--variants", type=int, default=40, help="Questions of each shape.")
    parser.add_argument("--clients", default="1", help="Numbers of processes at once, such as 1,4.")
    parser.add_argument("--seconds", type=float, default=15.0, help="For each load.")
    parser.add_argument(
        "--baseline-seconds", type=float, default=30.0, help="For each shape of another engine."
    )
    parser.add_argument("--writes", type=int, default=25, help="Listings that are changed.")
    parser.add_argument("--http", action="store_true", help="Also pages and calls by gunicorn.")
    parser.add_argument(
        "--growth", action="store_true", help="Also at 100,000, a million and three millions."
    )
    parser.add_argument("--markdown", action="store_true", help="Print the tables in Markdown.")
    parser.add_argument("--output", type=Path, default=settings.VAR_DIR / "benchmarks")
    parser.add_argument("--quality", action="store_true", help="How well it finds, instead.")
    parser.add_argument(
        "--here", action="store_true", help="Measure the configured database, in this process."
    )
    parser.add_argument("--client", type=float, help="Be one of several processes, so long.")
    parser.add_argument("--seed", type=int, default=1, help="Other questions.")


def run(options: dict[str, Any], write: Write) -> None:
    """Measure in a database of our own, unless told to do it here; print, and write files."""
    if options["client"]:
        clients.serve(options["client"], options["seed"])
    elif options["here"]:
        tell(measured(options), options, write)
    else:
        in_own_database(options, write)


def in_own_database(options: dict[str, Any], write: Write) -> None:
    """Make the database, and measure in a process that has it configured."""
    counts = sorted({*GROWTH, options["organizations"]}) if options["growth"] else []
    output: Path = options["output"]
    growth = {}
    for count in counts:
        folder = output / f"{count}"
        few = ["--clients", "", "--variants", "10", "--writes", str(options["writes"])]
        _measure_elsewhere(count, [*few, "--output", str(folder)])
        growth[str(count)] = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
    arguments = ["--engine", options["engine"], "--clients", options["clients"]]
    arguments += ["--variants", str(options["variants"]), "--seconds", str(options["seconds"])]
    arguments += ["--baseline-seconds", str(options["baseline_seconds"]), "--output", str(output)]
    arguments += ["--writes", str(options["writes"])]
    arguments += ["--seed", str(options["seed"]), *(["--http"] if options["http"] else [])]
    _measure_elsewhere(options["organizations"], arguments)
    figures = json.loads((output / FIGURES).read_text(encoding="utf-8")) | {"growth": growth}
    tell(figures, options, write)


def _measure_elsewhere(count: int, arguments: list[str]) -> None:
    variables = databases.environment(count)
    databases.prepare(count, variables)
    command = [sys.executable, databases.MANAGE, "benchmark", "search", "--here"]
    subprocess.run(  # noqa: S603 - ourselves
        [*command, "--organizations", str(count), *arguments],
        env=variables,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def measured(options: dict[str, Any]) -> dict[str, Any]:
    """All figures of this database, the index built anew first."""
    figures: dict[str, Any] = {
        "organizations": options["organizations"],
        "machine": machine.about(),
        "growth": {},
        "left_out": [],  # Sentences that say why.
    }
    built = build()
    asked = questions(ground(), variants=options["variants"], seed=options["seed"])
    figures |= measuring.warmed(asked)
    figures["build_seconds"] = built if built is not None else figures["load_seconds"]
    engines = {name: ENGINES[name].answer for name in chosen(options["engine"], figures)}
    with Progress("Questions", options["variants"] * len(SHAPES)) as progress:
        found = measuring.in_turn(
            engines, asked, seconds=options["baseline_seconds"], progress=progress
        )
    figures |= measuring.told(found)
    figures["bandwidth"] = measuring.bandwidth(found[bitmap.NAME]["broad word"])
    figures["clients"] = {
        number: clients.together(int(number), options["seconds"])
        for number in numbers_of_clients(options["clients"])
    }
    figures["http"] = over_http(asked, options["seconds"], figures) if options["http"] else {}
    figures["writes"] = measuring.writes(options["writes"])
    return figures


def numbers_of_clients(text: str) -> list[str]:
    """`1, 4` as the numbers in it; none is allowed. Raises ValueError for anything else."""
    found = [number.strip() for number in text.split(",") if number.strip()]
    for number in found:
        if not (number.isascii() and number.isdigit() and int(number)):
            raise ValueError(f"{number} is no number of processes")
    return found


def build() -> float | None:
    """Seconds that building the index on disk takes; None where it is made in memory at start."""
    if is_small():
        return None
    command = [sys.executable, databases.MANAGE, BUILD]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    return round(time.perf_counter() - started, 1)


def chosen(names: str, figures: dict[str, Any]) -> list[str]:
    """The engines to be asked, ours first; what is missing for one is said, and it is left out."""
    found = [bitmap.NAME]
    for name in filter(None, names.split(",")):
        if name == postgresql.NAME and not postgresql.is_possible():
            figures["left_out"].append(
                f"postgres: the database is {connection.vendor}. Set DATABASE_URL to a PostgreSQL "
                "server that has pg_trgm."
            )
        elif name not in found:
            found.append(name)
    if postgresql.NAME in found:
        postgresql.prepare()
    return found


def over_http(
    asked: dict[str, list], seconds: float, figures: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Pages and API calls with one and with four connections."""
    found: dict[str, dict[str, Any]] = {}
    try:
        with pages.served() as port:
            for door in ("pages", "api"):
                addresses = pages.addresses(asked, door)
                pages.load(port, addresses, clients=4, seconds=seconds / 3)  # Warm.
                found[door] = {
                    str(count): pages.load(port, addresses, clients=count, seconds=seconds)
                    for count in (1, 4)
                }
    except pages.NotServed as error:
        figures["left_out"].append(f"pages and calls over HTTP: {error}")
    return found


def tell(figures: dict[str, Any], options: dict[str, Any], write: Write) -> None:
    """Print the tables; write the figures as JSON and the chart as SVG."""
    output: Path = options["output"]
    output.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    (output / FIGURES).write_text(text + "\n", encoding="utf-8")
    (output / "search.svg").write_text(chart.drawn(figures), encoding="utf-8")
    as_table = report.as_markdown if options["markdown"] else report.as_text
    for rows in report.tables(figures):
        write(as_table(rows) + "\n")
    for sentence in figures["left_out"]:
        write(f"Left out: {sentence}")
    write(f"Figures and chart: {output}")
