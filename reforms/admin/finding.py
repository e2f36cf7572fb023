"""What is there already, found as one types: claims that words could be evidence of, and what claims are about."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

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
    slug: str
    label: str
    kind: str
    chosen: bool = False
    part: str = ClaimActor.Part.SAYS
    office: str = ""


def words_of(question):
    """The words of what was typed into a box: a few, and nothing that no database takes."""
    return question.replace("\0", " ")[:200].split()[:MOST_WORDS]


def _holding(words, fields):
    """Each of `words` stands in one of `fields`."""
    every = Q()
    for word in words:
        some = Q()
        for field in fields:
            some |= Q(**{f"{field}__icontains": word})
        every &= some
    return every


def in_use():
    """Claims that may get further evidence, with their support and their words at hand."""
    cited = Prefetch("citations", Citation.objects.with_words())
    return Claim.objects.exclude(state__in=Claim.CLOSED).with_support().prefetch_related(cited)


def claims_found(question):
    """Return the claims called or holding what was typed, by their own words or quotes; drafts too. At most SHOWN."""
    words = words_of(question)
    if not words:
        return []
    if re.fullmatch(r"[Cc]?\d{1,18}", words[0], re.ASCII) and len(words) == 1:
        ref = f"C{words[0].lstrip('Cc').zfill(4)}"
        if named := list(in_use().filter(ref=ref)):
            return named
    quoted = Citation.objects.filter(_holding(words, ["quote"]), claim=OuterRef("pk"))
    return list(in_use().filter(_holding(words, ["text"]) | Exists(quoted)).order_by("ref")[:SHOWN])


def candidates(words):
    """Return the claims whose words are nearest to `words`, the nearest first, but for those on the same span."""
    same = Citation.objects.filter(paragraph=words.paragraph, start=words.start, end=words.end)
    near = near_claims(words.quote, at_most=5, leaving_out=list(same.values_list("claim", flat=True)))
    found = {claim.pk: claim for claim in in_use().filter(pk__in=[one.record.pk for one in near])}
    return [found[one.record.pk] for one in near if one.record.pk in found]


def subjects_found(question):
    """Return what a claim can be about whose names hold what was typed, as a list of Subject: EACH of a kind."""
    words = words_of(question)
    found = []
    for name, (model, _, _, fields) in ABOUT.items() if words else ():
        holding = model._default_manager.filter(_holding(words, fields)).order_by("slug").distinct()
        found += [_subject(name, record) for record in holding[:EACH]]
    return found


def subjects_chosen(post):
    """Return what is ticked in `post` (QueryDict), as a list of Subject; what is not there is left out."""
    found = []
    for name, (model, *_) in ABOUT.items():
        slugs = [slug for slug in post.getlist(name) if "\0" not in slug][:100]
        for record in model._default_manager.filter(slug__in=slugs).order_by("slug") if slugs else ():
            part, office = post.get(f"part-{record.slug}", ""), post.get(f"office-{record.slug}", "")
            of_actor = {"part": part or ClaimActor.Part.SAYS, "office": office.replace("\0", " ")}
            found.append(_subject(name, record, chosen=True, **(of_actor if name == "actors" else {})))
    return found


def subjects_near(quote):
    """Return the reforms nearest to `quote`, as a list of Subject."""
    return [_subject("reforms", one.record) for one in near_reforms(quote, at_most=EACH)]


def links(subjects):
    """Return the unsaved links from a claim to the chosen `subjects`."""
    made = []
    for one in subjects:
        model, link, field, _ = ABOUT[one.name]
        more = {"part": one.part, "office": one.office.strip()} if one.name == "actors" else {}
        made.append(link(**{field: model._default_manager.get(slug=one.slug)}, **more))
    return made


def _subject(name, record, **more):
    return Subject(name, record.slug, str(record), record._meta.verbose_name, **more)
