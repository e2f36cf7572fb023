"""The timeline: everything that has a date, in the order of the days."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from api.asking.given import either
from api.asking.pages import PlacePagination
from api.asking.references import References, ReferenceSerializer
from api.fields import DateSerializer
from api.filtering import Filters
from api.formats import JSON
from api.lookups import DAY, TEXT, Asked, Choice, Name
from api.querysets import public
from api.resources import Resource
from reforms.dated import HAS_NO_DATE, KINDS, STRANDS, Dated
from reforms.models import ClaimReform, Event

NAMED = ("topic", "package", "reform", "source")


@dataclass(frozen=True)
class Entries:
    """What is dated and was asked for, not read yet."""

    dated: Dated
    when: Q

    def page(self, at_most, place=None, *, backward=False):
        return self.dated.page(self.when, at_most, place, backward=backward)

    def place(self, row):
        return self.dated.place(row)


class TimelineFilter(Filters):
    """What can be asked of the timeline."""

    kind = Choice([*KINDS], "Entries of this kind.")
    topic = Name("topic", "Entries about a reform under this topic.")
    package = Name("package", "Entries about a reform in this package.")
    reform = Name("reform", "Entries about this reform.")
    source = Name("source", "Entries that rest on a claim cited from this source.")
    q = Asked("plain", TEXT, "Entries in whose title all these words stand.")
    # `from` is a word of the language, and so no name that a class could give.
    fields = {"from": Asked("day", DAY, "What may have happened on this day or later, YYYY-MM-DD.")}
    to = Asked("day", DAY, "What may have happened on this day or before, YYYY-MM-DD.")

    def filter_queryset(self, queryset):
        """Errors: ValidationError where `to` is before `from`."""
        asked = self.form.cleaned_data
        first, last = asked.get("from"), asked.get("to")
        if first and last and first > last:
            raise ValidationError({"to": ["The timeline cannot end before it begins."]})
        when = ~HAS_NO_DATE
        if first:
            when &= Q(date_latest=None) | Q(date_latest__gte=first)
        if last:
            when &= Q(date_earliest=None) | Q(date_earliest__lte=last)
        values = {"kind": either(asked, "kind")}
        for name in NAMED:
            if keys := either(asked, name):
                values[name] = [*public(name).filter(pk__in=keys).values_list("slug", flat=True)]
        return Entries(Dated(values, asked.get("q", "")), when)


class EntrySerializer(serializers.Serializer):
    """One dated record, and the claim on which its date rests."""

    date = DateSerializer()
    kind = serializers.ChoiceField(choices=list(KINDS), help_text="A stage, for a milestone.")
    record = ReferenceSerializer(help_text="An event, a milestone, a law, or a parameter.")
    detail = serializers.CharField(help_text="The kind of event, or of date of a law; or else empty.")
    before = serializers.CharField(help_text="Of a change of value, as printed; or else empty.")
    after = serializers.CharField(help_text="Of a change of value, as printed; or else empty.")
    unit = serializers.CharField(help_text="Of a change of value, as printed; or else empty.")
    claim = ReferenceSerializer()
    reforms = ReferenceSerializer(many=True, help_text="What it is about.")
    taint = serializers.CharField(help_text="Why it is in doubt, if it is.")


class Page(JSON):
    """A page of entries."""

    def of_list(self, view, rows):
        page = view.paginate_queryset(rows)
        return view.get_paginated_response(view.shown(page))


class Timeline(Resource):
    """Everything that has a date: events, milestones, dates of laws and changes of value, the earliest first."""

    queryset, serializer_class, filterset_class = Event.objects.none(), EntrySerializer, TimelineFilter
    pagination_class, list_formats, has_records, choosing = PlacePagination, (Page,), False, False

    def shown(self, rows):
        """Return what is shown of `rows` (strand, key, day, kind). At most ten queries."""
        references, found = References.of(self.request), {}
        for name in STRANDS:
            keys = [key for own, key, _day, _kind in rows if own == name]
            found |= {(name, key): record for key, record in records(name).in_bulk(keys).items()}
        return [entry(name, found[name, key], kind, references) for name, key, _day, kind in rows]


def records(strand):
    """Return the records of one strand, with claim and reforms at hand."""
    related = STRANDS[strand].related
    if strand in ("milestone", "value"):
        return STRANDS[strand].model.objects.select_related("claim", *related, *MORE[strand])
    about = Prefetch("claim__reform_links", ClaimReform.objects.select_related("reform").order_by("reform__slug"))
    return STRANDS[strand].model.objects.select_related("claim", *related).prefetch_related(about)


MORE = {"milestone": (), "value": ("parameter__reform",)}


def entry(strand, record, kind, references):
    """Return what is shown of one record of a strand."""
    about, detail, change = DRAWN[strand](record, references)
    reforms = [record.reform] if strand == "milestone" else [record.parameter.reform] if strand == "value" else None
    if reforms is None:
        reforms = [link.reform for link in record.claim.reform_links.all()]
    return {
        "date": {"edtf": record.date, "earliest": record.date_earliest, "latest": record.date_latest},
        "kind": kind,
        "record": about,
        "detail": detail,
        **dict.fromkeys(("before", "after", "unit"), ""),
        **change,
        "claim": references.to("claim", record.claim.ref, record.claim.text),
        "reforms": [references.to("reform", reform.slug, reform.title) for reform in reforms],
        "taint": record.taint,
    }


def event_drawn(event, references):
    return references.to("event", event.slug, event.title), event.kind, {}


def milestone_drawn(milestone, references):
    page = references.page("reform", milestone.reform.slug)
    about = references.to("milestone", milestone.ref, milestone.title, page=page, anchor=f"#{milestone.ref}")
    return about, "", {}


def law_drawn(date, references):
    return references.to("law", date.law.slug, date.law.name), date.kind, {}


def value_drawn(change, references):
    values = {"before": change.before, "after": change.after, "unit": change.unit}
    return references.to("parameter", change.parameter.slug, change.parameter.name), "", values


DRAWN = {"event": event_drawn, "milestone": milestone_drawn, "law": law_drawn, "value": value_drawn}
