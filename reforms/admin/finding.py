"""What is there already, found as one types: claims that words could be evidence of, and what claims are about."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from reforms.models import (
    Actor,
    Citation,
    Claim,
    ClaimActor,
    ClaimEvent,
    ClaimLaw,
    ClaimReform,
    Event,
    Law,
    Reform,
)
from reforms.near import near_claims, near_reforms
from reforms.search.kinds import BY_NAME
from reforms.search.language import MOST_CHARACTERS, SHORTEST_PREFIX, AllOf, Phrase
from reforms.search.matching import matching
from reforms.search.words import words

SHOWN = 10  # claims that are shown of those that were found
EACH = 5  # of each kind that a claim can be about
MOST_WORDS = 8
# What a claim can be about: under which name it is posted, its model, the link to it, and where its words are.
ABOUT: dict[str, Any] = {
    "reforms": (Reform, ClaimReform, "reform", ["title", "slug"]),
    "laws": (Law, ClaimLaw, "law", ["name", "slug", "number"]),
    "events": (Event, ClaimEvent, "event", ["title", "slug"]),
    "actors": (Actor, ClaimActor, "actor", ["name", "slug", "aliases__name"]),
}


@dataclass(frozen=True)
class Subject:
    """Something that a claim can be about, as a box to tick. Of an actor, its part in the claim and its office too."""

    name: str  # of the list that it is posted in
    record: Any
    chosen: bool = False
    part: str = ClaimActor.Part.SAYS
    office: str = ""

    @property
    def slug(self):
        return self.record.slug

    @property
    def kind(self):
        return self.record._meta.verbose_name


def _holding(question, fields):
    """Each word of what was typed stands in one of `fields`."""
    every = Q()
    for word in question.replace("\0", " ")[:MOST_CHARACTERS].split()[:MOST_WORDS]:
        every &= Q(*((f"{name}__icontains", word) for name in fields), _connector=Q.OR)
    return every


def in_use():
    """Claims that may get further evidence, with their support and their words at hand."""
    cited = Prefetch("citations", Citation.objects.with_words())
    return Claim.objects.exclude(state__in=Claim.CLOSED).with_support().prefetch_related(cited)


def claims_found(question):
    """Return the claims called, or holding all words that begin as what was typed; drafts too. At most SHOWN.

    By their own words, and then by those of the paragraphs that they stand on. At most six queries, by the index.
    """
    typed = words(question[:MOST_CHARACTERS])[:MOST_WORDS]
    if not typed:
        return []
    if len(typed) == 1 and re.fullmatch(r"c?\d{1,18}", typed[0], re.ASCII):
        ref = f"C{typed[0].lstrip('c').zfill(4)}"
        if named := list(in_use().filter(ref=ref)):
            return named
    begun = AllOf(tuple(Phrase((word,), prefix=len(word) >= SHORTEST_PREFIX) for word in typed))
    own, around = (matching(BY_NAME[kind], begun) for kind in ("claim", "paragraph"))
    found = _first(own, SHOWN)
    cited = Citation.objects.filter(paragraph__in=around).exclude(claim__in=found)
    return found + _first(cited.values("claim"), SHOWN - len(found))


def _first(keys, at_most):
    """The first claims of those with these `keys` that may get evidence: chosen before their support is counted."""
    some = Claim.objects.exclude(state__in=Claim.CLOSED).filter(pk__in=keys).order_by("ref")
    return list(in_use().filter(pk__in=some.values("pk")[:at_most]).order_by("ref"))


def candidates(chosen):
    """Return the claims nearest to the `chosen` Words, the nearest first, but for those on the same span."""
    same = Citation.objects.filter(paragraph=chosen.paragraph, start=chosen.start, end=chosen.end)
    near = near_claims(chosen.quote, at_most=5, leaving_out=list(same.values_list("claim", flat=True)))
    found = {claim.pk: claim for claim in in_use().filter(pk__in=[one.record.pk for one in near])}
    return [found[one.record.pk] for one in near if one.record.pk in found]


def subjects_found(question):
    """Return what a claim can be about whose names hold what was typed, as a list of Subject: EACH of a kind."""
    found = []
    for name, (model, _, _, fields) in ABOUT.items() if question.strip("\0 ") else ():
        holding = model._default_manager.filter(_holding(question, fields)).order_by("slug").distinct()
        found += [Subject(name, record) for record in holding[:EACH]]
    return found


def subjects_chosen(post):
    """Return what is ticked in `post` (QueryDict), as a list of Subject; what is not there is left out."""
    found = []
    for name, (model, *_) in ABOUT.items():
        slugs = [slug for slug in post.getlist(name) if "\0" not in slug][:100]
        for record in model._default_manager.filter(slug__in=slugs).order_by("slug") if slugs else ():
            part, office = post.get(f"part-{record.slug}", ""), post.get(f"office-{record.slug}", "")
            of_actor = {"part": part or ClaimActor.Part.SAYS, "office": office.replace("\0", " ")}
            found.append(Subject(name, record, chosen=True, **(of_actor if name == "actors" else {})))
    return found


def subjects_near(quote):
    """Return the reforms nearest to `quote`, as a list of Subject."""
    return [Subject("reforms", one.record) for one in near_reforms(quote, at_most=EACH)]


def links(subjects):
    """Return the unsaved links from a claim to the chosen `subjects`."""
    made = []
    for one in subjects:
        _, link, field, _ = ABOUT[one.name]
        more = {"part": one.part, "office": one.office.strip()} if one.name == "actors" else {}
        made.append(link(**{field: one.record}, **more))
    return made
