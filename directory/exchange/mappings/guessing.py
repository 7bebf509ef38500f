"""A first mapping for a file nobody has mapped: by what columns are called and what is in them."""

import re
from collections import Counter
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from directory.exchange.mappings.gathering import key_of, value_at
from directory.exchange.mappings.header_words import (
    enterprise_names,
    language_of,
    names_a_person,
    registers_by_name,
    target_within,
    targets_by_name,
)
from directory.exchange.mappings.mapping import Mapping, Rule
from directory.exchange.mappings.recognizing import signs
from directory.exchange.mappings.targets import TARGETS
from directory.exchange.mappings.terms import TermFinder
from directory.exchange.mappings.understood import LONGEST
from directory.exchange.tables import Table
from directory.search.words import fold_name

ROWS_LOOKED_AT = 300
EXAMPLES = 3
EXAMPLE_LONGEST = 80
SEPARATORS = ";|,/"
# How sure a guess is: name and contents agree; name alone; contents alone; name against contents.
AGREED, BY_NAME, BY_CONTENTS, DOUBTED = 0.95, 0.8, 0.6, 0.3
BY_PART = 0.7  # Of that, where only a part of the column's name is known.
ENOUGH = 0.6  # Of the values have to look like it.
# Contents that speak for themselves; a postcode or a year could be any number.
TELLING = "email website point country type sector latitude longitude".split()
NOTHING = "n/a na none null nil unknown - -- ? nsp tbd s/d n/d k.a. unbekannt inconnu".split()
SUMMARIES = {
    "en": ["{type} in {locality}.", "{type} in {region}.", "{type} in {country}."],
    "es": ["{type} en {locality}.", "{type} en {region}.", "{type} en {country}."],
    "pt": ["{type} em {locality}.", "{type} em {region}.", "{type} em {country}."],
    "fr": ["{type}, {locality}.", "{type}, {region}.", "{type}, {country}."],
    "de": ["{type} in {locality}.", "{type} in {region}.", "{type}, {country}."],
}
# What differs from enterprise to enterprise: a column that says the same in many rows is not it.
DIFFERING = {"external_id", "name", "founded", "street", "email", "phone", "website"}
MANY = 10
NAMES = {"name", "legal_name", "other_names"}
# Of rows that are documents, and of those that hold one in a cell.
DOCUMENT_COLUMNS = ({"name", "claims", "locations", "sources"}, {"uid", "document"})

Texts = list[str]


def guess(table: Table) -> Mapping:
    """A mapping with a rule for every column: its target, how sure that is, three examples.

    Columns for which nothing speaks are left out (target `ignore`). Reads the first rows only;
    raises UnreadableFile where they cannot be read.
    """
    if any(columns <= {*table.columns} for columns in DOCUMENT_COLUMNS):
        return Mapping(rows_are_documents=True)
    rows = [values for _number, values in islice(table.rows(), ROWS_LOOKED_AT)]
    texts = {column: _texts(column, rows) for column in table.columns}
    looks = signs(TermFinder())
    guessed = [_guessed(column, texts[column], looks) for column in table.columns]
    rules = tuple(_separated(rule, texts[rule.columns[0]], looks) for rule in _once(guessed))
    said = {key_of(text) for column in texts.values() for text in column}
    return Mapping(
        rules=rules,
        constants={"language": language} if (language := language_of(table.columns)) else {},
        summaries=SUMMARIES,
        nothing=tuple(word for word in NOTHING if word in said),
        date_order=_date_order(rules, texts),
        **asdict(table.layout),
    )


def _texts(column: str, rows: list[dict[str, Any]]) -> Texts:
    """What stands in a column, without what is empty."""
    found: Texts = []
    for values in rows:
        value = value_at(values, column)
        if value not in (None, "", [], {}):
            found.append(str(value)[:LONGEST].strip())
    return [text for text in found if text]


