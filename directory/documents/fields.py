"""The kinds of value a document holds besides texts: codes, numbers, lists, objects.

Each has `check(value, pointer, problems)`, `empty()` and `schema()`, as in `texts`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.documents.problems import Problems, step


@dataclass(frozen=True)
class OneOf:
    """One of some codes; the codes are asked for when needed, since some are data."""

    codes: Callable[[], Iterable[str]]
    default: str = ""
    is_required: bool = False

    def empty(self) -> str:
        return self.default

    def check(self, value: Any, pointer: str, problems: Problems) -> str:
        if value in (None, ""):
            if self.is_required:
                problems.add(pointer, _("Choose one."), "required")
            return self.default
        codes = list(self.codes())
        if not isinstance(value, str) or value not in codes:
            shown = ", ".join(code for code in codes[:12] if code)
            problems.add(
                pointer,
                _("%(value)s is not known here. Known are: %(codes)s.")
                % {"value": str(value)[:60], "codes": shown + (" …" if len(codes) > 12 else "")},
                "unknown-code",
            )
            return self.default
        return value

    def schema(self) -> dict:
        codes = sorted({*self.codes(), *(() if self.is_required else ("",))})
        return {"type": "string", "enum": codes}


@dataclass(frozen=True)
class Number:
    """A number within bounds, or nothing (null)."""

    least: float
    most: float
    is_whole: bool = False

    def empty(self) -> None:
        return None

    def check(self, value: Any, pointer: str, problems: Problems) -> float | int | None:
        if value in (None, ""):
            return None
        kinds = (int,) if self.is_whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            what = (
                _("This must be a whole number.") if self.is_whole else _("This must be a number.")
            )
            problems.add(pointer, what, "type")
            return None
        if not self.least <= value <= self.most:
            problems.add(
                pointer,
                _("This must be between %(least)s and %(most)s.")
                % {"least": self.least, "most": self.most},
                "out-of-range",
            )
            return None
        return value

    def schema(self) -> dict:
        kind = "integer" if self.is_whole else "number"
        return {"type": [kind, "null"], "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class YesNo:
    """True or false."""

    def empty(self) -> bool:
        return False

    def check(self, value: Any, pointer: str, problems: Problems) -> bool:
        if value is None:
            return False
        if not isinstance(value, bool):
            problems.add(pointer, _("This must be true or false."), "type")
            return False
        return value

    def schema(self) -> dict:
        return {"type": "boolean"}


@dataclass(frozen=True)
class ListOf:
    """Several values of one kind; plain ones without blanks and exact repeats.

    Objects keep their places, so that later checks point at the list as it was given.
    """

    item: Any
    most: int

    def empty(self) -> list:
        return []

    def check(self, value: Any, pointer: str, problems: Problems) -> list:
        if value is None:
            return []
        if not isinstance(value, list):
            problems.add(pointer, _("This must be a list."), "type")
            return []
        if len(value) > self.most:
            problems.add(
                pointer,
                _("This has %(length)d entries; at most %(most)d fit.")
                % {"length": len(value), "most": self.most},
                "too-many",
            )
            return []
        checked = [self.item.check(v, step(pointer, i), problems) for i, v in enumerate(value)]
        return [
            v
            for i, v in enumerate(checked)
            if isinstance(v, dict) or (v != "" and v not in checked[:i])
        ]

    def schema(self) -> dict:
        return {"type": "array", "maxItems": self.most, "items": self.item.schema()}


@dataclass(frozen=True)
class ObjectOf:
    """An object with known members; an unknown member is a fault, so that no typo is lost."""

    members: dict[str, Any]
    required: tuple[str, ...] = ()
    further_check: Callable[[dict, str, Problems], None] | None = None

    def empty(self) -> dict:
        return {}

    def check(self, value: Any, pointer: str, problems: Problems) -> dict:
        if not isinstance(value, dict):
            problems.add(pointer, _("This must be an object."), "type")
            return {name: member.empty() for name, member in self.members.items()}
        for name in value:
            if name not in self.members:
                problems.add(
                    step(pointer, name),
                    _("There is no such field. Known are: %(names)s.")
                    % {"names": ", ".join(self.members)},
                    "unknown-field",
                )
        before = len(problems.found)
        start = pointer + "/"
        # The names of members need no escaping, which `step` is for.
        checked = {
            name: member.check(value.get(name), start + name, problems)
            if name in value or name in self.required
            else member.empty()
            for name, member in self.members.items()
        }
        if self.further_check and len(problems.found) == before:
            self.further_check(checked, pointer, problems)
        return checked

    def schema(self) -> dict:
        described = {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: member.schema() for name, member in self.members.items()},
        }
        if self.required:
            described["required"] = list(self.required)
        return described


@dataclass(frozen=True)
class MapOf:
    """An object whose member names are codes, such as languages or governance attributes."""

    members: Callable[[], dict[str, Any]] = field(default=dict)

    def empty(self) -> dict:
        return {}

    def check(self, value: Any, pointer: str, problems: Problems) -> dict:
        if value is None or value == {}:
            return {}
        checked = ObjectOf(self.members()).check(value, pointer, problems)
        return {name: v for name, v in checked.items() if v not in ("", [], {}, None)}

    def schema(self) -> dict:
        return ObjectOf(self.members()).schema()
