"""Doubt: what is public was changed while the words that it stands on were not. A named person clears it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from reforms.models import Citation, Claim, Package
from reforms.models.taint import TaintableModel
from sources.changes import change_set
from sources.models import Source


def mark(before, now, *, cites_changed=None):
    """Where what `now` states differs from `before` while its citations are the same, say so in its `taint`.

    What is marked already stays so. `cites_changed`: for a claim, whether its citations change along with it;
    for what rests on a claim it is found out: the citations may have been changed since it was last.
    """
    if not isinstance(now, TaintableModel):
        return
    stated: list[Any] = [now._meta.get_field(name) for name in now.STATED]
    changed = [field for field in stated if getattr(before, field.attname) != getattr(now, field.attname)]
    now.taint = before.taint
    if not changed:
        return
    if not isinstance(now, Claim):
        cites_changed = _claim_id(before) != _claim_id(now) or _cited_anew(before)
    if not cites_changed:
        words = " and ".join(str(field.verbose_name) for field in changed)
        sentence = f"Its {words} changed on {timezone.now():%Y-%m-%d}, and the words it stands on did not."
        now.taint = f"{now.taint} {sentence}".strip() if sentence not in now.taint else now.taint


def _claim_id(record):
    return record.stated_count_claim_id if isinstance(record, Package) else record.claim_id


def _cited_anew(record):
    """Whether the words that its claim stands on were changed after `record` was last."""
    last = record.history.order_by("-history_id").first()  # history_id counts up in the order of the changes
    since = Q(history_date__gt=last.history_date) if last else Q()
    rows = Citation.history.filter(claim_id=_claim_id(record)).order_by("history_id")
    stood: dict[int, tuple] = {}
    for row in rows.filter(~since) if last else []:
        stood[row.id] = words_of(row)
    return any(row.history_type == "-" or stood.get(row.id) != words_of(row) for row in rows.filter(since))


def words_of(citation):
    """What a claim stands on by a citation: its note may change without changing that."""
    return tuple(getattr(citation, name) for name in ("paragraph_id", "start", "end", "stance", "strength"))


def clear(record, *, by, reason):
    """Take the mark from `record`: `by` looked at it, and says in `reason` why nothing is in doubt.

    Errors: ValidationError where there is no mark, nobody, or no reason.
    """
    if not record.taint:
        raise ValidationError("Nothing is in doubt here.")
    if by is None or not reason.strip():
        raise ValidationError("Doubt is cleared by a named person, with a reason.")
    with change_set(by=by, reason=reason):
        held = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if held.taint != record.taint:
            raise ValidationError("This was changed meanwhile. Look at it again.")
        held.taint = record.taint = ""
        held.full_clean()
        held.save()


def mark_superseded(source):
    """Mark each public claim that cites words which `source`, a newer edition, no longer carries."""
    cited = Citation.objects.public().filter(paragraph__source__superseded_by=source)
    for claim in Claim.objects.select_for_update().filter(pk__in=cited.values("claim")).order_by("pk"):
        if mark_outdated(claim, source):
            claim.save()


def mark_outdated(claim, *editions):
    """Mark `claim`, not saving it, for each citation whose source has a newer edition without the words.

    Words that stand there several times are there still: which of them is meant is asked (see `reforms.editions`), not
    whether. Nothing is marked where words of the newer edition took their place, or a person said why none do.
    `editions`: only these, which are accepted, count as newer ones; all where none is named. At most two queries. What
    a person cleared stays so.

    Return whether anything was marked.
    """
    before = claim.taint
    cited = claim.citations.filter(carried_by=None, not_carried="")
    superseding = Source.objects.accepted().filter(supersedes__in=cited.values("paragraph__source"))
    newer = {one.supersedes_id: one for one in editions or superseding.defer("received", "draft")}
    cited = cited.filter(paragraph__source__in=newer).select_related("paragraph")
    for citation in cited.order_by("number"):
        source = newer[citation.paragraph.source_id]
        sentence = f"The newer edition “{source.name}” no longer carries the words of {claim.ref}.{citation.number}."
        if citation.quote not in source.text and sentence not in claim.taint:
            claim.taint = f"{claim.taint} {sentence}".strip()
    return claim.taint != before
