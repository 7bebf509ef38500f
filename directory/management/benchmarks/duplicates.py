"""`manage.py benchmark duplicates`: how surely two listings of one enterprise are known as one.

Pairs, halves and how they were labelled: fixtures/duplicates/README.md.
"""

import json
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from directory.exchange import fixtures
from directory.management.benchmarks import machine, report
from directory.management.benchmarks.many_pairs import blocking_figures
from directory.search.matching import Evidence, Matcher, Verdict, profile_of

HALVES = ("tuning", "testing")
PRECISION_LEAST, RECALL_LEAST = 0.98, 0.90
MISSES_SHOWN = 12

Write = Callable[[str], Any]
Pair = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What the matcher says of a labelled pair."""

    pair: Pair
    verdict: Verdict
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.pair["same"]

    @property
    def is_found(self) -> bool:
        return self.verdict != Verdict.DIFFERENT

    @property
    def is_wrong(self) -> bool:
        """Taken for one without being it, or not even suggested though it is."""
        return self.verdict == Verdict.SAME if not self.is_same else not self.is_found


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--half", choices=[*HALVES, "both"], default="both")
    parser.add_argument(
        "--organizations", type=int, default=0, metavar="N", help="Also time N against N listings."
    )
    parser.add_argument("--json", action="store_true", help="Print the figures as JSON.")


def run(options: dict[str, Any], write: Write, stderr: Any) -> None:
    """Ask about all labelled pairs and tell how often it was right.

    Raises NothingToStandOn where listings are to be invented without a gazetteer.
    """
    count = options["organizations"]
    halves = HALVES if options["half"] == "both" else (options["half"],)
    found = {half: outcomes(half) for half in halves}
    told = {
        "machine": machine.about(),
        "halves": {half: figures(some) for half, some in found.items()},
        "blocking": blocking_figures(count, stderr) if count else {},
    }
    if options["json"]:
        write(json.dumps(told, indent=1))
        return
    for half, some in found.items():
        write(f"\n{half} half: {len(some)} pairs")
        for table in tables(told["halves"][half]):
            write("\n" + report.as_text(table))
        write("\nThe worst misses\n" + "\n".join(misses(some)))
    if told["blocking"]:
        rows = [[name, f"{value:,}"] for name, value in told["blocking"].items()]
        write("\n" + report.as_text([["N × N", ""], *rows]))


@cache
def pairs() -> list[Pair]:
    """All labelled pairs."""
    return list(fixtures.read_documents(fixtures.labelled_pairs()))


def outcomes(half: str) -> list[Outcome]:
    """What the matcher says of the pairs of one half, found among all documents that there are."""
    numbers: dict[str, int] = {}
    for pair in pairs():
        for side in ("here", "there"):
            numbers.setdefault(json.dumps(pair[side], sort_keys=True), len(numbers))
    listed = [(key, json.loads(text)["document"]) for text, key in numbers.items()]
    listed += enumerate(fixtures.read_documents(), start=len(numbers))
    matcher = Matcher.of((key, profile_of(document)) for key, document in listed)
    return [_outcome(matcher, pair, numbers) for pair in pairs() if pair["half"] == half]


def _outcome(matcher: Matcher, pair: Pair, numbers: dict[str, int]) -> Outcome:
    here, there = (numbers[json.dumps(pair[side], sort_keys=True)] for side in ("here", "there"))
    for match in matcher.of_listing(here, profile_of(pair["here"]["document"])):
        if match.organization_id == there:
            return Outcome(pair, match.verdict, match.score, tuple(match.evidence))
    return Outcome(pair, Verdict.DIFFERENT)


def figures(some: list[Outcome]) -> dict[str, Any]:
    """Precision and recall of "same" and of all that is told, confusion, and by how it was labelled."""
    return {
        "automatic": _rates(some, lambda outcome: outcome.verdict == Verdict.SAME),
        "suggested": _rates(some, lambda outcome: outcome.is_found),
        "confusion": {
            label: {
                v.value: sum(o.verdict == v for o in some if o.is_same == same) for v in Verdict
            }
            for label, same in (("one enterprise", True), ("two enterprises", False))
        },
        "by_label": {
            how: _rates(group, lambda outcome: outcome.is_found)
            for how, group in _grouped(some, lambda outcome: [outcome.pair["how"]]).items()
        },
        "by_evidence": {
            kind: {
                "pairs": len(group),
                "one": sum(outcome.is_same for outcome in group),
                "two": sum(not outcome.is_same for outcome in group),
            }
            for kind, group in _grouped(some, _kinds).items()
        },
    }


def _kinds(outcome: Outcome) -> list[str]:
    return [f"{each.kind} {'for' if each.is_for else 'against'}" for each in outcome.evidence]


def _grouped(
    some: list[Outcome], names: Callable[[Outcome], list[str]]
) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in some:
        for name in names(outcome):
            groups[name].append(outcome)
    return dict(sorted(groups.items()))


def _rates(some: list[Outcome], is_told: Callable[[Outcome], bool]) -> dict[str, float]:
    right = sum(is_told(outcome) for outcome in some if outcome.is_same)
    told, meant = sum(map(is_told, some)), sum(outcome.is_same for outcome in some)
    return {
        "precision": round(right / told, 4) if told else 1.0,
        "recall": round(right / meant, 4) if meant else 1.0,
    }


def tables(figures: dict[str, Any]) -> list[list[list[str]]]:
    """Tables of one half, the heading first."""
    promises = {"automatic": ("precision", PRECISION_LEAST), "suggested": ("recall", RECALL_LEAST)}
    rates = [["", "precision", "recall", "promised", "kept"]]
    for name, (rate, least) in promises.items():
        found = figures[name]
        kept = "yes" if found[rate] >= least else "no"
        row = [name, f"{found['precision']:.3f}", f"{found['recall']:.3f}"]
        rates.append([*row, f"{rate} {least}", kept])
    verdicts = [verdict.value for verdict in Verdict]
    confusion = [["labelled", *verdicts]]
    for label, counts in figures["confusion"].items():
        confusion.append([label, *(str(counts[verdict]) for verdict in verdicts)])
    labels = [["labelled by", "precision", "recall"]]
    for how, found in figures["by_label"].items():
        labels.append([how, f"{found['precision']:.3f}", f"{found['recall']:.3f}"])
    kinds = [["evidence", "pairs", "one", "two"]]
    for kind, found in figures["by_evidence"].items():
        kinds.append([kind, *(str(found[column]) for column in ("pairs", "one", "two"))])
    return [rates, confusion, labels, kinds]


def misses(some: Iterable[Outcome]) -> list[str]:
    """The pairs that were judged worst, a line each."""
    wrong = [outcome for outcome in some if outcome.is_wrong]
    worst = sorted(wrong, key=lambda outcome: (outcome.is_same, -outcome.score))
    return [_line(outcome) for outcome in worst[:MISSES_SHOWN]] or ["none"]


def _line(outcome: Outcome) -> str:
    names = " × ".join(_told(outcome.pair[side]) for side in ("here", "there"))
    kinds = ", ".join(f"{each.kind} {each.weight:+.1f}" for each in outcome.evidence)
    said = "one" if outcome.is_same else "two"
    return f"  {said}, called {outcome.verdict} {outcome.score:.2f}: {names} ({kinds})"


def _told(side: dict[str, Any]) -> str:
    document = side["document"]
    towns = [place.get("locality", "") for place in document.get("locations", [])]
    return f"{document['name']} [{', '.join(towns)}; {side['source']}]"
