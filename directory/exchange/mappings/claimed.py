"""Claims, register numbers, answers on governance and source records of a row."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.mappings.countries import country_code
from directory.exchange.mappings.dates import read_date
from directory.exchange.mappings.draft import Draft
from directory.exchange.mappings.gathering import Piece, as_list
from directory.exchange.mappings.mapping import Mapping
from directory.exchange.mappings.numbers import read_count
from directory.exchange.mappings.places import PlaceFinder
from directory.exchange.mappings.staged import ProblemKind
from directory.exchange.mappings.terms import TermFinder
from directory.exchange.mappings.understood import NotUnderstood
from directory.models import CLAIMABLE_SCHEMES, Assertion
from directory.models.governance import governance_attributes


class Claimant:
    """Composes what is claimed of an enterprise: its terms, each said by the import's source."""

    def __init__(self, mapping: Mapping, source_code: str) -> None:
        self.mapping = mapping
        self.source_code = source_code
        self.terms = TermFinder()
        self._usual = {
            scheme: [
                (code, Piece(name))
                for name in as_list(names)
                if (code := self.terms.code(scheme, name))
            ]
            for scheme, names in mapping.constants.items()
            if scheme in CLAIMABLE_SCHEMES
        }

    def claim(self, draft: Draft) -> None:
        """Put the row's claims into the draft; the first type is its main one."""
        claims: dict[tuple[str, str], dict[str, Any]] = {}
        for scheme in map(str, CLAIMABLE_SCHEMES):
            pieces = draft.gathered.get(scheme, ())
            found = [
                (code, piece) for piece in pieces if (code := self._code(draft, scheme, piece))
            ]
            # What holds for every row holds too where the row's own word is not known.
            for code, piece in found or self._usual.get(scheme, ()):
                if (scheme, code) not in claims:
                    draft.origins[f"/claims/{len(claims)}"] = piece
                    is_first = scheme == "type" and not claims
                    claims[scheme, code] = self._claim(scheme, code, piece, is_primary=is_first)
        draft.document["claims"] = list(claims.values())

    def _code(self, draft: Draft, scheme: str, piece: Piece) -> str:
        code = self.terms.code(scheme, str(piece.value))
        if not code:
            reason = _("There is no term of this name or code in the vocabulary.")
            # The word by itself, not the cell: this is what somebody may say the meaning of.
            draft.leave_out(replace(piece, written=""), reason, ProblemKind.UNKNOWN_WORD)
        return code

    def _claim(self, scheme: str, code: str, piece: Piece, *, is_primary: bool) -> dict[str, Any]:
        return {
            "scheme": scheme,
            "code": code,
            "is_primary": is_primary,
            "statement": piece.rule.statement or self.mapping.statement,
            "asserted_by": Assertion.IMPORT.value,
            "source": self.source_code,
        }

    def identify(self, draft: Draft) -> None:
        """Put the numbers that registers gave into the draft."""
        numbers: dict[tuple[str, str], dict[str, str]] = {}
        for piece in draft.gathered.get("identifier", ()):
            number = {"scheme": piece.rule.scheme, "value": str(piece.value)}
            draft.origins.setdefault(f"/identifiers/{len(numbers)}", piece)
            numbers.setdefault((number["scheme"], number["value"]), number)
        draft.document["identifiers"] = list(numbers.values())

    def govern(self, draft: Draft) -> None:
        """Put the answers on ownership and governance into the draft."""
        answers: dict[str, Any] = {}
        for piece in draft.gathered.get("governance", ()):
            question, text = piece.rule.scheme, str(piece.value)
            kind = governance_attributes()[question].kind
            draft.origins[f"/governance/{question}"] = piece
            if kind == "multi":
                answers.setdefault(question, []).append(text)
            elif kind == "single":
                answers.setdefault(question, text)
            else:
                answers.setdefault(question, _number(text, is_whole=kind == "integer"))
        draft.document["governance"] = answers

    def cite(self, draft: Draft, external_id: str) -> None:
        """Put the source record into the draft."""
        record = {"source": self.source_code, "external_id": external_id}
        if piece := draft.first("source_url"):
            record["url"] = str(piece.value)
            draft.origins["/sources/0/url"] = piece
        if piece := draft.first("fetched_on"):
            try:
                record["fetched_on"] = read_date(piece.value, self.mapping.date_order).value
            except NotUnderstood as reason:
                draft.leave_out(piece, reason)
        draft.document["sources"] = [record]


def _number(text: str, *, is_whole: bool) -> float | int | str:
    """The number where it is one; the document's own check says what is wrong otherwise."""
    try:
        return read_count(text).value if is_whole else float(text.replace(",", "."))
    except ValueError:
        return text


def serve(draft: Draft, places: PlaceFinder) -> None:
    """Put the areas that an enterprise serves into the draft.

    `online`, `country` and `region` as values mean just that of the row's own location; else a
    country's name or code, or a town or region of the row's country.
    """
    location = (draft.document.get("locations") or [{}])[0]
    country, place = location.get("country", ""), location.get("place", "")
    areas = []
    for piece in draft.gathered.get("serves", ()):
        area = _area(str(piece.value), country, place, places)
        if area is None:
            draft.leave_out(piece, _("No place of this name is known there."))
        elif area not in areas:
            areas.append(area)
    draft.document["service_areas"] = areas


def _area(text: str, country: str, place: str, places: PlaceFinder) -> dict[str, str] | None:
    region = "/".join(place.split("/")[:2])
    if text == "online":
        return {"kind": "online"}
    if text == "country" and country:
        return {"kind": "country", "country": country}
    if text in {"region", "town"} and "/" in region:
        return {"kind": "place", "place": region if text == "region" else place}
    if country and "/" in (found := places.place(country, text, text, None)):
        return {"kind": "place", "place": found}
    if code := country_code(text):
        return {"kind": "country", "country": code}
    return None
