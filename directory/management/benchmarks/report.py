"""The figures in words: a table to read, and the same in Markdown."""

from collections.abc import Iterable
from typing import Any

MILLISECONDS = "p50 / p95 ms"


def rows_of_shapes(figures: dict[str, Any]) -> list[list[str]]:
    """A heading and a row for each shape: ours, then each other engine and how many times as long."""
    others = [name for name in figures["engines"] if name != "bitmap"]
    rows = [["shape", f"bitmap {MILLISECONDS}"]]
    for name in others:
        rows[0] += [f"{name} ms", "times"]
    for shape, ours in figures["engines"]["bitmap"]["shapes"].items():
        row = [shape, f"{ours['p50_ms']:.1f} / {ours['p95_ms']:.1f}"]
        for name in others:
            theirs = figures["engines"][name]["shapes"][shape]
            sign = "> " if theirs["cut_off"] else ""  # Not waited for to its end.
            row += [
                f"{sign}{theirs['p50_ms']:,.0f}",
                f"{figures['times_as_long'][name][shape]:,.0f}",
            ]
        rows.append(row)
    last = ["all equally, a second", f"{figures['engines']['bitmap']['requests_per_second']:.1f}"]
    for name in others:
        last += [
            f"{figures['engines'][name]['requests_per_second']:.2f}",
            f"{figures['times_as_long_mean'][name]:,.0f} (geometric mean)",
        ]
    return [*rows, last]


def rows_of_growth(growth: dict[str, Any]) -> list[list[str]]:
    """A row for each number of listings."""
    rows = [["listings", "requests/s", "slowest p95 ms", "private MB", "load s", "build s"]]
    for count, found in growth.items():
        shapes = found["engines"]["bitmap"]["shapes"].values()
        rows.append(
            [
                f"{int(count):,}",
                f"{found['engines']['bitmap']['requests_per_second']:.1f}",
                f"{max(shape['p95_ms'] for shape in shapes):.1f}",
                f"{found['memory']['private_mb']}",
                f"{found['load_seconds']:.1f}",
                f"{found['build_seconds']:.1f}",
            ]
        )
    return rows


def rows_of_pages(pages: dict[str, Any]) -> list[list[str]]:
    """A row for each door and number of clients."""
    rows = [["through gunicorn", "clients", "requests/s", MILLISECONDS, "mean bytes"]]
    for door, by_clients in pages.items():
        for clients, found in by_clients.items():
            rows.append(
                [
                    door,
                    clients,
                    f"{found['requests_per_second']:.1f}",
                    f"{found['p50_ms']:.1f} / {found['p95_ms']:.1f}",
                    f"{found['mean_bytes']:,}",
                ]
            )
    return rows


def rows_of_promises(figures: dict[str, Any]) -> list[list[str]]:
    """What was promised beside what was reached, as far as it was measured."""
    rows = [["promise", "reached", "promised", "kept"]]
    for name, reached, promised, is_most in promises(figures):
        if reached is not None:
            is_kept = reached <= promised if is_most else reached >= promised
            sign = "at most" if is_most else "at least"
            rows.append(
                [name, f"{reached:,.1f}", f"{sign} {promised:,}", "yes" if is_kept else "no"]
            )
    return rows


def promises(figures: dict[str, Any]) -> Iterable[tuple[str, float | None, float, bool]]:
    """Name, figure (None where it was not measured), bound, and whether it may be at most that."""
    ours = figures["engines"]["bitmap"]
    count = figures["organizations"]
    slowest = max(shape["p95_ms"] for shape in ours["shapes"].values())
    if count >= 1_000_000:
        is_larger = count > 1_000_000
        yield "slowest shape, p95 ms", slowest, 65 if is_larger else 50, True
        yield "requests/s of the mix", ours["requests_per_second"], 54 if is_larger else 116, False
        yield "times as long, plain ORM", figures["times_as_long_mean"].get("orm"), 300, False
        yield "broad word over bandwidth", figures["bandwidth"]["broad_word_times_as_long"], 6, True
    if count == 1_000_000:
        yield "private memory, MB", figures["memory"]["private_mb"], 300, True
        yield "building the index, s", figures["build_seconds"], 150, True
        yield "loading the index, s", figures["load_seconds"], 2, True
    yield "a write is visible after, ms", figures["writes"]["visible"]["p95_ms"], 10, True
    at_once = figures["http"].get("pages", {}).get("4")
    if at_once:
        yield "pages/s, 4 clients", at_once["requests_per_second"], 50, False
        yield "a page, 4 clients, p95 ms", at_once["p95_ms"], 80, True


def tables(figures: dict[str, Any]) -> list[list[list[str]]]:
    """All tables of a run, each a list of rows, the heading first."""
    found = [rows_of_shapes(figures)]
    if figures["clients"]:
        heading = ["processes", "requests/s of the mix", "p95 ms"]
        heading.append("private / proportional / resident MB of one")
        rows = [
            [
                n,
                f"{c['requests_per_second']:.1f}",
                f"{c['p95_ms']:.1f}",
                " / ".join(
                    f"{c['memory'][kind]}"
                    for kind in ("private_mb", "proportional_mb", "resident_mb")
                ),
            ]
            for n, c in figures["clients"].items()
        ]
        found.append([heading, *rows])
    if figures["http"]:
        found.append(rows_of_pages(figures["http"]))
    if figures["growth"]:
        found.append(rows_of_growth(figures["growth"]))
    return [*found, rows_of_promises(figures)]


def as_text(rows: list[list[str]]) -> str:
    """A table in columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def as_markdown(rows: list[list[str]]) -> str:
    """The same as Markdown."""
    rule = ["---", *["---:"] * (len(rows[0]) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:]])
