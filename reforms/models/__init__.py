"""Everything the ledger knows about reforms. Each module holds the models of one idea."""

from reforms.models.audit import AnsweredFinding, AuditRun, Finding, Severity
from reforms.models.claims import NOT_ITS_SPAN, Citation, Claim
from reforms.models.discrepancies import Discrepancy, DiscrepancyClaim
from reforms.models.laws import Law, LawDate, LawLink
from reforms.models.links import ClaimActor, ClaimEvent, ClaimLaw, ClaimReform
from reforms.models.loads import Load
from reforms.models.marks import NoClaim
from reforms.models.naming import Counter, RetiredSlug
from reforms.models.packages import Package, PackageItem
from reforms.models.parameters import Parameter, ParameterChange
from reforms.models.proposals import Proposal
from reforms.models.reforms import Milestone, Reform, ReformTopic
from reforms.models.subjects import Actor, ActorAlias, Event, Topic

__all__ = [
    "NOT_ITS_SPAN",
    "Actor",
    "ActorAlias",
    "AnsweredFinding",
    "AuditRun",
    "Citation",
    "Claim",
    "ClaimActor",
    "ClaimEvent",
    "ClaimLaw",
    "ClaimReform",
    "Counter",
    "Discrepancy",
    "DiscrepancyClaim",
    "Event",
    "Finding",
    "Law",
    "LawDate",
    "LawLink",
    "Load",
    "Milestone",
    "NoClaim",
    "Package",
    "PackageItem",
    "Parameter",
    "ParameterChange",
    "Proposal",
    "Reform",
    "ReformTopic",
    "RetiredSlug",
    "Severity",
    "Topic",
]
