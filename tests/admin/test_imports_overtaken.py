"""A file that was read before another of its source was written is not written as it was read."""

import pytest

from directory.models import Organization
from tests.admin.test_imports import columns_sent, page_of, press, staged, upload
from tests.imports.bringing import BAKERY, CHEESE, bring, make_register, revert, write_rows

pytestmark = pytest.mark.django_db
MONDAY = BAKERY | {"name": "Monday Bakery"}
TUESDAY = BAKERY | {"name": "Tuesday Bakery"}


def name() -> str:
    return Organization.objects.get().name


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_it_is_read_again_first(curator, tmp_path, is_taken_back):
    make_register()
    bring(tmp_path, BAKERY)
    report = bring(tmp_path, TUESDAY) if is_taken_back else None
    run = staged(curator, tmp_path, MONDAY)
    if is_taken_back:
        revert(report)
    else:
        bring(tmp_path, TUESDAY)
    before = name()

    assert b'value="apply"' not in curator.get(page_of(run)).content
    for act in ("apply", "let-through"):
        page = press(curator, run, act, reason="It must be")
        assert "Read it again." in page.content.decode()
    run.refresh_from_db()
    assert (run.state, run.override_reason, name()) == ("staged", "", before)

    press(curator, run, "read-again")
    run.refresh_from_db()
    assert (run.state, run.counts["changed"]) == ("staged", 1)
    press(curator, run, "apply")
    assert name() == "Monday Bakery"


def test_what_is_written_while_it_is_read_overtakes_it_too(curator, tmp_path, settings):
    make_register()
    bring(tmp_path, BAKERY)
    earlier = staged(curator, tmp_path, MONDAY)
    usual = settings.IMPORT_ROWS_AT_ONCE, settings.IMPORT_SLICE_SECONDS
    settings.IMPORT_ROWS_AT_ONCE, settings.IMPORT_SLICE_SECONDS = 1, 0
    run = upload(curator, write_rows(tmp_path, [BAKERY, CHEESE]).read_bytes())
    curator.post(page_of(run, "columns"), columns_sent(curator, run))
    press(curator, run, "go-on")
    assert run.rows.get().outcome == "unchanged"

    settings.IMPORT_ROWS_AT_ONCE, settings.IMPORT_SLICE_SECONDS = usual
    press(curator, earlier, "apply")
    press(curator, run, "go-on")

    assert "Read it again." in press(curator, run, "apply").content.decode()
    press(curator, run, "read-again")
    press(curator, run, "apply")
    assert [*Organization.objects.values_list("name", flat=True).order_by("pk")] == [
        "Example Bakery",
        "Sample Cheesery",
    ]
