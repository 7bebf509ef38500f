"""Which two listings are one enterprise: evidence for and against, and how much it weighs."""

from directory.search.matching.evidence import Evidence, EvidenceKind
from directory.search.matching.matcher import Match, Matcher
from directory.search.matching.profiles import Profile, profile_of
from directory.search.matching.scoring import Verdict, compare

__all__ = [
    "Evidence",
    "EvidenceKind",
    "Match",
    "Matcher",
    "Profile",
    "Verdict",
    "compare",
    "profile_of",
]
