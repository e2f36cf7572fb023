"""Reforms, packages, laws, events, actors, topics and parameters."""

from django.contrib import admin

from reforms.admin.evidence import OnceFormSet
from reforms.admin.records import RecordAdmin, RecordForm
from reforms.admin.sheets import SheetsView
from reforms.entries import was_public
from reforms.models import (
    Actor,
    ActorAlias,
    Event,
    Law,
    LawDate,
    LawLink,
    Milestone,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Reform,
    ReformTopic,
    Topic,
)
from reforms.publishing import refuse_deletion
from reforms.renaming import refuse_retired, retire


class SlugForm(RecordForm):
    """A record with a public name. A name that was retired is not given again."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        refuse_retired(self.instance, slug)
        return slug


class NamedAdmin(RecordAdmin):
    """A record with a public name; when that changes, the old one goes on leading here."""

    form = SlugForm
    search_fields = ["slug", "name"]
    list_display = ["name", "slug"]

    def has_delete_permission(self, request, obj=None):
        """Only what is not and never was public may be deleted."""
        return super().has_delete_permission(request, obj) and not was_public(obj)

    def save_model(self, request, record, form, change):
        super().save_model(request, record, form, change)
        if change and "slug" in form.changed_data:
            retire(record, form.initial["slug"])


def inline(inline_model, *autocomplete):
    """An inline of the records that belong to another one."""
    return type(
        f"{inline_model.__name__}Inline",
        (admin.TabularInline,),
        {
            "model": inline_model,
            "formset": OnceFormSet,
            "extra": 0,
            "autocomplete_fields": list(autocomplete),
        },
    )


class MilestoneFormSet(OnceFormSet):
    """The milestones of one reform. Each new one gets its reference; a public one is not deleted."""

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk:
                refuse_deletion(form.instance)

    def save_new(self, form, commit=True):
        form.instance.ref = Milestone.next_ref()
        return super().save_new(form, commit)


class MilestoneInline(admin.TabularInline):
    """The milestones of one reform."""

    model = Milestone
    formset = MilestoneFormSet
    extra = 0
    autocomplete_fields = ["claim", "law", "event"]
    readonly_fields = ["ref"]


@admin.register(Reform)
class ReformAdmin(SheetsView, NamedAdmin):
    list_display = ["title", "slug"]
    list_filter = ["topics", "package_items__package", "milestones__stage"]
    search_fields = ["slug", "title", "summary"]
    inlines = [inline(ReformTopic, "topic"), MilestoneInline]


@admin.register(Law)
class LawAdmin(SheetsView, NamedAdmin):
    list_display = ["name", "rank", "status", "number", "slug"]
    list_filter = ["rank", "status"]
    search_fields = ["slug", "name", "title"]
    inlines = [inline(LawDate, "claim"), inline(LawLink, "reform", "claim")]


@admin.register(Package)
class PackageAdmin(NamedAdmin):
    autocomplete_fields = ["event", "stated_count_claim"]
    inlines = [inline(PackageItem, "reform", "claim")]


@admin.register(Parameter)
class ParameterAdmin(SheetsView, NamedAdmin):
    autocomplete_fields = ["reform"]
    inlines = [inline(ParameterChange, "claim")]


@admin.register(Event)
class EventAdmin(NamedAdmin):
    list_display = ["title", "kind", "date", "slug"]
    list_filter = ["kind"]
    search_fields = ["slug", "title"]
    autocomplete_fields = ["claim"]


@admin.register(Actor)
class ActorAdmin(NamedAdmin):
    waits = False  # an editor's own to change
    list_display = ["name", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = ["slug", "name", "aliases__name"]
    inlines = [inline(ActorAlias)]


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    waits = False  # an editor's own to change
