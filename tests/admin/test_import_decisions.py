"""An editor's word about rows of an import that is written: the last one only, and by name."""

import pytest
from django.urls import reverse

from directory.actions import exclusions
from directory.actions.import_decisions import decide
from directory.actions.imports import NotInThatState
from directory.models import ImportRow, Organization, RowDecision
from tests.factories import make_organization, make_user
from tests.imports.bringing import BAKERY, bring, last_run, make_register

pytestmark = pytest.mark.django_db
TWIN = BAKERY | {"site": "https://bakery.example/"}


@pytest.fixture
def row(tmp_path) -> ImportRow:
    """A row of a written import that is listed already, as it seems."""
    make_register()
    make_organization("Example Bakery", source="other", website=TWIN["site"])
    bring(tmp_path, TWIN)
    return ImportRow.objects.get(outcome="duplicate")


def test_a_row_that_a_later_file_has_overtaken_is_not_written(row, tmp_path):
    bring(tmp_path, TWIN)

    with pytest.raises(NotInThatState, match="A later file of this source"):
        decide(row, RowDecision.ANOTHER, by=None)

    assert Organization.objects.count() == 1


def test_the_history_says_who_decided_that_a_row_is_the_listing(row, curator):
    ana = make_user("ana", role="editor")
    decide(row, RowDecision.SAME, by=ana)

    url = reverse("admin:directory_organization_history", args=[row.organization_id])
    assert "decided by ana" in curator.get(url).content.decode()


def test_what_became_of_a_decided_row_is_counted(row):
    exclusions.exclude(row.document, by=None, reason="Asked for it")

    decide(row, RowDecision.ANOTHER, by=None)

    counts = last_run().counts
    assert (counts["duplicate"], counts["refused"]) == (0, 1)
