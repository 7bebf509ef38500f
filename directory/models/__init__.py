"""Facts: tables, the rules that always hold, and questions about many rows.

A fact about one row is a field, constraint or property; a question about many rows is a method of
a QuerySet. Nothing here changes rows on its own: changes are in `actions`.
"""

from directory.models.changeset import Changeset, Door, LogCounter, Revision, RevisionKind
from directory.models.claim import Assertion, Claim
from directory.models.confirmation import VerificationEvent, VerificationLevel
from directory.models.data_file import DataFile
from directory.models.decline_reason import DeclineReason
from directory.models.duplicate import Duplicate, DuplicateStatus
from directory.models.erasure import Erasure
from directory.models.exclusion import Exclusion, ExclusionRule
from directory.models.fact import Fact, FactConfirmation, Witness
from directory.models.finding import Finding, FindingKind
from directory.models.former_slug import FormerSlug
from directory.models.gap import Gap
from directory.models.identifier import Identifier
from directory.models.import_row import ImportBase, ImportRow, RowDecision, RowOutcome
from directory.models.import_run import ImportFile, ImportRun, ImportState
from directory.models.job import Job
from directory.models.link_check import LinkCheck
from directory.models.location import Location, Precision, PublicLocation, Wheelchair
from directory.models.mail import Mail, MailState
from directory.models.merge import Merge
from directory.models.network import (
    EnterpriseEdits,
    Network,
    NetworkApproval,
    NetworkKind,
    NetworkMember,
    cared_for,
    cared_for_once_listed,
)
from directory.models.organization import Lifecycle, Organization, Publication
from directory.models.place import Place, PlaceKind, PlaceName
from directory.models.proposal import (
    Proposal,
    ProposalContact,
    ProposalKind,
    ProposalState,
    Relation,
    ReportReason,
    Risk,
)
from directory.models.reminder import Answer, Reminder
from directory.models.service_area import AreaKind, ServiceArea
from directory.models.short_listing import ShortListing, short_listings
from directory.models.source import Licence, Source, SourceRecord, source_name
from directory.models.source_feed import SourceFeed, SourceMapping
from directory.models.spokesperson import (
    Proof,
    RequestState,
    SpeakingCode,
    SpeakingRequest,
    Spokesperson,
)
from directory.models.term import CLAIMABLE_SCHEMES, Scheme, Term, in_language
from directory.models.vocabulary import Vocabulary, vocabulary

__all__ = [
    "CLAIMABLE_SCHEMES",
    "Answer",
    "AreaKind",
    "Assertion",
    "Changeset",
    "Claim",
    "DataFile",
    "DeclineReason",
    "Door",
    "Duplicate",
    "DuplicateStatus",
    "EnterpriseEdits",
    "Erasure",
    "Exclusion",
    "ExclusionRule",
    "Fact",
    "FactConfirmation",
    "Finding",
    "FindingKind",
    "FormerSlug",
    "Gap",
    "Identifier",
    "ImportBase",
    "ImportFile",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "Job",
    "Licence",
    "Lifecycle",
    "LinkCheck",
    "Location",
    "LogCounter",
    "Mail",
    "MailState",
    "Merge",
    "Network",
    "NetworkApproval",
    "NetworkKind",
    "NetworkMember",
    "Organization",
    "Place",
    "PlaceKind",
    "PlaceName",
    "Precision",
    "Proof",
    "Proposal",
    "ProposalContact",
    "ProposalKind",
    "ProposalState",
    "PublicLocation",
    "Publication",
    "Relation",
    "Reminder",
    "ReportReason",
    "RequestState",
    "Revision",
    "RevisionKind",
    "Risk",
    "RowDecision",
    "RowOutcome",
    "Scheme",
    "ServiceArea",
    "ShortListing",
    "Source",
    "SourceFeed",
    "SourceMapping",
    "SourceRecord",
    "SpeakingCode",
    "SpeakingRequest",
    "Spokesperson",
    "Term",
    "VerificationEvent",
    "VerificationLevel",
    "Vocabulary",
    "Wheelchair",
    "Witness",
    "cared_for",
    "cared_for_once_listed",
    "in_language",
    "short_listings",
    "source_name",
    "vocabulary",
]
