"""The whole suite on every engine this machine has; `make test` calls it.

On each engine one run with a browser and one without, as many at the same time as the machine has
processors. SQLite always; PostgreSQL where DATABASE_URL names one or server binaries are found (a
throwaway cluster of its own, also when run as root); browser tests where a Chromium is found. The
last lines say what was skipped. REQUIRE_ALL=1 makes anything skipped a failure.
"""

import glob
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
BINARIES = [
    "/usr/lib/postgresql/*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/pgsql-*/bin",
]
SKIPPED = re.compile(r"^SKIPPED \[(\d+)\] (?:\S+: )?(.*)$")
NO_TESTS = 5  # pytest's exit code where the arguments choose none.
# As many as there are processors, at most all four of them.
SUITES_AT_ONCE = min(os.cpu_count() or 1, 4)
COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped)\b")


def postgresql_binaries() -> Path | None:
    """The folder with initdb and postgres, newest first; None if there is none."""
    found = [Path(found).parent for found in filter(None, [shutil.which("initdb")])]
    for pattern in BINARIES:
        found += sorted((Path(p) for p in glob.glob(pattern)), reverse=True)
    return next((p for p in found if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def throwaway_cluster(binaries: Path) -> Iterator[str]:
    """A PostgreSQL of our own in a temporary folder; gives its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="directory-postgresql-"))
    owner = server_owner()
    if owner:
        shutil.chown(folder, owner)
    port = free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [binaries / program, *arguments],
            check=True,
            user=owner,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        )

    data = str(folder / "data")
    call("initdb", "-D", data, "-U", "directory", "-A", "trust", "-E", "UTF8", "--no-sync")
    call("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgres://directory@127.0.0.1:{port}/postgres"
    finally:
        call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def server_owner() -> str | None:
    """Who runs the server: PostgreSQL refuses root, so then somebody who can do nothing else."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@dataclass(frozen=True)
class Suite:
    """One run of pytest: on one engine, those tests that need a browser or those that do not."""

    engine: str
    url: str
    with_browser: bool
    folder: Path

    @property
    def label(self) -> str:
        return f"{self.engine}, pages" if self.with_browser else self.engine

    def command(self, arguments: list[str]) -> list[str]:
        which = "browser" if self.with_browser else "not browser"
        return [sys.executable, "-m", "pytest", "-rs", "-q", "-m", which, *arguments]

    def environment(self) -> dict[str, str]:
        """With a test database of its own: suites run side by side, also those of other copies of
        the project, where each is given a database of its own on one server."""
        name = f"test_{'pages' if self.with_browser else 'rest'}"
        if self.engine == "SQLite":
            name = str(self.folder / f"{name}.sqlite3")
        else:
            # Last, because PostgreSQL cuts long names at their end.
            name += f"_{unquote(urlsplit(self.url).path[1:]) or 'directory'}"
        return os.environ | {"DATABASE_URL": self.url, "TEST_DATABASE_NAME": name}


Result = tuple[int, Counter, Counter]


def run_suite(suite: Suite, arguments: list[str]) -> Result:
    """Run pytest once; its exit code, counts by outcome, and reasons of skips."""
    process = subprocess.Popen(
        suite.command(arguments),
        cwd=ROOT,
        env=suite.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    counts, skips, last = Counter(), Counter(), ""
    for line in process.stdout:
        print(f"{suite.label:<17} | {line}", end="", flush=True)
        if found := SKIPPED.match(line):
            skips[f"{suite.label}: {found[2].strip()}"] += int(found[1])
        last = line if COUNTS.search(line) and " in " in line else last
    for number, outcome in COUNTS.findall(last):
        counts[outcome.rstrip("s") if outcome.startswith("error") else outcome] += int(number)
    return process.wait(), counts, skips


def main(arguments: list[str]) -> int:
    """Run everything; 0 if all passed (and, with REQUIRE_ALL, nothing was skipped)."""
    # Once, before several suites want them.
    subprocess.run([sys.executable, "manage.py", "compile_translations"], cwd=ROOT, check=True)
    codes, counts, skips = [], Counter(), Counter()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="directory-tests-")))
        engines = {"SQLite": f"sqlite:///{ROOT / 'var' / 'tests.sqlite3'}"}
        given = os.environ.get("DATABASE_URL", "")
        if given.startswith("postgres"):
            engines["PostgreSQL"] = given
        elif binaries := postgresql_binaries():
            engines["PostgreSQL"] = stack.enter_context(throwaway_cluster(binaries))
        else:
            skips["PostgreSQL: no server binaries found and no DATABASE_URL given"] += 1
        suites = [
            Suite(engine, url, with_browser, folder)
            for with_browser in (False, True)
            for engine, url in engines.items()
        ]
        threads = stack.enter_context(ThreadPoolExecutor(SUITES_AT_ONCE))
        running = [threads.submit(run_suite, suite, arguments) for suite in suites]
        for code, counted, skipped in (each.result() for each in running):
            codes.append(code)
            counts.update(counted)
            skips.update(skipped)
    return report(codes, counts, skips)


def report(codes: list[int], counts: Counter, skips: Counter) -> int:
    """Say what was skipped and how it went; the exit code."""
    print()
    for reason, number in sorted(skips.items()):
        print(f"Skipped {number}: {reason}")
    if not skips:
        print("Nothing was skipped.")
    failed = counts["failed"] + counts["error"]
    print(f"{counts['passed']} passed, {failed} failed, {sum(skips.values())} skipped")
    if failed or {*codes} - {0, NO_TESTS} or {*codes} == {NO_TESTS}:
        return 1
    return 1 if skips and os.environ.get("REQUIRE_ALL") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
