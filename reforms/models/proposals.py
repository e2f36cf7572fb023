"""Proposals: a change to what is public waits until a second person approves it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from reforms.models.naming import ReferencedModel
from sources.changes import HistoryRow
from sources.rules import NaturalKeyQuerySet, filled, known_choices


class ProposalQuerySet(NaturalKeyQuerySet):
    """Named questions about proposals."""

    def waiting(self):
        """Proposals that a second person has to look at."""
        return self.filter(state=Proposal.State.WAITING)

    def unanswered(self):
        """Proposals that may still become what is public: those waiting, and those sent back to be improved."""
        return self.filter(state__in=[Proposal.State.WAITING, Proposal.State.SENT_BACK])


@known_choices
class Proposal(ReferencedModel):
    """A change to one entry of the knowledge that is public, or that would be at once.

    `public` and `proposed` are the entry in the form of the curated data; `public` is null for a new one.
    """

    PREFIX = "P"

    class Kind(models.TextChoices):
        CLAIM = "claim", "claim"
        EVENT = "event", "event"
        REFORM = "reform", "reform"
        LAW = "law", "law"
        PACKAGE = "package", "package"
        PARAMETER = "parameter", "parameter"
        DISCREPANCY = "discrepancy", "discrepancy"
        NO_CLAIM = "noclaim", "paragraph without a claim"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT_BACK = "sent_back", "sent back"
        APPROVED = "approved", "approved"
        WITHDRAWN = "withdrawn", "withdrawn"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=150, help_text="Of the entry: its reference, slug or paragraph.")
    public = models.JSONField(null=True, blank=True)
    proposed = models.JSONField()
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    answer = models.TextField(blank=True, help_text="Why it was sent back.")

    objects = ProposalQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["ref"]
        permissions = [("approve_proposal", "Can approve proposals and send them back")]
        indexes = [models.Index(fields=["kind", "name"], name="proposal_of_entry")]
        constraints = [
            filled("proposal", "ref"),
            filled("proposal", "name"),
            models.CheckConstraint(
                name="proposal_sent_back_with_an_answer",
                condition=~Q(state="sent_back") | ~Q(answer=""),
                violation_error_message="A proposal is sent back with a reason.",
            ),
        ]

    def __str__(self):
        return f"{self.ref} on {self.get_kind_display()} {self.name}"

    def get_absolute_url(self):
        """In the admin: what is only proposed is not public."""
        return reverse("admin:reforms_proposal_change", args=[self.pk])

    def clean(self):
        """Errors: ValidationError where it would change nothing."""
        super().clean()
        if self.public == self.proposed:
            raise ValidationError("This proposal changes nothing.")
