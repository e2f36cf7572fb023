"""What each source tells of one reform, side by side."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reforms.models import Claim
from sources.models import Source

# Name of the group → its heading, its short name, the kinds of claims in it.
GROUPS = {
    "announced": (_("What was announced"), _("Announced"), (Claim.Kind.PROPOSED, Claim.Kind.PLANNED)),
    "decided": (_("What was decided"), _("Decided"), (Claim.Kind.ADOPTED, Claim.Kind.PROVISION)),
    "done": (_("What was done"), _("Done"), (Claim.Kind.DONE,)),
    "said": (
        _("What is said of it"),
        _("Said of it"),
        (Claim.Kind.FIGURE, Claim.Kind.ASSESSMENT, Claim.Kind.ALLEGATION),
    ),
}


@dataclass(frozen=True)
class Telling:
    """What one source tells. `counts`: (short name of the group, (kind, its words, how many claims) of each kind).

    `latest`: the last date, in words, that it gives a milestone or a change of value; "" where it gives none.
    """

    source: Source
    counts: list
    total: int
    latest: str


def sources_of(claim):
    """Return the sources that `claim` cites, each once."""
    return dict.fromkeys(citation.paragraph.source for citation in claim.citations.all())


def told_by_source(claims, dated):
    """Return a Telling for each source that `claims` cite, the one published first before the others.

    `dated`: the milestones and changes of value, with their claims and citations at hand.
    """
    told = {}
    for claim in claims:
        for source in sources_of(claim):
            told.setdefault(source, []).append(claim)
    latest = {}
    for record in sorted((one for one in dated if one.date_latest), key=lambda one: one.date_latest):
        latest |= dict.fromkeys(sources_of(record.claim), record.date_in_words)
    tellings = [Telling(source, _counts(own), len(own), latest.get(source, "")) for source, own in told.items()]
    return sorted(tellings, key=lambda told: (_day(told.source), told.source.name))


def compared(parameters):
    """Return those of `parameters` (parameter, chains, changes) of which more than one source tells."""
    return [
        (parameter, chains, changes)
        for parameter, chains, changes in parameters
        if len({source for change in changes for source in sources_of(change.claim)}) > 1
    ]


def _counts(claims):
    """How many of `claims` there are of each kind, by group."""
    return [
        (
            short,
            [(kind, kind.label, n) for kind in kinds if (n := sum(claim.kind == kind for claim in claims))],
        )
        for _heading, short, kinds in GROUPS.values()
    ]


def _day(source):
    """By what sources are ordered: those without a date last."""
    return str(source.published_earliest or "~")


def latest_source(claims):
    """Return the source of `claims` published last, by the first day it can have been; None where none is dated."""
    cited = [source for claim in claims for source in sources_of(claim) if source.published_earliest]
    return max(cited, key=lambda source: source.published_earliest, default=None)
