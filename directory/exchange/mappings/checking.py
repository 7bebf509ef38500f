"""What can be wrong with the JSON of a mapping."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.mappings.summaries import FACT, FACTS
from directory.exchange.mappings.targets import TARGETS
from directory.exchange.tables.characters import storable
from directory.models.governance import governance_attributes

VERSION = 1
DATE_ORDERS = ("dmy", "mdy", "ymd")
HEADER_ROWS_MAX = 5  # Two are common, three were seen.
SKIPPED_ROWS_MAX = 100
TEXT_LONGEST = 2_000  # Of a word, a statement or a sentence in a mapping.


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= TEXT_LONGEST and storable(value) == value


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_table(value: Any) -> bool:
    """Texts to texts or lists of texts."""
    return isinstance(value, dict) and all(
        _is_text(name) and (_is_text(one) or _is_texts(one)) for name, one in value.items()
    )


def _are_sentences(value: Any) -> bool:
    """Texts that ask only for facts that a sentence can have."""
    return _is_texts(value) and {*FACT.findall(" ".join(value))} <= FACTS


def _is_count(most: int, least: int = 0) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and least <= value <= most


Check = Callable[[Any], bool]
RULE: dict[str, Check] = {
    "target": lambda value: isinstance(value, str) and value in TARGETS,
    "columns": lambda value: _is_texts(value) and bool(value),
    "joined_by": _is_text,
    "separators": _is_text,
    "strip": _is_text,
    "values": _is_table,
    "only_known": lambda value: isinstance(value, bool),
    "scheme": _is_text,
    "statement": _is_text,
    "case": lambda value: value in ("", "title"),
    "is_needed": lambda value: isinstance(value, bool),
    "sureness": lambda value: isinstance(value, int | float) and 0 <= value <= 1,
    "examples": _is_texts,
}
FILTER: dict[str, Check] = {"column": _is_text, "accepts": _is_texts, "refuses": _is_texts}
MAPPING: dict[str, Check] = {
    "version": lambda value: value == VERSION,
    "name": _is_text,
    "title": _is_text,
    "rules": lambda value: isinstance(value, list),
    "constants": lambda value: _is_table(value) and all(name in TARGETS for name in value),
    "statement": _is_text,
    "summaries": lambda value: isinstance(value, dict) and all(map(_are_sentences, value.values())),
    "nothing": _is_texts,
    "filters": lambda value: isinstance(value, list),
    "date_order": lambda value: value in DATE_ORDERS,
    "sheet": _is_text,
    "header_rows": _is_count(HEADER_ROWS_MAX, least=1),
    "skip_rows": _is_count(SKIPPED_ROWS_MAX),
    "skip_rows_at_end": _is_count(SKIPPED_ROWS_MAX),
    "delimiter": lambda value: _is_text(value) and len(value) <= 1 and value not in tuple('"\r\n '),
    "rows_are_documents": lambda value: isinstance(value, bool),
}


def problems_of(written: Any) -> list[str]:
    """All that keeps the JSON from being a mapping, each with where; empty where nothing does."""
    problems = _members(written, MAPPING, "", needed=("version",))
    if problems:
        return problems
    for i, rule in enumerate(written.get("rules", [])):
        where = f"rules/{i}/"
        found = _members(rule, RULE, where, needed=("target", "columns"))
        problems += found or _of_rule(rule, where)
    for i, one in enumerate(written.get("filters", [])):
        problems += _members(one, FILTER, f"filters/{i}/", needed=("column",))
    return problems


def _members(written: Any, known: dict[str, Check], where: str, needed: tuple) -> list[str]:
    if not isinstance(written, dict):
        return [_("%(where)s: this must be an object.") % {"where": where or "/"}]
    problems = [
        _("%(where)s is missing.") % {"where": where + name}
        for name in needed
        if name not in written
    ]
    for name, value in written.items():
        if name not in known:
            problems.append(
                _("%(where)s: there is no such member. Known are: %(names)s.")
                % {"where": where + str(name), "names": ", ".join(known)}
            )
        elif not known[name](value):
            problems.append(
                _("%(where)s: %(value)s cannot stand here.")
                % {"where": where + name, "value": str(value)[:60]}
            )
    return problems


def _of_rule(rule: dict[str, Any], where: str) -> list[str]:
    """What a target asks of its rule."""
    scheme = rule.get("scheme", "")
    if rule["target"] == "identifier" and not scheme:
        return [_("%(where)sscheme: name the register, like GB-COH.") % {"where": where}]
    if rule["target"] == "governance" and scheme not in governance_attributes():
        return [
            _("%(where)sscheme: name the question. Known are: %(names)s.")
            % {"where": where, "names": ", ".join(governance_attributes())}
        ]
    return []
