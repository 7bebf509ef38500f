"""README, LICENSE and ATTRIBUTION of a dump: in English, as the files of data are."""

from django.conf import settings
from django.urls import reverse

from directory.exchange.licences import Licences

README = """\
{name}: everything that may be passed on
{line}

Version {version}. {listings} listings, from {site}/

All files are UTF-8. Start with `datapackage.json` (Frictionless Data Package 2.0): it says what each
file holds, column by column, with sizes and checksums.

* `organizations.csv` has a row for each listing; the other tables lead to it by `organization`.
* `organizations.ndjson` has a line for each listing: its whole document, with a few members beside.
  A directory that runs this software makes the same listings of it, with their ids, sources and
  dates: `manage.py load_dump PATH`, where PATH is this folder or the zip with all of it.
* `organizations.geojson` is for map programs.
* `tombstones.csv` has ids that are shown no more. Remove them from your copy.
* `address_words.csv` has the address words that listings had before, with the id that answers now.
* `changes.csv` and `changes.ndjson` say what is different from the first dump of the day before, or of
  the last day that had one: {before}.
* `SHA256SUMS` checks all of it: `sha256sum -c SHA256SUMS`.

Locations are only as exact as each may be shown; hidden ones are not here, and neither are contact
details that are not public. {left_out} listings are left out because their sources do not allow them
to be passed on. Ids are permanent: {site}{permanent}<id> answers for ever.

Who was removed from the directory, or asked for data to be removed, is in no later dump. Please take
the latest one, and follow the tombstones.
"""


def readme(version: str, before: str, counts: dict[str, int]) -> str:
    """README.md."""
    return README.format(
        name=settings.SITE_NAME,
        line="=" * (len(settings.SITE_NAME) + 33),
        version=version,
        site=settings.SITE_URL,
        before=before or "there was none",
        permanent=reverse("permanent-id", args=["-"])[:-1],
        **counts,
    )


def licence_text(licences: Licences) -> str:
    """LICENSE.txt."""
    licence, url = licences.of_file
    return (
        f"{settings.SITE_NAME}\n\nLicence of the data: {licence}\n{url}\n\n"
        "Name the directory and the sources of each listing: the column `attribution` of\n"
        "organizations.csv and the member `attribution` of each line and feature say whom.\n"
        "ATTRIBUTION.txt has all of them.\n"
    )


def attribution_text(licences: Licences) -> str:
    """ATTRIBUTION.txt: a line for each source."""
    return "".join(f"{line}\n" for line in licences.all_lines)
