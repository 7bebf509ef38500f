"""One thing that speaks for or against two listings being one, and how it is said."""

from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class EvidenceKind(StrEnum):
    """What was compared."""

    IDENTIFIER = "identifier"
    NAME = "name"
    WEBSITE = "website"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    DISTANCE = "distance"
    TOWN = "town"
    REGION = "region"
    COUNTRY = "country"
    FOUNDED = "founded"
    SERIES = "series"
    FORM = "form"
    ROLE = "role"
    BRANCH = "branch"
    CHECKED = "checked"


WORDS_FOR = {
    EvidenceKind.IDENTIFIER: _("The same number in a register: %(detail)s"),
    EvidenceKind.NAME: _("Names are alike"),
    EvidenceKind.WEBSITE: _("The same website: %(detail)s"),
    EvidenceKind.EMAIL: _("The same e-mail address"),
    EvidenceKind.PHONE: _("The same telephone number"),
    EvidenceKind.ADDRESS: _("The same address"),
    EvidenceKind.POSTCODE: _("The same postcode"),
    EvidenceKind.DISTANCE: _("%(detail)s km apart"),
    EvidenceKind.TOWN: _("In the same town"),
    EvidenceKind.REGION: _("In the same region"),
    EvidenceKind.COUNTRY: _("In the same country"),
    EvidenceKind.FOUNDED: _("Founded in the same year"),
}
WORDS_AGAINST = {
    EvidenceKind.IDENTIFIER: _("Different numbers in the same register: %(detail)s"),
    EvidenceKind.NAME: _("Names differ"),
    EvidenceKind.WEBSITE: _("Different websites"),
    EvidenceKind.ADDRESS: _("Different addresses"),
    EvidenceKind.DISTANCE: _("%(detail)s km apart"),
    EvidenceKind.TOWN: _("In different towns"),
    EvidenceKind.REGION: _("In different regions"),
    EvidenceKind.COUNTRY: _("In different countries"),
    EvidenceKind.FOUNDED: _("Founded in different years"),
    EvidenceKind.SERIES: _("A number in the name differs, as in a series"),
    EvidenceKind.FORM: _("Different legal forms: %(detail)s"),
    EvidenceKind.ROLE: _("One may be a body beside the other: %(detail)s"),
    EvidenceKind.BRANCH: _("A website that several listings share, as branches do: %(detail)s"),
    EvidenceKind.CHECKED: _("Both were checked, each by itself"),
}


class Evidence(NamedTuple):
    """For (`weight` above 0) or against; the weight is in natural logarithms of odds."""

    kind: EvidenceKind
    weight: float
    detail: str = ""

    @property
    def is_for(self) -> bool:
        return self.weight > 0

    @property
    def words(self) -> str:
        """The reason in words, in the language of whoever reads it."""
        words = (WORDS_FOR if self.is_for else WORDS_AGAINST)[self.kind]
        return str(words) % {"detail": self.detail}

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {"kind": self.kind.value, "weight": round(self.weight, 2), "detail": self.detail}


def evidence_from(stored: dict[str, Any]) -> Evidence:
    """What `as_json` stored."""
    return Evidence(EvidenceKind(stored["kind"]), stored["weight"], stored["detail"])
