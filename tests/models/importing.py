"""A row of everything that imports hold, and what the database refuses of each."""

from directory.models import (
    Changeset,
    Door,
    ImportBase,
    ImportFile,
    ImportRow,
    ImportRun,
    SourceFeed,
    SourceMapping,
)
from tests.factories import make_source

IMPORTS = [
    ("import_file_has_a_digest", ImportFile, {"digest": "short"}),
    ("import_run_state_is_known", ImportRun, {"state": "perhaps"}),
    ("import_run_came_through_a_door", ImportRun, {"door": "window"}),
    ("import_run_lease_has_an_end", ImportRun, {"lease": "somebody"}),
    ("import_run_is_dated_once_ended", ImportRun, {"state": "applied"}),
    ("import_row_outcome_is_known", ImportRow, {"outcome": "perhaps"}),
    ("import_row_decision_is_about_a_duplicate", ImportRow, {"decision": "same"}),
    ("import_row_is_written_once", ImportRow, {"is_due": True, "is_applied": True}),
    ("import_row_names_its_listing_once_written", ImportRow, {"is_applied": True}),
    ("source_feed_has_an_address_if_fetched", SourceFeed, {"is_on": True}),
    ("source_feed_is_fetched_hourly_at_most", SourceFeed, {"every_hours": 0}),
    ("source_feed_error_is_dated", SourceFeed, {"last_error": "Nobody answers."}),
]
GIVEN_ONCE = {
    "import_run_is_written_alone_per_source": ImportRun,
    "import_row_is_read_once": ImportRow,
    "import_base_is_one_per_entry": ImportBase,
    "source_mapping_has_a_name_of_its_own": SourceMapping,
}


def make_imports() -> None:
    """An import that is being written, with a row, its last word, a mapping and a feed."""
    source = make_source()
    file = ImportFile.objects.create(digest="0" * 64, size=1, packed=b"")
    run = ImportRun.objects.create(
        source=source, file=file, digest=file.digest, size=1, door=Door.COMMAND, state="applying",
        changeset=Changeset.objects.create(door=Door.IMPORT),
    )  # fmt: skip
    row = ImportRow.objects.create(run=run, number=1, outcome="new")
    ImportBase.objects.create(source=source, external_id="1", row=row)
    SourceMapping.objects.create(source=source, name="example", rules={})
    SourceFeed.objects.create(source=source)
