"""A real file comes in, comes in again, and goes; `real_files` does so with all of them by hand."""

import pytest

from directory.models import Organization, Publication
from tests.factories import make_organization, make_place
from tests.imports.real_files import figures_of


@pytest.mark.reference
def test_a_real_file_is_the_same_again_and_taken_back_leaves_what_was_before(registers, taxonomy):
    make_place("de/berlin/berlin", latitude=52.52, longitude=13.405, timezone="Europe/Berlin")
    make_organization("Example Bakery")

    found = figures_of("german_worker_coops")

    assert (found.rows, found.new, found.refused) == (60, 60, 0)
    assert found.is_well, found
    gone = Organization.objects.exclude(publication=Publication.PUBLISHED)
    assert gone.count() == 60
