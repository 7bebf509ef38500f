"""The kinds of value that a query parameter takes, as form fields.

Numbers and dates are read in their one canonical form of ASCII digits, so that one search has one
address. A wrong value raises a sentence that says what would be right.
"""

import datetime
import math
import re
from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.models import Lifecycle, Network, Place, Source, VerificationLevel, vocabulary
from directory.search.origin import Origin, origin_of
from directory.search.places import find_places
from directory.search.query import SORTS, Box, Choice
from directory.search.texts import first_forbidden, shown

VALUES_MAX = 50  # Values of one parameter; no form sends more.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,12})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Single(forms.CharField):
    """A parameter given once: a text that can be stored and compared."""

    widget = forms.TextInput

    def __init__(self, **given: object) -> None:
        super().__init__(**{**given, "required": False, "validators": []})

    def to_python(self, value: object) -> str:
        text = "" if value is None else str(value)
        _refuse_forbidden(text)
        return text.strip()

    def clean(self, value: object) -> object:
        text = self.to_python(value)
        return self.read(text) if text else self.nothing()

    def nothing(self) -> object:
        """The value where the parameter is left out or empty."""
        return None

    def read(self, text: str) -> object:
        """The value of a text that is not empty."""
        return text


class Words(Single):
    """The words to look for."""

    def read(self, text: str) -> str:
        if len(text) > settings.QUERY_LENGTH_MAX:
            raise ValidationError(
                _("This has %(length)d characters; at most %(most)d can be searched for.")
                % {"length": len(text), "most": settings.QUERY_LENGTH_MAX}
            )
        return " ".join(text.split())


class Near(Single):
    """A place, a postcode or a point to search around."""

    def read(self, text: str) -> Origin:
        return origin_of(text[: settings.QUERY_LENGTH_MAX])


class Serves(Single):
    """A place, by its path or name, that must be served."""

    def read(self, text: str) -> Place:
        places = list(Place.objects.with_parents().filter(path=text)) or find_places(
            text[: settings.QUERY_LENGTH_MAX]
        )
        if not places:
            raise ValidationError(
                _("No place called “%(text)s” is known here. Try a larger town nearby.")
                % {"text": shown(text)}
            )
        return places[0]


class Radius(Single):
    """Kilometres around the point."""

    def read(self, text: str) -> float:
        number = number_of(text)
        if number is None or not 0 < number <= settings.RADIUS_MAX_KM:
            raise ValidationError(
                _("“%(text)s” is no radius. Give kilometres, more than 0 and up to %(most)d.")
                % {"text": shown(text), "most": settings.RADIUS_MAX_KM}
            )
        return number


class MapBox(Single):
    """A map view: west,south,east,north in degrees."""

    def read(self, text: str) -> Box:
        edges = [number_of(part.strip()) for part in text.split(",")[:5]]
        problem = _("“%(text)s” is no map view. Give west,south,east,north in degrees.")
        if len(edges) != 4 or None in edges:
            raise ValidationError(problem % {"text": shown(text)})
        west, south, east, north = edges
        if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
            problem = _("“%(text)s” leaves the Earth: longitudes go to 180, latitudes to 90.")
            raise ValidationError(problem % {"text": shown(text)})
        if south > north:
            problem = _("In “%(text)s” the south lies north of the north. Swap the two.")
            raise ValidationError(problem % {"text": shown(text)})
        return Box(west, south, east, north)


class Switch(Single):
    """Yes or no."""

    def nothing(self) -> bool:
        return False

    def read(self, text: str) -> bool:
        if text.lower() not in {"true", "1", "on", "false", "0"}:
            raise ValidationError(
                _("“%(text)s” is neither true nor false.") % {"text": shown(text)}
            )
        return text.lower() in {"true", "1", "on"}


class Day(Single):
    """A day as 2026-05-17."""

    def read(self, text: str) -> datetime.date:
        try:
            if _DAY.fullmatch(text):
                return datetime.date.fromisoformat(text)
        except ValueError:
            pass  # Told below, as any other text that is no day.
        raise ValidationError(
            _("“%(text)s” is no day. Write it like 2026-05-17.") % {"text": shown(text)}
        )


class OneOf(Single):
    """One code of a few."""

    def __init__(self, codes: tuple[str, ...] = SORTS, **given: object) -> None:
        super().__init__(**given)
        self.codes = codes

    def read(self, text: str) -> str:
        if text not in self.codes:
            raise ValidationError(unknown_code(text, self.codes))
        return text


