"""Dates as people and spreadsheets write them."""

import datetime
import re

from babel import Locale
from django.utils.translation import gettext as _

from directory.exchange.mappings.understood import NotUnderstood, Understood, of_one_value
from directory.search.words import fold

YEARS = range(1000, 2200)
# Days since the last of 1899, as Excel counts; of 1900 to 2100, so that no year is taken for one.
SERIALS = range(10_000, 73_051)
SERIAL_ORIGIN = datetime.date(1899, 12, 30)
YOUNG_CENTURY = 30  # '29 is 2029, '31 is 1931.
_YEAR = re.compile(r"(?:c\.?a?\.? ?|circa )?([12][0-9]{3})(?:\.0)?", re.I)
_ISO = re.compile(
    r"([12][0-9]{3})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?"
)
_NUMBERS = re.compile(r"([0-9]{1,4})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{1,4})\.?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})\s*[./-]\s*([12][0-9]{3})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_WORD = re.compile(r"[^\W\d_]+")


def _month_names() -> dict[str, int]:
    """Full and short names of months, folded, in the languages of files that come here."""
    names: dict[str, int] = {}
    for language in ("en", "es", "pt", "fr", "de"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in Locale(language).months[context][width].items():
                    names.setdefault(fold(name).strip("."), number)
    return names | {"sept": 9, "set": 9, "mrz": 3}


MONTHS = _month_names()


@of_one_value
def read_date(text: str, order: str) -> Understood:
    """A year, month or day as the document writes it: 1998, 1998-05, 1998-05-17.

    `order` (dmy, mdy, ymd) decides what 5/1/2023 says, unless only one reading is a date. Numbers
    of five digits are days as Excel counts them. Raises NotUnderstood.
    """
    text = " ".join(text.split()).strip(" .,")
    if found := _YEAR.fullmatch(text):
        return Understood(found[1])
    if found := _ISO.fullmatch(text):
        return Understood(_written(found[1], found[2], found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _of_numbers(found.groups(), order, text)
    if found := _MONTH_YEAR.fullmatch(text):
        return Understood(_written(found[2], found[1]))
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in SERIALS:
        day = SERIAL_ORIGIN + datetime.timedelta(days=int(found[1]))
        note = _("A spreadsheet's number of days, taken as %(day)s.") % {"day": day.isoformat()}
        return Understood(day.isoformat(), note)
    return Understood(_of_words(text))


def _of_numbers(numbers: tuple[str, ...], order: str, text: str) -> Understood:
    if len(numbers[0]) > 2:
        return Understood(_written(*numbers))
    first, second, year = int(numbers[0]), int(numbers[1]), numbers[2]
    if len(year) == 2:
        year = str((2000 if int(year) < YOUNG_CENTURY else 1900) + int(year))
    month, day = (first, second) if order == "mdy" else (second, first)
    if month > 12 >= day:
        month, day = day, month
        written = _written(year, month, day)
        note = _("Day and month were taken the other way round: %(day)s.") % {"day": written}
        return Understood(written, note)
    return Understood(_written(year, month, day))


def _of_words(text: str) -> str:
    """`May 2023`, `17 de mayo de 1998`, `May 17th, 1998`."""
    months = [MONTHS[word] for word in map(fold, _WORD.findall(text)) if word in MONTHS]
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)]
    years = [number for number in numbers if number in YEARS]
    days = [number for number in numbers if number < 32]
    if len(months) == 1 and len(years) == 1 and len(numbers) == len(years) + len(days) < 3:
        return _written(years[0], months[0], *days)
    raise NotUnderstood(_("Write a date like 1998, 1998-05 or 1998-05-17."))


def _written(year: str | int, month: str | int, day: str | int | None = None) -> str:
    try:
        found = datetime.date(int(year), int(month), int(day or 1))
    except ValueError as error:
        raise NotUnderstood(_("There is no such day.")) from error
    return found.isoformat() if day else found.isoformat()[:7]
