"""What reforms touch: topics, actors and events."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reforms.models.claims import Claim
from reforms.models.resting import RestsOnClaim
from sources.changes import HistoryRow
from sources.dates import EDTFField, bound_field, in_words
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet, filled, known_choices, slug_field


class TopicQuerySet(NaturalKeyQuerySet):
    """Named questions about topics."""

    def browsed(self):
        """Topics under which readers find a reform: one that a published claim names."""
        return self.filter(
            models.Exists(Claim.objects.public().filter(reform_links__reform__topic_links__topic=models.OuterRef("pk")))
        )


class Topic(NaturalKeyModel):
    """A subject under which reforms are browsed."""

    KEY = ("slug",)

    slug = slug_field()
    name = models.CharField(max_length=100)
    summary = models.TextField()

    objects = TopicQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["name", "slug"]
        constraints = [filled("topic", "name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])


class ActorQuerySet(NaturalKeyQuerySet):
    """Named questions about actors."""

    def public(self):
        """Actors that a published claim names."""
        return self.filter(models.Exists(Claim.objects.public().filter(actor_links__actor=models.OuterRef("pk"))))


@known_choices
class Actor(NaturalKeyModel):
    """A person, body, party or organisation."""

    KEY = ("slug",)

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        BODY = "body", _("body")
        PARTY = "party", _("party")
        ORGANISATION = "organisation", _("organisation")

    slug = slug_field()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    note = models.TextField(blank=True)

    objects = ActorQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["name", "slug"]
        constraints = [filled("actor", "name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("actor", args=[self.slug])


class ActorAlias(NaturalKeyModel):
    """Another spelling of an actor's name, met in the sources."""

    KEY = ("actor__slug", "name")

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        verbose_name_plural = "actor aliases"
        ordering = ["actor", "name"]
        constraints = [
            filled("actor_alias", "name"),
            models.UniqueConstraint(
                fields=["actor", "name"],
                name="actor_alias_once",
                violation_error_message="This actor has this alias already.",
            ),
        ]

    def __str__(self):
        return self.name


@known_choices
class Event(RestsOnClaim):
    """Something that happened on a date."""

    KEY = ("slug",)
    STATED = ("title", "kind", "date")

    class Kind(models.TextChoices):
        COUNCIL_MEETING = "council_meeting", _("council meeting")
        ADDRESS = "address", _("address")
        SPEECH = "speech", _("speech")
        ELECTION = "election", _("election")
        REFERENDUM = "referendum", _("referendum")
        UNREST = "unrest", _("unrest")
        ASSEMBLY = "assembly", _("assembly")
        OTHER = "other", _("other")

    slug = slug_field()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    date = EDTFField()
    date_earliest = bound_field()
    date_latest = bound_field()
    note = models.TextField(blank=True)

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["date_earliest", "slug"]
        constraints = [filled("event", "title")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("event", args=[self.slug])

    @property
    def date_in_words(self):
        return in_words(self.date)
