"""Damaged files end in rows or in a sentence, never in a crash."""

import io
import json

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.exchange.tables import UnreadableFile, open_table


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["name", "day"])
    book.active.append(["Example Bakery", 36_000])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SEEDS = [
    'name;town\r\n"Example ""Bakery""";"Cór\ndoba"\r\nCafé;x\r\n'.encode(),
    "name,town\nExample,Łódź\n".encode("utf-16"),
    json.dumps([{"name": "Example", "at": {"lat": 1.5}}]).encode(),
    b'{"name": "A"}\n{"name": "B", "tags": ["x"]}\n',
    b"- name: Example\n  tags: [a, b]\n- name: Other\n",
    _workbook(),
]
CHANGES = st.lists(
    st.tuples(st.integers(0, 6_000), st.integers(0, 40), st.binary(max_size=12)),
    min_size=1,
    max_size=6,
)


@given(st.sampled_from(SEEDS), CHANGES, st.sampled_from(["a.csv", "a.yaml"]))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_damage_ends_in_rows_or_a_sentence(tmp_path, seed, changes, name):
    content = seed
    for start, length, put in changes:
        start %= len(content) + 1
        content = content[:start] + put + content[start + length :]
    path = tmp_path / name
    path.write_bytes(content)

    try:
        numbers = [number for number, _values in open_table(path).rows()]
    except UnreadableFile as error:
        numbers, said = [], str(error)
    else:
        said = "rows"

    assert said
    assert numbers == sorted(numbers)
