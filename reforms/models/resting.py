"""What rests on a claim: public only while the claim is."""

from django.core.exceptions import ValidationError
from django.db import models

from reforms.models.claims import Claim
from reforms.models.taint import TaintableModel
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet


class RestingQuerySet(NaturalKeyQuerySet):
    """Named questions about what rests on a claim."""

    def public(self):
        """What readers see: its claim is published."""
        return self.filter(claim__state=Claim.State.PUBLISHED)


def resting_on(claim):
    """Give every record that rests on `claim`, of whatever kind."""
    for model in RestsOnClaim.__subclasses__():
        related = [field.name for field in model._meta.fields if field.many_to_one]
        yield from model._default_manager.filter(claim=claim).select_related(*related)


def resting_in_words(claim):
    """Name everything that rests on `claim`, packages that it counts and discrepancies that it stands in included."""
    named = [f"{record._meta.verbose_name} {record}" for record in resting_on(claim)]
    named += [f"stated number of items of {package}" for package in claim.package_counts.all()]
    named += [f"discrepancy {link.discrepancy}" for link in claim.discrepancy_links.select_related("discrepancy")]
    return named + [f"discrepancy {one}, which it resolves" for one in claim.resolves.all()]


class RestsOnClaim(TaintableModel, NaturalKeyModel):
    """A record that is true only because a claim, and so a source, says it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT)

    objects = RestingQuerySet.as_manager()

    class Meta:
        abstract = True

    def subjects(self):
        """Return what the claim must name among its own: `{"reform": its key}` (None where not chosen yet)."""
        return {}

    def clean(self):
        """Errors: ValidationError where the claim does not name what this record is about."""
        super().clean()
        for kind, key in self.subjects().items():
            links = {"reform": "reform_links", "law": "law_links"}[kind]
            named = getattr(self.claim, links) if self.claim_id else None
            if named is not None and not named.filter(**{f"{kind}_id": key}).exists():
                raise ValidationError({"claim": f"The claim {self.claim.ref} does not name this {kind} among its own."})
