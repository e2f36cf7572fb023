"""Names that last: a slug that is given up leads on, and is never given to something else."""

from django.core.exceptions import ValidationError

from reforms.models import Proposal, RetiredSlug


def retire(record, old):
    """After `record` was given a new slug: let `old`, and all that led to it, lead to the new one.

    What was proposed under the old one goes on waiting under the new one.
    """
    kind = record._meta.model_name
    for earlier in RetiredSlug.objects.filter(kind=kind, now=old):
        if earlier.slug == record.slug:  # it takes an earlier name of its own again
            earlier.delete()
        else:
            earlier.now = record.slug
            earlier.save()
    retired = RetiredSlug(kind=kind, slug=old, now=record.slug)
    retired.full_clean()
    retired.save()
    for proposal in Proposal.objects.unanswered().filter(kind=kind, name=old):
        proposal.name = record.slug
        proposal.save()


def refuse_retired(record, slug):
    """Errors: ValidationError where `slug` was retired by another record than this one."""
    taken = RetiredSlug.objects.filter(kind=record._meta.model_name, slug=slug).first()
    if taken and taken.now != type(record).objects.filter(pk=record.pk).values_list("slug", flat=True).first():
        raise ValidationError(f"This slug was retired and leads to “{taken.now}”; it is not given again.")


def slug_in_use(kind, slug):
    """Return the slug to which a retired one leads in the end, else `slug` itself."""
    passed = set()
    while slug not in passed:
        passed.add(slug)
        slug = RetiredSlug.objects.filter(kind=kind, slug=slug).values_list("now", flat=True).first() or slug
    return slug
