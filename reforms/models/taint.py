"""Doubt about what is public: something was changed while the words that it stands on were not."""

from django.db import models


class TaintableModel(models.Model):
    """What a source is said to state. `STATED` names the fields that the cited words must carry."""

    STATED: tuple[str, ...]

    taint = models.TextField(
        blank=True,
        editable=False,
        help_text="What was changed while the cited words were not; empty where nothing is in doubt.",
    )

    class Meta:
        abstract = True
