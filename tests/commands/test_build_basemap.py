"""The command that makes the outlines: shared borders, islands kept, clear refusals."""

import json

import pytest
from django.core.management import CommandError, call_command

from directory.exchange.outlines import pack, unpack, worth_keeping

# Two countries side by side: three lines between the points where they meet, in tenths of a degree.
TWO_COUNTRIES = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
    "arcs": [
        [[50, 0], [0, 50], [1, 1], [-1, 49]],
        [[50, 100], [-50, 0], [0, -100], [50, 0]],
        [[50, 0], [50, 0], [0, 100], [-50, 0]],
    ],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "001", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "002", "arcs": [[[2, -1]]]},
            ],
        }
    },
}


def build(tmp_path, **files):
    paths = {}
    for name, content in files.items():
        paths[name] = tmp_path / f"{name}.json"
        paths[name].write_text(content if isinstance(content, str) else json.dumps(content))
    states = [paths["states"]] if "states" in paths else []
    call_command(
        "build_basemap",
        countries=paths.get("countries", tmp_path / "absent.json"),
        states=states,
        output=tmp_path / "made",
        verbosity=0,
    )
    return {path.stem: json.loads(path.read_text()) for path in (tmp_path / "made").iterdir()}


def test_neighbours_share_their_border(tmp_path):
    made = build(tmp_path, countries=TWO_COUNTRIES)

    assert set(made) == {"near", "continent", "world"}
    for sheet in made.values():
        walked = [number for (ring,) in sheet["countries"].values() for number in ring]
        assert len(sheet["arcs"]) == 3
        assert sum(1 for number in walked if ~number in walked) == 2


def test_a_coarser_level_bends_less(tmp_path):
    made = build(tmp_path, countries=TWO_COUNTRIES)
    longest = {name: max(len(unpack(arc)) for arc in made[name]["arcs"]) for name in made}

    assert longest["world"] <= longest["near"]
    assert sum(len(arc) for arc in made["world"]["arcs"]) < sum(
        len(arc) for arc in made["near"]["arcs"]
    )


def test_only_borders_between_states_are_kept(tmp_path):
    states = TWO_COUNTRIES | {"objects": {"states": TWO_COUNTRIES["objects"]["countries"]}}
    made = build(tmp_path, countries=TWO_COUNTRIES, states=states)

    (number,) = made["near"]["divisions"]
    assert unpack(made["near"]["arcs"][number])[0] == (1500, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("no json", "countries.json", id="not JSON"),
        pytest.param({"type": "Topology"}, "transform", id="not quantized"),
        pytest.param(TWO_COUNTRIES | {"objects": {}}, "countries", id="no countries"),
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path, content, words):
    with pytest.raises(CommandError, match=words):
        build(tmp_path, countries=content)


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.json"):
        build(tmp_path)


@pytest.mark.parametrize(
    "cells",
    [[(0, 0), (1, -1), (-1, 1)], [(-54000, 25000), (54000, -25500), (54001, -25500)], []],
)
def test_packed_lines_unpack_to_the_same(cells):
    assert unpack(pack(cells)) == cells


def test_simpler_lines_keep_their_ends_and_their_largest_bends():
    line = [(0, 0), (1, 0.01), (2, 0), (3, 5), (4, 0), (5, 0.01), (6, 0)]

    kept = worth_keeping(line, 0.5)

    assert [line[index] for index in kept] == [(0, 0), (2, 0), (3, 5), (4, 0), (6, 0)]
