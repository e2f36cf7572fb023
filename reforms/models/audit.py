"""What the audit finds, when it ran, and the findings that were answered with a reason."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from sources.changes import HistoryRow
from sources.rules import NaturalKeyModel, filled, known_choices


class Severity(models.TextChoices):
    """How bad a finding is."""

    BROKEN = "broken", "broken"  # a promise is: this is not loaded, and never answered
    DOUBTFUL = "doubtful", "doubtful"  # it may be right: it is mended or answered
    UNFINISHED = "unfinished", "unfinished"  # curating is: this is stored, and goes out and in


class AuditRun(models.Model):
    """One run of the whole audit. Its findings are kept until the next one."""

    at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(help_text="How long it took.")

    class Meta:
        get_latest_by = ["at", "pk"]
        ordering = ["-at", "-pk"]
        permissions = [("run_audit", "Can run the audit")]

    def __str__(self):
        return f"Audit of {self.at:%Y-%m-%d %H:%M}"


class FindingQuerySet(models.QuerySet):
    """Named questions about findings."""

    def of_last_run(self):
        """Those of the run that ended last: two that run at once both keep theirs for a while."""
        return self.filter(run=models.Subquery(AuditRun.objects.values("pk")[:1]))

    def unanswered(self):
        """Those that are neither mended nor answered."""
        return self.of_last_run().filter(answer="")


@known_choices
class Finding(models.Model):
    """One thing that a rule of the audit found. It is known again by its rule, record and `about`."""

    class Answer(models.TextChoices):
        DISCREPANCY = "discrepancy", "by discrepancy"
        ACKNOWLEDGED = "acknowledged", "acknowledged"

    run = models.ForeignKey(AuditRun, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=100)
    severity = models.CharField(max_length=10, choices=Severity)
    record = models.TextField(help_text="Public name: C0001, a-source#20, reforms.law a-law.")
    about = models.TextField(blank=True, help_text="What precisely: a figure, a spelling, two references.")
    message = models.TextField()
    claims = models.JSONField(default=list, blank=True, help_text="References of the claims that it is about.")
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    reason = models.TextField(blank=True, help_text="Why it is answered.")

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]  # by severity and rule, as the rules are ordered
        indexes = [models.Index(fields=["run", "severity", "rule"], name="finding_of_rule")]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "rule", "record", "about"],
                name="finding_once",
                violation_error_message="This run found this already.",
            )
        ]

    def __str__(self):
        return f"{self.record}: {self.message}"

    @property
    def identity(self):
        """By what it is known again in a later run, and answered."""
        return self.rule, self.record, self.about


def answerable(name):
    """Errors: ValidationError where `name` is no rule of the audit whose findings may be answered."""
    from reforms.audit import RULES

    rule = next((rule for rule in RULES if rule.name == name), None)
    if rule is None:
        raise ValidationError("“%(name)s” is no rule of the audit.", params={"name": name})
    if not rule.answerable:
        raise ValidationError("What “%(name)s” finds is mended, never answered.", params={"name": name})


class AnsweredFinding(NaturalKeyModel):
    """A finding that was looked at and may stand, and why."""

    KEY = ("rule", "record", "about")

    rule = models.CharField(max_length=100, validators=[answerable])
    record = models.TextField(help_text="Public name, as the finding has it.")
    about = models.TextField(blank=True, help_text="As the finding has it.")
    reason = models.TextField()

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["rule", "record", "about"]
        constraints = [
            filled("answered_finding", "rule"),
            filled("answered_finding", "record"),
            filled("answered_finding", "reason"),
            models.UniqueConstraint(
                fields=["rule", "record", "about"],
                name="answered_finding_once",
                violation_error_message="This finding is answered already.",
            ),
        ]

    def __str__(self):
        return f"{self.rule} {self.record} {self.about}".rstrip()
