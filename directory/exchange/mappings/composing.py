"""A document out of the pieces of a row."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from directory.documents.references import References
from directory.exchange.mappings.claimed import Claimant, serve
from directory.exchange.mappings.contacts import read_email, read_phone, read_websites
from directory.exchange.mappings.dates import read_date
from directory.exchange.mappings.draft import Draft
from directory.exchange.mappings.gathering import Piece
from directory.exchange.mappings.languages import read_language
from directory.exchange.mappings.located import Locator
from directory.exchange.mappings.mapping import Mapping
from directory.exchange.mappings.numbers import read_count, read_yes_no
from directory.exchange.mappings.places import PlaceFinder
from directory.exchange.mappings.staged import ProblemKind
from directory.exchange.mappings.summaries import summary_of
from directory.exchange.mappings.understood import NotUnderstood, Understood

TEXTS = "name legal_name summary description lifecycle".split()
COUNTS = ("members_count", "workers_count")
DATES = ("founded", "closed")
YES_OR_NO = ("email_is_public", "phone_is_public")
LINKS_MAX = 20


class Composer:
    """Puts documents together for one mapping and source; keeps the places it looked up."""

    def __init__(self, mapping: Mapping, source_code: str, references: References) -> None:
        """`references` learn of the places that are found, so that nobody asks for them again."""
        self.mapping = mapping
        places = PlaceFinder()
        self._locator = Locator(places, references)
        self._claimant = Claimant(mapping, source_code)
        self._places = places

    def compose(self, draft: Draft, external_id: str) -> None:
        """Fill the draft's document. Raises draft.Refused where the row can make none."""
        if not draft.first("name"):
            columns = [rule.columns[0] for rule in self.mapping.rules if rule.target == "name"]
            draft.refuse(" + ".join(columns), "", _("The row has no name."))
        for target in TEXTS:
            if piece := draft.first(target):
                draft.put(target, str(piece.value), piece)
        if piece := draft.first("language"):
            self._try(draft, piece, read_language, lambda code: draft.put("language", code, piece))
        self._name_otherwise(draft)
        self._locator.locate(draft)
        self._reach(draft)
        self._count(draft)
        self._claimant.claim(draft)
        self._claimant.identify(draft)
        self._claimant.govern(draft)
        self._claimant.cite(draft, external_id)
        serve(draft, self._places)
        self._sum_up(draft)

    def _name_otherwise(self, draft: Draft) -> None:
        names = [str(piece.value) for piece in draft.gathered.get("other_names", ())]
        own = {draft.document["name"], draft.document.get("legal_name", "")}
        draft.document["other_names"] = [name for name in names if name not in own]
        if draft.document["name"] == draft.document.get("legal_name"):
            draft.document["legal_name"] = ""

    def _reach(self, draft: Draft) -> None:
        """Website, links, e-mail, telephone."""
        country = (draft.document.get("locations") or [{}])[0].get("country", "")
        addresses: list[str] = []
        for piece in [*filter(None, [draft.first("website")]), *draft.gathered.get("links", ())]:
            self._try(draft, piece, read_websites, addresses.extend)
            draft.origins.setdefault("/website", piece)
        if addresses:
            draft.document["website"], *more = dict.fromkeys(addresses)
            draft.document["links"] = [{"url": address} for address in more[:LINKS_MAX]]
        if piece := draft.first("email"):
            self._try(draft, piece, read_email, lambda found: draft.put("email", found, piece))
        if piece := draft.first("phone"):
            self._try(
                draft,
                piece,
                lambda text: read_phone(text, country),
                lambda found: draft.put("phone", found, piece),
            )

    def _count(self, draft: Draft) -> None:
        """Numbers, dates, yes and no."""
        readings: dict[str, Callable[[str], Understood]] = dict.fromkeys(COUNTS, read_count)
        readings |= dict.fromkeys(YES_OR_NO, read_yes_no)
        readings |= dict.fromkeys(DATES, lambda text: read_date(text, self.mapping.date_order))
        for target, reading in readings.items():
            if piece := draft.first(target):
                self._try(
                    draft,
                    piece,
                    reading,
                    lambda found, target=target, piece=piece: draft.put(target, found, piece),
                )

    def _sum_up(self, draft: Draft) -> None:
        """A sentence of facts where the file has no summary."""
        document = draft.document
        if not document.get("summary"):
            language = document.get("language") or "en"
            document["summary"] = summary_of(document, self.mapping.summaries, language)

    @staticmethod
    def _try(
        draft: Draft, piece: Piece, read: Callable[[str], Understood], keep: Callable[..., object]
    ) -> None:
        """Keep what was understood; leave the value out where nothing was."""
        try:
            found = read(str(piece.value))
        except NotUnderstood as reason:
            draft.leave_out(piece, reason)
            return
        if found.note:
            draft.remark(piece, found.note, ProblemKind.UNDERSTOOD)
        keep(found.value)
