"""What a claim is about. Links that carry meaning are records with their own history."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reforms.models.claims import Claim
from reforms.models.laws import Law
from reforms.models.reforms import Reform
from reforms.models.subjects import Actor, Event
from sources.changes import HistoryRow
from sources.rules import NaturalKeyModel, known_choices


def _once(name, *fields):
    return models.UniqueConstraint(
        fields=["claim", *fields], name=name, violation_error_message="The claim names this already."
    )


class ClaimReform(NaturalKeyModel):
    """The claim is about the reform."""

    KEY = ("claim__ref", "reform__slug")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="reform_links")
    reform = models.ForeignKey(Reform, on_delete=models.PROTECT, related_name="claim_links")

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["claim", "reform"]
        constraints = [_once("claim_reform_once", "reform")]

    def __str__(self):
        return f"{self.claim.ref} about {self.reform.slug}"


class ClaimLaw(NaturalKeyModel):
    """The claim is about the law."""

    KEY = ("claim__ref", "law__slug")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="law_links")
    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="claim_links")

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["claim", "law"]
        constraints = [_once("claim_law_once", "law")]

    def __str__(self):
        return f"{self.claim.ref} about {self.law.slug}"


class ClaimEvent(NaturalKeyModel):
    """The claim is about the event."""

    KEY = ("claim__ref", "event__slug")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="event_links")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="claim_links")

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["claim", "event"]
        constraints = [_once("claim_event_once", "event")]

    def __str__(self):
        return f"{self.claim.ref} about {self.event.slug}"


@known_choices
class ClaimActor(NaturalKeyModel):
    """The actor's part in the claim: who says it, does it, or is concerned."""

    KEY = ("claim__ref", "actor__slug", "part")

    class Part(models.TextChoices):
        SAYS = "says", _("says")
        DOES = "does", _("does")
        CONCERNS = "concerns", _("concerns")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="actor_links")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="claim_links")
    part = models.CharField(max_length=10, choices=Part)
    office = models.CharField(max_length=200, blank=True, help_text="As printed.")

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["claim", "actor", "part"]
        constraints = [
            _once("claim_actor_once", "actor", "part"),
        ]

    def __str__(self):
        return f"{self.actor.name} {self.part} {self.claim.ref}"
