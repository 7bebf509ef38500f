"""The do-not-list register: put somebody in, take them out, and ask whether a document is in it."""

import hmac
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import Exclusion, ExclusionRule
from directory.search.addresses import sought_keys, website_key
from directory.search.words import fold, words_of

DIGESTS_AT_ONCE = 1_000  # SQLite takes a limited number of parameters in a question.


class Excluded(Exception):
    """The document is of somebody who must not be listed; the message names the rules only."""

    def __init__(self, rules: list[ExclusionRule]) -> None:
        names = ", ".join(str(rule.label) for rule in rules)
        super().__init__(
            _(
                "This must not be listed: the do-not-list register knows it by %(rules)s. "
                "A curator can look into it."
            )
            % {"rules": names}
        )
        self.rules = rules


@transaction.atomic
def exclude(document: dict[str, Any], *, by: object | None, reason: str) -> list[Exclusion]:
    """Put all that a document is known by into the register. Already known facts stay as they are.

    `document` is a validated OrganizationDocument; of it only keyed digests are kept.
    """
    made = []
    for rule, fact in facts_of(document):
        digest = _digests(rule, fact)[0]
        row, is_new = Exclusion.objects.get_or_create(
            digest=digest, defaults={"rule": rule, "reason": reason[:200], "by": by}
        )
        made += [row] if is_new else []
    return made


@transaction.atomic
def lift(exclusion: Exclusion) -> None:
    """Take one entry out of the register."""
    exclusion.delete()


def rules_met(document: dict[str, Any]) -> list[ExclusionRule]:
    """The rules by which the register knows the document; one query."""
    return rules_met_by_each([document])[0]


def rules_met_by_each(documents: Sequence[dict[str, Any]]) -> list[list[ExclusionRule]]:
    """The same for each of many documents; one query for some hundred of them."""
    if not Exclusion.objects.exists():
        return [[] for _document in documents]
    known = [
        {d: rule for rule, fact in _facts_sought(document) for d in _digests(rule, fact)}
        for document in documents
    ]
    digests = [*{digest for one in known for digest in one}]
    there = {
        row.digest
        for start in range(0, len(digests), DIGESTS_AT_ONCE)
        for row in Exclusion.objects.matching(digests[start : start + DIGESTS_AT_ONCE])
    }
    met = [{rule for digest, rule in one.items() if digest in there} for one in known]
    return [[rule for rule in ExclusionRule if rule in rules] for rules in met]


def refusal(rules: list[ExclusionRule]) -> str:
    """Why a document is refused, by the names of the rules only."""
    return str(Excluded(rules))


def check(document: dict[str, Any]) -> None:
    """Raise Excluded if the register knows the document."""
    if met := rules_met(document):
        raise Excluded(met)


def facts_of(document: dict[str, Any]) -> Iterator[tuple[ExclusionRule, str]]:
    """What a document is known by, each fact in the one way in which it is compared."""
    if website := website_key(document["website"]):
        yield ExclusionRule.WEBSITE, website
    if document["email"]:
        yield ExclusionRule.EMAIL, document["email"].casefold()
    if document["phone"]:
        yield ExclusionRule.PHONE, document["phone"]
    names = dict.fromkeys(
        "".join(words_of(name))
        for name in (document["name"], document["legal_name"], *document["other_names"])
        if name
    )
    where = dict.fromkeys(
        place
        for location in document["locations"]
        for place in (location["place"], fold(location["locality"]))
        if place
    )
    for name in names:
        for place in where:
            yield ExclusionRule.NAME_AND_PLACE, f"{name} {place}"


def _facts_sought(document: dict[str, Any]) -> Iterator[tuple[ExclusionRule, str]]:
    """What a document may be known by: on a host that many share also the pages above its own."""
    yield from facts_of(document)
    for page in sought_keys(document["website"])[1:]:
        yield ExclusionRule.WEBSITE, page


def _digests(rule: ExclusionRule, fact: str) -> list[str]:
    """HMAC-SHA-256 under today's key, and under those that were in use before it."""
    return [
        hmac.new(key.encode(), f"{rule} {fact}".encode(), sha256).hexdigest()
        for key in settings.EXCLUSION_KEYS
    ]
