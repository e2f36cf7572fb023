"""What was loaded from the shipped fixtures, so that a later load can tell what was edited here."""

from django.db import models
from django.utils import timezone


class Load(models.Model):
    """One load of `fixtures/knowledge_base.json`. `digests`: record name to SHA-256 of its fields as loaded."""

    at = models.DateTimeField(default=timezone.now)
    change_set = models.ForeignKey(
        "sources.ChangeSet", null=True, blank=True, on_delete=models.PROTECT, related_name="loads"
    )
    sha256 = models.CharField("SHA-256 of the fixture", max_length=64)
    digests = models.JSONField()

    class Meta:
        get_latest_by = "at"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.sha256[:12]}"
