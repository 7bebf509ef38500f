"""JSON, NDJSON, GeoJSON and YAML: objects as rows."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _

from directory.exchange.tables.characters import storable
from directory.exchange.tables.encodings import Encoding, broken, encoding_of
from directory.exchange.tables.table import Row, Table, UnreadableFile, check_size

DEPTH_MAX = 20  # Of objects in objects; a document of ours has four.
GEOMETRY = "geometry"
# What of YAML is no text, as its core schema has it, and the signs each may begin with. Numbers
# with zeros in front stay as they are written.
YAML_WORDS = {
    "null": (r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    "bool": (r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    "int": (r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    "float": (r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$", "-+0123456789"),
}


def open_json(path: Path, name: str) -> Table:
    """The table in a JSON text: an array of objects, an object that holds one, or GeoJSON.

    Raises UnreadableFile.
    """
    encoding = encoding_of(path)
    form, found = _array(_parsed(_text(path, encoding), 0))
    return _table(name, form, lambda: enumerate(found, 1), encoding)


def open_ndjson(path: Path, name: str) -> Table:
    """The table in a text of one JSON object a line. Raises UnreadableFile."""
    encoding = encoding_of(path)
    return _table(name, "ndjson", lambda: _lines(path, encoding), encoding)


def open_yaml(path: Path, name: str) -> Table:
    """The table in a YAML text, without anchors, which can grow beyond all measure.

    Raises UnreadableFile.
    """
    check_size(path, settings.IMPORT_YAML_BYTES_MAX)
    encoding = encoding_of(path)
    _form, found = _array(_parsed_yaml(_text(path, encoding)))
    return _table(name, "yaml", lambda: enumerate(found, 1), encoding)


def is_one_object_a_line(path: Path) -> bool:
    """Whether the first line with anything on it is an object by itself, and more follow."""
    encoding = encoding_of(path)
    try:
        with encoding.open(path) as text:
            lines = (line for line in text if line.strip())
            first, second = next(lines, ""), next(lines, "")
        return isinstance(json.loads(first), dict) and second.lstrip().startswith("{")
    except (ValueError, RecursionError):
        return False


def _text(path: Path, encoding: Encoding) -> str:
    with encoding.open(path) as text:
        try:
            return text.read()
        except UnicodeError as error:
            raise broken(error, 1) from error


def _parsed(text: str, line: int) -> Any:
    try:
        return json.loads(text.lstrip("\ufeff"), parse_constant=lambda name: None)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            _("Line %(line)d, character %(column)d: this is no JSON (%(reason)s).")
            % {"line": line or error.lineno, "column": error.colno, "reason": error.msg}
        ) from error
    except (ValueError, RecursionError) as error:
        reason = _("numbers too long or objects too deep")
        raise UnreadableFile(_("The JSON has %(reason)s.") % {"reason": reason}) from error


def _parsed_yaml(text: str) -> Any:
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        """The safe loader, with the words of YAML 1.2: NO is a country, 01234 a postcode."""

        yaml_implicit_resolvers: ClassVar[dict] = {}

    for tag, (written, first) in YAML_WORDS.items():
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(written), [*first])
    try:
        for event in yaml.parse(text, Loader):
            if getattr(event, "anchor", None):
                raise UnreadableFile(
                    _("Line %(line)d: anchors and aliases cannot be read.")
                    % {"line": event.start_mark.line + 1}
                )
        documents = list(yaml.load_all(text, Loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableFile(
            _("Line %(line)d: this is no YAML (%(reason)s).")
            % {"line": line, "reason": error.problem or error.context}
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise UnreadableFile(
            _("This is no YAML (%(reason)s).") % {"reason": str(error)[:200]}
        ) from error
    return documents[0] if len(documents) == 1 else documents


def _array(whole: Any) -> tuple[str, list]:
    """The format, and the objects that are the rows."""
    if isinstance(whole, list):
        return "json", whole
    if not isinstance(whole, dict):
        raise UnreadableFile(_("There is no list of objects."))
    if whole.get("type") == "FeatureCollection":
        return "geojson", _features(whole)
    lists = {
        name: value
        for name, value in whole.items()
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value)
    }
    if len(lists) == 1:
        return "json", next(iter(lists.values()))
    if whole.get("type") == "Feature" or not lists:
        return "json", [whole]
    raise UnreadableFile(
        _("The object holds several lists (%(names)s); leave only the one to read.")
        % {"names": ", ".join(map(str, lists))}
    )


def _features(whole: dict) -> list:
    features = whole.get("features")
    if not isinstance(features, list):
        raise UnreadableFile(_("The FeatureCollection has no list of features."))
    return features


def _lines(path: Path, encoding: Encoding) -> Iterator[tuple[int, Any]]:
    number = 0
    with encoding.open(path) as text:
        try:
            for number, line in enumerate(text, 1):
                if line.strip():
                    yield number, _parsed(line, number)
        except UnicodeError as error:
            raise broken(error, number + 1) from error


def _table(
    name: str, form: str, walk: Callable[[], Iterable[tuple[int, Any]]], encoding: Encoding
) -> Table:
    """A table whose columns are the members of all objects, in the order they come."""
    columns: dict[str, None] = {}
    for _number, row in _rows(walk()):
        for column, value in row.items():
            columns.update(dict.fromkeys(leaves(column, value)))
        if len(columns) > settings.IMPORT_COLUMNS_MAX:
            raise UnreadableFile(
                _("There are more than %(most)d columns.") % {"most": settings.IMPORT_COLUMNS_MAX}
            )
    if not columns:
        raise UnreadableFile(_("There is no object with any member."))
    table = Table(name, form, list(columns), lambda: _rows(walk()))
    if encoding.note:
        table.note(encoding.note)
    return table


def leaves(column: str, value: Any) -> list[str]:
    """Names by which a mapping reaches what stands in objects: address.city."""
    if not isinstance(value, dict) or column == GEOMETRY or not value:
        return [column]
    return [leaf for name, inner in value.items() for leaf in leaves(f"{column}.{name}", inner)]


def _rows(numbered: Iterable[tuple[int, Any]]) -> Iterator[Row]:
    for number, one in numbered:
        if not isinstance(one, dict):
            raise UnreadableFile(
                _("Entry %(number)d is no object: %(value)s.")
                % {"number": number, "value": str(one)[:60]}
            )
        if one.get("type") == "Feature" and isinstance(one.get("properties"), dict):
            known = {"id": one["id"]} if "id" in one else {}
            one = known | one["properties"] | {GEOMETRY: one.get(GEOMETRY)}
        yield number, {storable(str(name)): _value(number, name, v) for name, v in one.items()}


def _value(number: int, column: str, value: Any) -> Any:
    """A text for anything single; lists and objects as they are."""
    if value is None or isinstance(value, str):
        found = storable(value)
    elif isinstance(value, bool):
        return "true" if value else "false"
    elif isinstance(value, list | dict):
        _check_depth(number, column, value)
        found = storable(value)
    else:
        return storable(str(value))
    length = len(found if isinstance(found, str) else json.dumps(found, default=str))
    if found and length > settings.IMPORT_CELL_LENGTH_MAX:
        raise UnreadableFile(
            _("Entry %(number)d, %(column)s: the value has %(length)d characters; too many.")
            % {"number": number, "column": column, "length": length}
        )
    return found


def _check_depth(number: int, column: str, value: Any, depth: int = 0) -> None:
    if depth > DEPTH_MAX:
        raise UnreadableFile(
            _("Entry %(number)d, %(column)s: objects lie too deep in objects.")
            % {"number": number, "column": column}
        )
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            _check_depth(number, column, inner, depth + 1)