class Whole(Single):
    """A whole number from 1."""

    def __init__(self, most: int = 1, **given: object) -> None:
        super().__init__(**given)
        self.most = most

    def read(self, text: str) -> int:
        if not re.fullmatch(r"[1-9][0-9]{0,8}", text) or int(text) > self.most:
            raise ValidationError(
                _("“%(text)s” is no whole number from 1 to %(most)d.")
                % {"text": shown(text), "most": self.most}
            )
        return int(text)


class Several(forms.Field):
    """A parameter that may repeat: codes to find, and with a leading hyphen codes to leave out."""

    widget = forms.SelectMultiple

    def __init__(self, **given: object) -> None:
        super().__init__(**{**given, "required": False})

    def clean(self, value: Iterable[object] | None) -> Choice:
        include: dict[str, None] = {}
        exclude: dict[str, None] = {}
        texts = [str(text) for text in value or () if str(text).strip()]
        if len(texts) > VALUES_MAX:
            raise ValidationError(_("At most %(most)d values can be given.") % {"most": VALUES_MAX})
        for text in texts:
            _refuse_forbidden(text)
            code = text.strip()
            (exclude if code.startswith("-") else include)[code.removeprefix("-")] = None
        if codes := [*include, *exclude]:
            self.check(codes)
        return Choice(tuple(include), tuple(exclude))

    def check(self, codes: list[str]) -> None:
        """Raise ValidationError where a code is not known."""
        known = list(self.known())
        for code in codes:
            if code not in known:
                raise ValidationError(unknown_code(code, known))

    def known(self) -> Iterable[str]:
        """The codes that may be given."""
        raise NotImplementedError


class Terms(Several):
    """Codes of terms of one scheme; a broader term finds the narrower ones."""

    def __init__(self, scheme: str = "type", **given: object) -> None:
        super().__init__(**given)
        self.scheme = scheme

    def check(self, codes: list[str]) -> None:
        terms = vocabulary()
        for code in codes:
            if terms.get(self.scheme, code) is None:
                raise ValidationError(
                    unknown_code(code, [term.code for term in terms.in_scheme(self.scheme)])
                )


class Places(Several):
    """Paths of places: us, us/maryland, us/maryland/takoma-park."""

    def check(self, codes: list[str]) -> None:
        known = set(Place.objects.filter(path__in=codes).values_list("path", flat=True))
        for code in codes:
            if code not in known:
                raise ValidationError(
                    _("No place has the path “%(text)s”. Paths look like us/maryland.")
                    % {"text": shown(code)}
                )


class Languages(Several):
    """Codes of languages: en, es, ht."""

    def check(self, codes: list[str]) -> None:
        for code in codes:
            if not re.fullmatch(r"[a-z]{2,3}", code):
                raise ValidationError(
                    _("“%(text)s” is no code of a language. Write it like en, es or ht.")
                    % {"text": shown(code)}
                )


class Sources(Several):
    """Codes of sources."""

    def known(self) -> Iterable[str]:
        return Source.objects.order_by("code").values_list("code", flat=True)


class Networks(Several):
    """Address words of networks that are shown."""

    def known(self) -> Iterable[str]:
        return Network.objects.published().order_by("slug").values_list("slug", flat=True)


class Lifecycles(Several):
    """Codes of lives: active, closed …"""

    def known(self) -> Iterable[str]:
        return Lifecycle.values


class Verifications(Several):
    """Codes of verification levels: editor_checked …"""

    def known(self) -> Iterable[str]:
        return [level.code for level in VerificationLevel]


def number_of(text: str) -> float | None:
    """A finite decimal number in canonical ASCII, or None."""
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def unknown_code(code: str, known: list[str] | tuple[str, ...]) -> str:
    """The sentence that names the wrong code and the right ones."""
    listed = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    if not known:
        return _("“%(code)s” is not known here.") % {"code": shown(code)}
    words = {"code": shown(code), "codes": listed}
    return _("“%(code)s” is not known here. Known are: %(codes)s.") % words


def _refuse_forbidden(text: str) -> None:
    if bad := first_forbidden(text):
        raise ValidationError(
            _("The character U+%(code)s cannot be searched for.") % {"code": f"{ord(bad):04X}"}
        )
