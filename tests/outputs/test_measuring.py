"""`manage.py benchmark export`: what it would measure, and what it says of it."""

import pytest
from django.core.management import CommandError, call_command

from directory.management.benchmarks import exporting


def test_a_workbook_that_nobody_would_open_is_not_measured():
    everything = "csv,spreadsheet,geojson,ndjson,xlsx,dump"

    assert ",".join(exporting.asked(everything, 1_000)) == everything
    assert exporting.asked("xlsx,dump,csv", 200_000) == ["csv", "dump"]


def test_the_table_says_how_fast_and_whether_a_promise_is_kept():
    told = {"seconds": 9.0, "processor_seconds": 8.0, "file_mb": 250.0, "peak_mb": 150.0}

    _head, row = exporting.rows({"organizations": 200_000, "files": {"csv": told}})

    assert row == ["csv", "9.0", "8.0", "22,222", "250.0", "150.0", "24 s, 200 MB: yes"]


def test_too_much_memory_or_time_is_no_kept_promise():
    for each in ({"seconds": 130.0, "peak_mb": 150.0}, {"seconds": 100.0, "peak_mb": 201.0}):
        assert exporting.promise("csv", 1_000_000, each).endswith("no")
    assert exporting.promise("ndjson", 1_000_000, {}) == ""


def test_numbers_that_make_no_sense_are_refused():
    with pytest.raises(CommandError, match="1 or more"):
        call_command("benchmark", "export", organizations=0)
