"""Doubt: what is public was changed while the words that it stands on were not. A named person clears it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from reforms.models import Citation, Claim, Package
from reforms.models.taint import TaintableModel
from sources.changes import change_set


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
    """Whether the citations of its claim were changed after `record` was last."""
    last = record.history.order_by("-history_id").first()  # history_id counts up in the order of the changes
    since = Q(history_date__gt=last.history_date) if last else Q()
    return Citation.history.filter(since, claim_id=_claim_id(record)).exists()


def clear(record, *, by, reason):
    """Take the mark from `record`: `by` looked at it, and says in `reason` why nothing is in doubt.

    Errors: ValidationError where there is no mark, nobody, or no reason.
    """
    if not record.taint:
        raise ValidationError("Nothing is in doubt here.")
    if by is None or not reason.strip():
        raise ValidationError("Doubt is cleared by a named person, with a reason.")
    with change_set(by=by, reason=reason):
        record.taint = ""
        record.full_clean()
        record.save()


def mark_superseded(source):
    """Mark each public claim that cites words which `source`, a newer edition, no longer carries."""
    if source.supersedes_id is None:
        return
    texts = list(source.paragraphs.values_list("text", flat=True))
    cited = Citation.objects.public().filter(paragraph__source=source.supersedes_id).select_related("claim")
    for citation in cited.order_by("claim", "number"):
        if not any(citation.quote in text for text in texts):
            claim = Claim.objects.get(pk=citation.claim_id)  # a citation before it may have marked it just now
            sentence = f"The newer edition “{source.name}” no longer carries the words of {citation.ref}."
            if sentence not in claim.taint:
                claim.taint = f"{claim.taint} {sentence}".strip()
                claim.save()
