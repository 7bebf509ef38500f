"""Summaries made of facts, where a file has none: "Credit union in {locality}." """

import re
from typing import Any

from directory.exchange.mappings.countries import country_name
from directory.models import in_language, vocabulary

FACT = re.compile(r"\{([^{}]*)\}")
FACTS = frozenset("name type sector locality region country founded members_count".split())


def summary_of(document: dict[str, Any], sentences: dict[str, list[str]], language: str) -> str:
    """The first sentence of the listing's language whose facts are all known; "" if none is."""
    for sentence in sentences.get(language) or sentences.get(language.split("-")[0]) or ():
        facts = {name: _fact(name, document, language) for name in FACT.findall(sentence)}
        if all(facts.values()):
            # Not format(), which would follow `{name.__class__}` as well.
            said = FACT.sub(lambda found, facts=facts: facts[found[1]], sentence)
            return said[:1].upper() + said[1:]
    return ""


def _fact(name: str, document: dict[str, Any], language: str) -> str:
    location = (document.get("locations") or [{}])[0]
    if name in {"type", "sector"}:
        return _term(name, document, language)
    if name == "country":
        code = location.get("country", "")
        return country_name(code, language) if code else ""
    if name == "region":
        town, region = location.get("locality", ""), location.get("region", "")
        # "in Sheffield, Sheffield" says nothing more.
        return "" if town and region.split(",")[0] == town else region
    if name == "locality":
        return location.get(name, "")
    return str(document.get(name) or "")


def _term(scheme: str, document: dict[str, Any], language: str) -> str:
    code = next((c["code"] for c in document["claims"] if c["scheme"] == scheme), "")
    term = vocabulary().get(scheme, code)
    return in_language(term.labels, language) if term else ""
