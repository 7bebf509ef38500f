"""Registers whose numbers can be checked: their form and check digits (INTEROP.md 4.3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass


def iso_7064_mod_97_10(value: str) -> bool:
    """ISO 7064 mod 97-10, as an LEI has it: letters count from 10, the whole leaves 1."""
    return int("".join(str(int(c, 36)) for c in value)) % 97 == 1


def iso_7064_mod_11_2(value: str) -> bool:
    """ISO 7064 mod 11-2, as an ISNI has it: the last character may be X for 10."""
    remainder = 0
    for digit in value[:-1]:
        remainder = (remainder + int(digit)) * 2 % 11
    check = (12 - remainder) % 11
    return value[-1] == ("X" if check == 10 else str(check))


@dataclass(frozen=True)
class IdentifierScheme:
    """A register: the form of its numbers, an example, and a check of their digits."""

    name: str
    pattern: str
    example: str
    digits_agree: Callable[[str], bool] = lambda value: True

    def accepts(self, value: str) -> bool:
        return bool(re.fullmatch(self.pattern, value, re.ASCII)) and self.digits_agree(value)


IDENTIFIER_SCHEMES = {
    "XI-LEI": IdentifierScheme(
        "Legal Entity Identifier",
        r"[A-Z0-9]{18}[0-9]{2}",
        "529900T8BM49AURSDO55",
        iso_7064_mod_97_10,
    ),
    "X-ISNI": IdentifierScheme("ISNI", r"[0-9]{15}[0-9X]", "0000000121032683", iso_7064_mod_11_2),
    "XI-WIKIDATA": IdentifierScheme("Wikidata", r"Q[1-9][0-9]*", "Q483551"),
    "US-EIN": IdentifierScheme("US employer number", r"[0-9]{2}-?[0-9]{7}", "12-3456789"),
    "X-NCUA-CHARTER": IdentifierScheme("NCUA charter", r"[1-9][0-9]{0,4}", "5536"),
    "GB-COH": IdentifierScheme("Companies House", r"[0-9]{8}|[A-Z]{2}[0-9]{6}", "IP033100"),
    "GB-MPR": IdentifierScheme("UK mutuals register", r"[0-9A-Z]{1,12}", "30525R"),
    "X-OSM": IdentifierScheme(
        "OpenStreetMap", r"(node|way|relation)/[1-9][0-9]*", "node/240109189"
    ),
    "X-DOTCOOP": IdentifierScheme(
        ".coop domain", r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+coop", "example.coop"
    ),
}
