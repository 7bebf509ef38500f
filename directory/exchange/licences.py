"""Which facts may be passed on under the directory's own licence, and whom to name for them."""

import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from directory.documents import carried_part
from directory.models import Licence, Source

Document = dict[str, Any]


class Licences:
    """The sources of the directory by their codes, read once for a whole file.

    `reusable_only`: the file holds what may be passed on, and nothing else.
    """

    def __init__(self, *, reusable_only: bool = True) -> None:
        self.reusable_only = reusable_only
        self.sources = {source.code: source for source in Source.objects.order_by("code")}
        self._reusable = {code for code, source in self.sources.items() if source.is_reusable}
        # Written out now, in the language of whoever asks: a file is written long after.
        self._line = {code: line_of(source) for code, source in self.sources.items()}

    def is_reusable(self, code: str) -> bool:
        """Whether what came from this source may be passed on."""
        return code in self._reusable

    def carried(self, document: Document) -> Document | None:
        """What of a document may be passed on; the document itself where that is all of it."""
        return carried_part(document, self._reusable.__contains__)

    def attribution(self, document: Document) -> list[str]:
        """Whom to name for a document: a line for each of its sources, in the order of records."""
        codes = dict.fromkeys([record["source"] for record in document["sources"]])
        codes.update(dict.fromkeys(claim["source"] for claim in document["claims"]))
        return [self._line[code] for code in codes if code in self._line]

    @property
    def shared(self) -> dict[str, Source]:
        """The sources of which there are facts in the file, by code."""
        return {
            code: source
            for code, source in self.sources.items()
            if code in self._reusable or not self.reusable_only
        }

    @cached_property
    def all_lines(self) -> list[str]:
        """The directory's own line, and one for each source of the file."""
        return [own_line(), *[self._line[code] for code in self.shared]]

    @property
    def changed_at(self) -> datetime.datetime | None:
        """When any source was last changed; None where there is none."""
        return max((source.updated_at for source in self.sources.values()), default=None)

    @property
    def of_file(self) -> tuple[str, str]:
        """Name and address of the licence of the file as a whole; empty where it has none."""
        if not self.reusable_only:
            return "", ""
        return settings.SITE_LICENCE, settings.SITE_LICENCE_URL


def own_line() -> str:
    """How to name this directory."""
    return f"{settings.SITE_NAME} ({settings.SITE_LICENCE}), {settings.SITE_URL}/"


def line_of(source: Source) -> str:
    """How to name a source: its credit line and licence, with what the licence forbids."""
    words = source.attribution or source.name
    licence = source.licence_name or str(Licence(source.licence).label)
    if source.licence == Licence.NONE_STATED:
        licence = _("no licence stated: not to be passed on")
    elif not source.is_reusable:
        licence = _("%(licence)s: not under this directory's licence") % {"licence": licence}
    return f"{words} ({licence})"
