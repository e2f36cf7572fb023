"""Claims, their citations and what they are about."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from reforms.admin.claiming import ClaimingView
from reforms.admin.doubts import DoubtsView
from reforms.admin.editions import EditionsView
from reforms.admin.evidence import CitationInline, OnceFormSet, kept_rows
from reforms.admin.records import OwnedAdmin, RecordAdmin
from reforms.admin.reviewing import ReviewView
from reforms.admin.sheets import SheetsView
from reforms.admin.waiting import AboutFilter, BegunFilter, LongestFirst
from reforms.models import (
    Citation,
    Claim,
    ClaimActor,
    ClaimEvent,
    ClaimLaw,
    ClaimReform,
    Discrepancy,
    DiscrepancyClaim,
    NoClaim,
)
from reforms.models.resting import resting_in_words, resting_on
from reforms.publishing import NOBODY_SAYS_IT, refuse_deletion, sent_back


class LinkFormSet(OnceFormSet):
    """What one claim is about. What rests on the claim keeps its place among that."""

    kind: str

    def clean(self):
        super().clean()
        kept = {row[self.kind].pk for row in kept_rows(self) if row.get(self.kind)}
        for record in resting_on(self.instance) if self.instance.pk else ():
            if record.subjects().get(self.kind, 0) not in kept | {0}:
                raise ValidationError(f"{record} rests on this claim, and needs this {self.kind} to stay named here.")


class ActorFormSet(OnceFormSet):
    """The actors of one claim. A public allegation keeps somebody who says it."""

    def clean(self):
        super().clean()
        says = any(row.get("part") == ClaimActor.Part.SAYS for row in kept_rows(self))
        public = self.instance.state == Claim.State.PUBLISHED
        if public and self.instance.kind == Claim.Kind.ALLEGATION and not says:
            raise ValidationError(NOBODY_SAYS_IT)


def links(link_model, field, formset=None):
    """An inline of links from a claim to records of one kind."""
    formset = formset or type("FormSet", (LinkFormSet,), {"kind": field})
    return type(
        f"{link_model.__name__}Inline",
        (admin.TabularInline,),
        {
            "model": link_model,
            "extra": 0,
            "autocomplete_fields": [field],
            "formset": formset,
            "verbose_name": field,
            "verbose_name_plural": f"{field}s",
        },
    )


class ReferencedAdmin(RecordAdmin):
    """A record with a public reference, which it gets when first saved and keeps for good."""

    def save_model(self, request, record, form, change):
        record.ref = record.ref or type(record).next_ref()
        super().save_model(request, record, form, change)

    def has_delete_permission(self, request, obj=None):
        """Only what was never public may be deleted."""
        if not super().has_delete_permission(request, obj):
            return False
        try:
            refuse_deletion(obj)
        except ValidationError:
            return False
        return True


class DoubtFilter(admin.SimpleListFilter):
    """Those that are in doubt, or those that are not."""

    title = "doubt"
    parameter_name = "doubt"

    def lookups(self, request, model_admin):
        return [("yes", "in doubt"), ("no", "not in doubt")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.exclude(taint="")
        return queryset.filter(taint="") if self.value() == "no" else queryset


@admin.register(Claim)
class ClaimAdmin(ClaimingView, SheetsView, EditionsView, ReviewView, DoubtsView, LongestFirst, ReferencedAdmin):
    """A claim with its evidence. Its state is changed on the review page only, or for several by an action."""

    list_display = ["ref", "next_step", "text", "kind", "state", "support"]
    list_filter = ["state", "kind", DoubtFilter, AboutFilter, BegunFilter]
    search_fields = ["ref", "text", "citations__quote", "reform_links__reform__slug"]
    fields = ["ref", "state", "text", "kind", "note", "change_reason"]
    readonly_fields = ["ref", "state"]
    inlines = [
        CitationInline,
        links(ClaimReform, "reform"),
        links(ClaimLaw, "law"),
        links(ClaimEvent, "event"),
        links(ClaimActor, "actor", ActorFormSet),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_support()

    @admin.display(description="sources", ordering="support")
    def support(self, claim):
        return claim.support

    @admin.display(description="next step")
    def next_step(self, claim):
        return format_html('<a href="{}">Review</a>', _review(claim))

    def response_post_save_add(self, request, obj):
        """On to the review page, from where it is submitted; Django's own answer leads to the list."""
        return HttpResponseRedirect(_review(obj))

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(_review(obj))

    def has_change_permission(self, request, obj=None):
        """What was retracted or merged stays as it was, until an earlier state is brought back."""
        closed = obj is not None and obj.state in Claim.CLOSED
        return super().has_change_permission(request, obj) and not closed

    def may_restore(self, request, record):
        return self.has_change_permission(request)

    def told(self, record, public):
        if record is None:
            return super().told(record, public)
        return super().told(record, public) | {"resting": resting_in_words(record), "sent_back": sent_back(record)}


def _review(claim):
    return reverse("admin:reforms_claim_review", args=[claim.pk])


@admin.register(Citation)
class CitationAdmin(OwnedAdmin):
    """To find evidence by its words; it is edited under its claim."""

    list_display = ["ref", "paragraph", "quote", "stance", "strength"]
    list_filter = ["stance", "strength"]
    list_select_related = ["claim", "paragraph__source"]
    search_fields = ["claim__ref", "quote", "paragraph__source__slug"]


class DiscrepancyClaimFormSet(OnceFormSet):
    """The claims of one discrepancy: as many as its kind needs."""

    def clean(self):
        super().clean()
        self.instance.check_claims(sum(bool(row.get("claim")) for row in kept_rows(self)))


class DiscrepancyClaimInline(admin.TabularInline):
    model = DiscrepancyClaim
    formset = DiscrepancyClaimFormSet
    extra = 0
    autocomplete_fields = ["claim"]


@admin.register(Discrepancy)
class DiscrepancyAdmin(ReferencedAdmin):
    list_display = ["ref", "title", "kind", "state"]
    list_filter = ["kind", "state"]
    search_fields = ["ref", "title", "explanation"]
    autocomplete_fields = ["resolved_by"]
    readonly_fields = ["ref"]
    inlines = [DiscrepancyClaimInline]


@admin.register(NoClaim)
class NoClaimAdmin(RecordAdmin):
    list_display = ["paragraph", "reason", "note"]
    list_filter = ["reason"]
    list_select_related = ["paragraph__source"]
    search_fields = ["paragraph__text", "paragraph__source__slug", "note"]
    autocomplete_fields = ["paragraph"]