def _guessed(column: str, texts: Texts, looks: dict) -> Rule:
    examples = tuple(text[:EXAMPLE_LONGEST] for text in list(dict.fromkeys(texts))[:EXAMPLES])
    told = [text for text in texts if key_of(text) not in NOTHING]
    last = column.rsplit(".", 1)[-1].rsplit(": ", 1)[-1]
    for name in (fold_name(column), fold_name(last)):
        if scheme := registers_by_name().get(name):
            return Rule("identifier", (column,), scheme=scheme, sureness=BY_NAME, examples=examples)
        target = targets_by_name().get(name)
        if target and not _is_against(target, column, told):
            # Beside it a column "Name" may well be that of a person.
            is_sure = name in enterprise_names()
            sureness = AGREED if is_sure else _sureness(target, told, looks)
            return Rule(target, (column,), sureness=sureness, examples=examples)
    target = target_within(fold_name(column))
    if target and not _is_against(target, column, told):
        sureness = _sureness(target, told, looks)
        if sureness > DOUBTED:
            return Rule(target, (column,), sureness=BY_PART * sureness, examples=examples)
    for target in TELLING if told else ():
        if _share(looks[target], told) >= ENOUGH and not _is_ambiguous(target, told):
            sureness = BY_CONTENTS * _share(looks[target], told)
            return Rule(target, (column,), sureness=sureness, examples=examples)
    return Rule("ignore", (column,), sureness=0, examples=examples)


def _sureness(target: str, told: Texts, looks: dict) -> float:
    if target not in looks or not told:
        return BY_NAME
    share = _share(looks[target], told)
    if share >= ENOUGH:
        return AGREED
    # Of a list, or of words for which the editor makes a table, a few are enough.
    parts = [part for text in told for part in re.split(f"[{SEPARATORS}]", text) if part]
    return BY_NAME if TARGETS[target].is_list and any(map(looks[target], parts)) else DOUBTED


def _is_against(target: str, column: str, told: Texts) -> bool:
    """Whether a column is something else, though its name would do for the target."""
    if target in NAMES and names_a_person(fold_name(column)):
        return True
    return target in DIFFERING and len(told) >= MANY and len(set(told)) == 1


def _share(sign, texts: Texts) -> float:
    return sum(map(sign, texts)) / len(texts)


def _is_ambiguous(target: str, texts: Texts) -> bool:
    """Degrees without a name could be any number with decimals; a few words could be chance."""
    return target in {"latitude", "longitude"} or (
        target in {"type", "sector", "country"} and len(texts) < EXAMPLES
    )


def _once(rules: list[Rule]) -> list[Rule]:
    """Each target that takes one value from one column only: the surest, then the first."""
    best: dict[str, Rule] = {}
    for rule in rules:
        if rule.target not in best or rule.sureness > best[rule.target].sureness:
            best[rule.target] = rule
    return [
        rule
        if TARGETS[rule.target].is_list or best[rule.target] is rule or rule.target == "ignore"
        else replace(rule, target="ignore", sureness=0)
        for rule in rules
    ]


def _separated(rule: Rule, texts: Texts, looks: dict) -> Rule:
    """A rule for lists with the character between their values."""
    if not TARGETS[rule.target].is_list or rule.target in {"identifier", "links"}:
        return rule
    marks = Counter(mark for text in texts for mark in SEPARATORS if mark in text)
    sign = looks.get(rule.target)
    for mark, _count in marks.most_common():
        parts = [part.strip() for text in texts for part in text.split(mark) if part.strip()]
        if sign is None or _share(sign, parts) > _share(sign, texts):
            return replace(rule, separators=mark)
    return rule


def _date_order(rules: tuple[Rule, ...], texts: dict[str, Texts]) -> str:
    """mdy where a date has no thirteenth month otherwise; dmy is how most of the world writes."""
    for rule in rules:
        if TARGETS[rule.target].group != "date":
            continue
        for text in texts[rule.columns[0]]:
            parts = text.replace(".", "/").replace("-", "/").split("/")
            if len(parts) == 3 and all(map(str.isdigit, parts)) and len(parts[0]) < 3:
                if int(parts[0]) > 12:
                    return "dmy"
                if int(parts[1]) > 12:
                    return "mdy"
    return "dmy"
