"""26,020 real listings of public registers, kept beside a checkout: names, towns and kinds only."""

import csv
from collections.abc import Iterator
from typing import Any

from django.conf import settings

FILE = settings.BASE_DIR.parent / "shared" / "data" / "combined.csv"
# The register's own kinds as types; those that are not here count as cooperatives.
TYPES = {
    "producer_cooperative": "producer-cooperative",
    "credit_union": "credit-union",
    "members_club": "community-space",
    "community_benefit_society": "community-owned-business",
    "housing_cooperative": "housing-cooperative",
    "solidarity_economy_initiative": "regional-network",
    "energy_cooperative": "energy-cooperative",
    "mutual_aid": "mutual-aid-group",
    "community_supported_agriculture": "community-supported-agriculture",
    "consumer_cooperative": "consumer-cooperative",
    "community_land_trust": "community-land-trust",
    "worker_cooperative": "worker-cooperative",
    "cooperative_federation": "federation",
    "multi_stakeholder_cooperative": "multi-stakeholder-cooperative",
    "freelancer_cooperative": "freelancer-cooperative",
    "food_cooperative": "food-cooperative",
    "community_garden": "community-garden",
    "fair_trade_shop": "solidarity-market",
    "employee_owned": "employee-ownership-trust",
    "repair_cafe": "repair-cafe",
    "timebank": "timebank",
}


def real_documents() -> Iterator[dict[str, Any]]:
    """The rows of FILE as documents. Raises FileNotFoundError where it is not there."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            type_code = TYPES.get(row["type_hint"], "cooperative")
            place = {"locality": row["city"][:120], "region": row["region"][:120]}
            located = place | {"country": row["country"], "precision": "town"}
            yield {
                "name": row["name"],
                "locations": [located] if row["country"] else [],
                "claims": [{"scheme": "type", "code": type_code, "asserted_by": "import"}],
            }
