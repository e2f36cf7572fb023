"""What can be asked of each resource. Names stand for records that readers see; former names still work."""

from api.filters.evidence import CitationFilter, ClaimFilter, DiscrepancyFilter, ParagraphFilter, SourceFilter
from api.filters.others import ActorFilter, EventFilter, MilestoneFilter, ParameterFilter, TopicFilter
from api.filters.subjects import LawFilter, PackageDay, PackageFilter, ReformDay, ReformFilter

__all__ = [
    "ActorFilter",
    "CitationFilter",
    "ClaimFilter",
    "DiscrepancyFilter",
    "EventFilter",
    "LawFilter",
    "MilestoneFilter",
    "PackageDay",
    "PackageFilter",
    "ParagraphFilter",
    "ParameterFilter",
    "ReformDay",
    "ReformFilter",
    "SourceFilter",
    "TopicFilter",
]
