"""The kinds of text a document holds: lines, addresses, numbers, hours and dates.

`check(value, pointer, problems)` returns the tidied value and adds what is wrong to `problems`;
`schema()` is its JSON Schema (2020-12). Both come from the same declaration, so the published
schema and the validator cannot drift apart.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError

from directory.documents.characters import forbidden_character, tidy
from directory.documents.problems import Problems

PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)


@dataclass(frozen=True)
class Text:
    """A text of one line, or of several."""

    longest: int
    several_lines: bool = False
    is_required: bool = False
    pattern: str = ""
    hint: str = ""

    def empty(self) -> str:
        return ""

    def check(self, value: Any, pointer: str, problems: Problems) -> str:
        if value is None:
            value = ""
        if not isinstance(value, str):
            problems.add(pointer, _("This must be a text."), "type")
            return ""
        if not value and not self.is_required:
            return ""
        value = tidy(value, several_lines=self.several_lines)
        if bad := forbidden_character(value, several_lines=self.several_lines):
            problems.add(
                pointer,
                _("The character U+%(code)04X cannot be stored here.") % {"code": ord(bad)},
                "character",
            )
            return ""
        return self.check_tidied(value, pointer, problems)

    def check_tidied(self, value: str, pointer: str, problems: Problems) -> str:
        if not value:
            if self.is_required:
                problems.add(pointer, _("This cannot be empty."), "required")
        elif len(value) > self.longest:
            problems.add(
                pointer,
                _("This has %(length)d characters; at most %(longest)d fit.")
                % {"length": len(value), "longest": self.longest},
                "too-long",
            )
        elif self.pattern and not re.fullmatch(self.pattern, value, re.ASCII):
            problems.add(pointer, self._expected())
        return value

    def _expected(self) -> str:
        if not self.hint:
            return _("This is not in the form that is needed.")
        return _("Write it like %(hint)s.") % {"hint": self.hint}

    def schema(self) -> dict:
        described: dict = {"type": "string", "maxLength": self.longest}
        if self.is_required:
            described["minLength"] = 1
        if self.pattern:
            described["pattern"] = f"^({self.pattern}){'' if self.is_required else '?'}$"
        return described


class Url(Text):
    """A web address: http or https, a host with a dot, no user name in it."""

    def check_tidied(self, value: str, pointer: str, problems: Problems) -> str:
        if value and "://" not in value and "." in value.split("/")[0] and ":" not in value:
            value = f"https://{value}"
        value = super().check_tidied(value, pointer, problems)
        if value and not is_web_address(value):
            problems.add(
                pointer, _("Write a web address, like https://example.org."), "web-address"
            )
        return value

    def schema(self) -> dict:
        optional = "" if self.is_required else "?"
        return super().schema() | {"pattern": f"^(https?://.+){optional}$"}


def is_web_address(value: str) -> bool:
    """Whether the text is an http(s) address of a host with a dot, without credentials."""
    if any(c.isspace() or c in '<>"\\^`{|}' for c in value):
        return False
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    labels = host.split(".")
    return (
        parts.scheme in {"http", "https"}
        and "@" not in parts.netloc
        and len(labels) > 1
        and all(labels)
        and not host.replace(".", "").isdigit()
    )


class Email(Text):
    """An e-mail address."""

    def check_tidied(self, value: str, pointer: str, problems: Problems) -> str:
        value = super().check_tidied(value, pointer, problems)
        if value:
            try:
                validate_email(value)
            except ValidationError:
                problems.add(pointer, _("Write an e-mail address, like name@example.org."), "email")
        return value


class Phone(Text):
    """A telephone number with its country code, as E.164: +12025550142.

    An extension follows as RFC 3966 writes it, so that `tel:` and the text dial it:
    +12025550142;ext=17.
    """

    def check_tidied(self, value: str, pointer: str, problems: Problems) -> str:
        value = super().check_tidied(value, pointer, problems)
        if not value:
            return ""
        try:
            number = phonenumbers.parse(value, None)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            problems.add(
                pointer, _("Write the number with its country code, like +1 202 555 0142."), "phone"
            )
            return value
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if number.extension:
            written += f";ext={number.extension}"
        return super().check_tidied(written, pointer, problems)


def phone_words(number: str) -> str:
    """A number in groups, with its country code: +1 202-555-0142. As it stands if it is none."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class OpeningTimes(Text):
    """Opening hours in the syntax of OpenStreetMap."""

    def check_tidied(self, value: str, pointer: str, problems: Problems) -> str:
        value = super().check_tidied(value, pointer, problems)
        if value:
            try:
                OpeningHours(value)
            except ParserError:
                problems.add(
                    pointer,
                    _("Write hours like Mo-Fr 09:00-17:00; Sa 10:00-14:00, or leave this empty."),
                    "opening-hours",
                )
        return value


class PartialDate(Text):
    """A year, a month or a day: 1998, 1998-05 or 1998-05-17."""

    def check_tidied(self, value: str, pointer: str, problems: Problems) -> str:
        if value and not is_partial_date(value):
            problems.add(
                pointer, _("Write a date like 1998, 1998-05 or 1998-05-17."), "partial-date"
            )
        return value

    def schema(self) -> dict:
        return {"type": "string", "pattern": "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"}


def is_partial_date(value: str) -> bool:
    """Whether the text is an existing year, month or day of the years 1000 to 9999."""
    if not PARTIAL_DATE.fullmatch(value) or value < "1000":
        return False
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


class Date(Text):
    """A day, as 2026-05-17, or nothing."""

    def check_tidied(self, value: str, pointer: str, problems: Problems) -> str:
        if value and (len(value) != 10 or not is_partial_date(value)):
            problems.add(pointer, _("Write a day like 2026-05-17."), "date")
        return value

    def schema(self) -> dict:
        return {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}
