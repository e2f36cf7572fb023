"""What changed in public, change set by change set, newest first: for readers who follow the ledger.

Told are claims that came, changed or went, and discrepancies. Of what is not public now, only that it went is told;
the words are those that are public now. A change set of very many records is told by their numbers.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q

from reforms.entries import OWNED
from reforms.models import Claim, Discrepancy, DiscrepancyClaim
from sources.changes import ChangeSet

MOST = 50
LOOKED_AT = 2 * MOST  # some of what is looked at turns out to be told to nobody
MANY = 20
PUBLISHED, AGAIN, CHANGED, BACK = "published", "published again", "changed", "changed back"
RETRACTED, MERGED, TAKEN_BACK, RECORDED = "retracted", "merged", "taken back", "recorded"
GONE = {Claim.State.RETRACTED: RETRACTED, Claim.State.MERGED: MERGED}
READ = ("text", "kind", "note", "taint")
PARTS = [part.history for part in OWNED[Claim]]


@dataclass(frozen=True)
class Told:
    """One record that a change set changed: `words` are empty where they are not public now."""

    act: str
    ref: str
    path: str
    words: str = ""
    into: str = ""


@dataclass(frozen=True)
class News:
    """One change set as readers may know it: its records, or (claims, discrepancies) where they are very many."""

    change_set: ChangeSet
    told: list
    counts: tuple = ()


def latest():
    """Return the last public change sets as a list of News. The number of queries is the same for few and many."""
    found = list(candidates()[:LOOKED_AT])
    large = _large(found)
    small = [one for one in found if one.pk not in large]
    told = _of_claims(small)
    for key, records in _of_discrepancies(small).items():
        told[key] += records
    counts = _counts(large)
    news = [News(one, told.get(one.pk, []), counts.get(one.pk, ())) for one in found]
    return [one for one in news if one.told or any(one.counts)][:MOST]


def candidates():
    """Change sets that touched what is or was public, newest first; an undo may have made a draft of it."""
    rows = [part.filter(change_set=OuterRef("pk"), claim__state=Claim.State.PUBLISHED) for part in PARTS]
    rows.append(Claim.history.filter(change_set=OuterRef("pk")).exclude(state__in=Claim.HIDDEN))
    rows += [part.history.filter(change_set=OuterRef("pk")) for part in (Discrepancy, DiscrepancyClaim)]
    touching = reduce(or_, (Q(Exists(one)) for one in rows), Q(kind=ChangeSet.Kind.UNDO))
    return ChangeSet.objects.filter(touching).select_related("by").order_by("-at", "-pk")


def _large(found):
    """The keys of the change sets that touched very many claims."""
    rows = Claim.history.filter(change_set__in=found).order_by().values("change_set")
    return set(rows.annotate(n=Count("history_id")).filter(n__gt=MANY).values_list("change_set", flat=True))


def _counts(large):
    """Key of each of the `large` change sets to how many claims and discrepancies it touched in public.

    Counted are claims that it left public and that are so now, and those that it withdrew; discrepancies that are
    public now. What it did to drafts is told to nobody, though they may have been published later.
    """
    counts: dict = {key: [0, 0] for key in large}
    kept = Q(state=Claim.State.PUBLISHED, id__in=Claim.objects.public().values("pk"))
    gone = Q(state__in=GONE, history_type="~")
    touched = Claim.history.filter(kept | gone), Discrepancy.history.filter(id__in=Discrepancy.objects.public())
    for place, records in enumerate(touched):
        rows = records.filter(change_set__in=large).order_by()
        for key, number in (
            rows.values("change_set").annotate(n=Count("id", distinct=True)).values_list("change_set", "n")
        ):
            counts[key][place] = number
    return {key: tuple(numbers) for key, numbers in counts.items()}


class Past:
    """The states that claims went through. `claims`: their keys."""

    def __init__(self, claims):
        rows = Claim.history.filter(id__in=claims).order_by("change_set_id", "history_date", "history_id")
        self.rows = defaultdict(list)
        for row in rows.values("id", "ref", "change_set_id", "history_type", "state", "merged_into__ref", *READ):
            self.rows[row["id"]].append(row)

    def before(self, claim, change_set):
        return [row for row in self.rows[claim] if row["change_set_id"] < change_set.pk]

    def after(self, claim, change_set):
        """The last state of the claim when the change set was made; None where there was none."""
        rows = [row for row in self.rows[claim] if row["change_set_id"] <= change_set.pk]
        return rows[-1] if rows else None


def _is_public(row):
    return row is not None and row["history_type"] != "-" and row["state"] == Claim.State.PUBLISHED


def _of_claims(small):
    """Key of each change set to what is told of claims."""
    parts = [part.filter(change_set__in=small).order_by().values_list("change_set", "claim") for part in PARTS]
    by_parts = set(parts[0].union(*parts[1:]))
    by_rows = set(Claim.history.filter(change_set__in=small).order_by().values_list("change_set", "id"))
    touched = by_parts | by_rows
    keys = {claim for _, claim in touched}
    past, now = Past(keys), Claim.objects.public().in_bulk(keys)
    sets = {one.pk: one for one in small}
    told = defaultdict(list)
    for key, claim in sorted(touched):
        one = _told(past, claim, sets[key], now.get(claim), (key, claim) in by_parts)
        if one:
            told[key].append(one)
    return told


def _told(past, claim, change_set, now, by_part):
    """What the change set did to the claim, None where no reader saw it or may know it. `now`: it, where public."""
    earlier, after = past.before(claim, change_set), past.after(claim, change_set)
    before: Any = earlier[-1] if earlier else None
    if after is None or not (_is_public(before) or _is_public(after)):
        return None
    ref = after["ref"]
    path = Claim(ref=ref).get_absolute_url()
    if not _is_public(after):
        act = TAKEN_BACK if after["history_type"] == "-" else GONE.get(after["state"], TAKEN_BACK)
        return Told(act, ref, path, now.text if now else "", after["merged_into__ref"] or "")
    if now is None:
        return None
    if not _is_public(before):
        return Told(AGAIN if any(map(_is_public, earlier)) else PUBLISHED, ref, path, now.text)
    if not by_part and all(before[name] == after[name] for name in READ):
        return None
    return Told(BACK if change_set.kind == ChangeSet.Kind.UNDO else CHANGED, ref, path, now.text)


def _of_discrepancies(small):
    """Key of each change set to what is told of discrepancies: those whose claims were all public by then."""
    rows = Discrepancy.history.filter(change_set__in=small).order_by().values_list("change_set", "id")
    links = DiscrepancyClaim.history.filter(change_set__in=small).order_by().values_list("change_set", "discrepancy")
    touched = set(rows.union(links))
    keys = {key for _, key in touched}
    now = Discrepancy.objects.public().in_bulk(keys)
    first = dict(Discrepancy.history.filter(id__in=now).order_by().values_list("id").annotate(Min("change_set")))
    claims = defaultdict(list)
    for key, claim in DiscrepancyClaim.objects.filter(discrepancy__in=now).values_list("discrepancy", "claim"):
        claims[key].append(claim)
    past = Past({claim for own in claims.values() for claim in own})
    sets = {one.pk: one for one in small}
    told = defaultdict(list)
    for key, pk in sorted(touched):
        if pk in now and all(_is_public(past.after(claim, sets[key])) for claim in claims[pk]):
            act = RECORDED if first[pk] == key else CHANGED
            told[key].append(Told(act, now[pk].ref, now[pk].get_absolute_url(), now[pk].title))
    return told
