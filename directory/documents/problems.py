"""What is wrong with a document: one message per place in it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One fault: a JSON pointer (RFC 6901) to the value, a sentence, a code for machines."""

    pointer: str
    detail: str
    code: str = "invalid"


class InvalidDocument(ValueError):
    """The document cannot be accepted; `problems` says why, each with a pointer."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.pointer}: {p.detail}" for p in problems))


@dataclass
class Problems:
    """Collects faults while a document is read."""

    found: list[Problem] = field(default_factory=list)

    def add(self, pointer: str, detail: str, code: str = "invalid") -> None:
        self.found.append(Problem(pointer, str(detail), code))

    def raise_any(self) -> None:
        """Raise InvalidDocument if anything was found."""
        if self.found:
            raise InvalidDocument(self.found)


def step(pointer: str, key: str | int) -> str:
    """The pointer one step deeper, with ~ and / escaped as RFC 6901 says."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
