"""Marks on paragraphs that were read and carry no claim."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reforms.models.claims import Citation
from sources.changes import HistoryRow
from sources.models import Paragraph
from sources.rules import NaturalKeyModel, known_choices


@known_choices
class NoClaim(NaturalKeyModel):
    """A paragraph that was read and carries no checkable claim, and why."""

    KEY = ("paragraph__source__slug", "paragraph__number")

    class Reason(models.TextChoices):
        RHETORIC = "rhetoric", _("rhetoric")
        BACKGROUND = "background", _("background without a checkable fact")
        TRANSITION = "transition", _("leads over to what follows")
        REPEATED = "repeated", _("repeats another paragraph")
        OTHER = "other", _("other, see the note")

    paragraph = models.OneToOneField(Paragraph, on_delete=models.PROTECT, related_name="no_claim")
    reason = models.CharField(max_length=12, choices=Reason)
    note = models.TextField(blank=True)

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        verbose_name = "paragraph without a claim"
        verbose_name_plural = "paragraphs without a claim"
        ordering = ["paragraph"]
        constraints = [
            models.CheckConstraint(
                name="no_claim_other_with_note",
                condition=~Q(reason="other") | ~Q(note=""),
                violation_error_message="The reason “other” needs a note.",
            ),
        ]

    def __str__(self):
        return f"{self.paragraph.ref}: {self.get_reason_display()}"

    def clean(self):
        """Errors: ValidationError where a published claim stands on words of the paragraph."""
        super().clean()
        if self.paragraph_id and (cited := Citation.objects.public().filter(paragraph=self.paragraph_id).first()):
            raise ValidationError(f"{cited.claim.ref} stands on words of this paragraph, so it carries a claim.")
