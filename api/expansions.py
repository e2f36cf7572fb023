"""Which relations of each resource can be shown in full, for `expand=`: the one table of them."""

from typing import NamedTuple

from django.db.models import Prefetch

from api import querysets, serializers

SERIALIZERS = {
    "reforms": serializers.ReformSerializer,
    "laws": serializers.LawSerializer,
    "claims": serializers.ClaimSerializer,
    "citations": serializers.CitationSerializer,
    "sources": serializers.SourceSerializer,
    "paragraphs": serializers.ParagraphSerializer,
    "discrepancies": serializers.DiscrepancySerializer,
    "events": serializers.EventSerializer,
    "actors": serializers.ActorSerializer,
    "topics": serializers.TopicSerializer,
}


class Expansion(NamedTuple):
    """A relation that can be shown in full.

    `resource`: what it leads to. `path`: the way there from the record. `order`: of many that stand there directly.
    """

    resource: str
    path: str
    order: tuple[str, ...] = ()

    @property
    def serializer_class(self):
        return SERIALIZERS[self.resource]

    def prefetch(self, day):
        """Fetch the records in full, as their own resource shows them, beside what is there without."""
        rows = getattr(querysets, self.resource)()
        if self.resource == "reforms":
            rows = querysets.reforms_as_of(rows, day)
        return Prefetch(self.path, rows.order_by(*self.order), to_attr=full(self.path.rpartition("__")[2]))


def full(relation):
    """The attribute that holds what `relation` leads to, fetched in full."""
    return f"full_{relation}"


CLAIM = Expansion("claims", "claim")
EXPANSIONS = {
    "packages": {
        "event": Expansion("events", "event"),
        "stated_count_claim": Expansion("claims", "stated_count_claim"),
        "items.reform": Expansion("reforms", "shown_items__reform"),
        "items.claim": Expansion("claims", "shown_items__claim"),
    },
    "reforms": {
        "topics": Expansion("topics", "shown_topic_links__topic"),
        "packages.claim": Expansion("claims", "shown_package_items__claim"),
        "milestones.claim": Expansion("claims", "shown_milestones__claim"),
        "parameters.changes.claim": Expansion("claims", "shown_parameters__shown_changes__claim"),
        "laws": Expansion("laws", "shown_law_links__law"),
        "laws.claim": Expansion("claims", "shown_law_links__claim"),
    },
    "laws": {
        "dates.claim": Expansion("claims", "shown_dates__claim"),
        "reforms": Expansion("reforms", "shown_reform_links__reform"),
        "reforms.claim": Expansion("claims", "shown_reform_links__claim"),
    },
    "claims": {
        "reforms": Expansion("reforms", "shown_reform_links__reform"),
        "laws": Expansion("laws", "shown_law_links__law"),
        "events": Expansion("events", "shown_event_links__event"),
        "actors": Expansion("actors", "shown_actor_links__actor"),
        "citations": Expansion("citations", "citations", ("number",)),
        "discrepancies": Expansion("discrepancies", "discrepancies", ("ref",)),
    },
    "citations": {
        "claim": CLAIM,
        "source": Expansion("sources", "paragraph__source"),
        "paragraph": Expansion("paragraphs", "paragraph"),
    },
    "sources": {
        "supersedes": Expansion("sources", "supersedes"),
        "superseded_by": Expansion("sources", "superseded_by"),
    },
    "paragraphs": {
        "source": Expansion("sources", "source"),
        "citations": Expansion("citations", "citations", ("claim__ref", "number")),
    },
    "discrepancies": {
        "claims": Expansion("claims", "claims", ("ref",)),
        "resolved_by": Expansion("claims", "resolved_by"),
    },
    "milestones": {
        "reform": Expansion("reforms", "reform"),
        "claim": CLAIM,
        "law": Expansion("laws", "law"),
        "event": Expansion("events", "event"),
    },
    "parameters": {
        "reform": Expansion("reforms", "reform"),
        "changes.claim": Expansion("claims", "shown_changes__claim"),
    },
    "events": {"claim": CLAIM},
    "actors": {},
    "topics": {},
}
