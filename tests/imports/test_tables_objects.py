"""JSON, NDJSON, GeoJSON and YAML: objects as rows."""

import json

import pytest

from directory.exchange.tables import UnreadableFile
from tests.imports.files import rows_of, table_of

ONE = {"name": "Example", "members": 12, "is_open": True, "note": None, "tags": ["a", "b"]}
ROW = {"name": "Example", "members": "12", "is_open": "true", "note": None, "tags": ["a", "b"]}
FEATURE = {
    "type": "Feature",
    "id": "n1",
    "properties": {"name": "Example"},
    "geometry": {"type": "Point", "coordinates": [13.4, 52.5]},
}
PLACED = {"id": "n1", "name": "Example", "geometry": FEATURE["geometry"]}


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        pytest.param(json.dumps([ONE]), "a.json", "json", id="array"),
        pytest.param(json.dumps({"version": 1, "entries": [ONE]}), "a.json", "json", id="in one"),
        pytest.param(json.dumps(ONE), "a.json", "json", id="one object"),
        pytest.param(f"{json.dumps(ONE)}\n\n{json.dumps(ONE)}\n", "a.ndjson", "ndjson", id="lines"),
        pytest.param(json.dumps([ONE], indent=1), "a.csv", "json", id="wrong ending"),
        pytest.param(
            "- name: Example\n  members: 12\n  is_open: true\n  note:\n  tags: [a, b]\n",
            "a.yaml",
            "yaml",
            id="YAML",
        ),
    ],
)
def test_objects_become_rows(tmp_path, content, name, form):
    table = table_of(tmp_path, content, name)

    assert table.format == form
    assert rows_of(table)[0] == ROW


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"type": "FeatureCollection", "features": [FEATURE]}, id="collection"),
        pytest.param(FEATURE, id="one feature"),
        pytest.param([FEATURE, FEATURE], id="array of features"),
    ],
)
def test_features_give_their_properties_and_geometry(tmp_path, content):
    assert rows_of(table_of(tmp_path, json.dumps(content), "a.geojson"))[0] == PLACED


def test_columns_reach_into_objects(tmp_path):
    rows = [{"name": "A", "address": {"city": "Here"}}, {"name": "B", "site": "b.example"}]

    assert table_of(tmp_path, json.dumps(rows)).columns == ["name", "address.city", "site"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        pytest.param('[{"name": "A",}]', "a.json", "Line 1, character", id="broken"),
        pytest.param('{"a": 1}\n{"a": }\n', "a.ndjson", "Line 2", id="broken line"),
        pytest.param('["a"]', "a.json", "Entry 1 is no object", id="no objects"),
        pytest.param("[" * 100_000, "a.json", "JSON", id="deep"),
        pytest.param(f'[{{"a": {"1" * 5_000}}}]', "a.json", "numbers too long", id="long number"),
        pytest.param('[{"a": ' + "[" * 50 + "]" * 50 + "}]", "a.json", "too deep", id="deep cell"),
        pytest.param('{"a": [{}], "b": [{}]}', "a.json", "several lists", id="two lists"),
        pytest.param("a: &a [x]\nb: [*a, *a]\n", "a.yml", "anchors", id="growing YAML"),
        pytest.param("a: [\n", "a.yml", "this is no YAML", id="broken YAML"),
        pytest.param("!!python/object/apply:os.system [x]", "a.yml", "YAML", id="code in YAML"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(tmp_path, content, name, words):
    with pytest.raises(UnreadableFile, match=words):
        rows_of(table_of(tmp_path, content, name))
