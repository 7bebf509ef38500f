"""The critical facts of a document: what each consists of, and a mark by which it is known again."""

import hashlib
import json
from typing import Any

from directory.documents.difference import is_empty
from directory.models import Fact
from directory.models.organization import ENDED

ADDRESS = "street postcode locality region country place latitude longitude".split()


def fact_of(document: dict[str, Any], fact: Fact) -> Any:
    """What the document says of a fact; empty where it says nothing."""
    locations = document["locations"]
    match fact:
        case Fact.ADDRESS:
            return [[location[column] for column in ADDRESS] for location in locations]
        case Fact.CONTACT:
            told = [document[column] for column in ("website", "email", "phone")]
            return told if any(told) else []
        case Fact.HOURS:
            hours = [location["opening_hours"] for location in locations]
            return hours if any(hours) else []
    # Of what is over nobody confirms that it still exists.
    return "" if document["lifecycle"] in ENDED else document["lifecycle"]


def facts_told(document: dict[str, Any]) -> list[Fact]:
    """The facts that the document says anything of, in order."""
    return [fact for fact in Fact if not is_empty(fact_of(document, fact))]


def fact_digest(document: dict[str, Any], fact: Fact) -> str:
    """Changes whenever the fact does."""
    text = json.dumps(fact_of(document, fact), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
