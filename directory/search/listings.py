"""A listing as the index takes it in: public facts only, read from plain rows."""

import datetime
from dataclasses import dataclass, field


@dataclass(slots=True)
class Spot:
    """One public location."""

    latitude: float | None
    longitude: float | None
    path: str  # of its place, or of its country
    words: tuple[str, ...]  # town and region as they are written
    postcode: str
    is_wide: bool  # known by region or country only: no distance can be told
    hours: str = ""
    timezone: str = ""
    country: str = ""


@dataclass(slots=True)
class Area:
    """One area served: a place or country by path, a circle, or online."""

    kind: str
    path: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    radius_km: float = 0.0


@dataclass(slots=True)
class Listing:
    """One published listing."""

    organization_id: int
    uid: str
    slug: str
    name: str
    other_names: list[str]
    texts: list[str]
    languages: set[str]
    lifecycle: str
    verification: int
    verified_on: datetime.date | None
    confirmed_at: datetime.datetime | None
    published_at: datetime.datetime
    website: str
    has_ended: bool
    # (scheme, code) → None if unchecked, else the day until which the check holds (date.max: open)
    claims: dict[tuple[str, str], datetime.date | None] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    networks: set[str] = field(default_factory=set)  # it is a member of, or that approved it
    identifiers: list[tuple[str, str]] = field(default_factory=list)
