"""Claims, their citations and what they are about."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from reforms.admin.evidence import CitationInline, kept_rows
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
from reforms.models.resting import resting_on
from reforms.publishing import NOBODY_SAYS_IT, publish, refuse_deletion
from sources.admin import OwnedAdmin, RecordAdmin


class LinkFormSet(forms.BaseInlineFormSet):
    """What one claim is about. What rests on the claim keeps its place among that."""

    kind: str

    def clean(self):
        super().clean()
        kept = {row[self.kind].pk for row in kept_rows(self) if row.get(self.kind)}
        for record in resting_on(self.instance) if self.instance.pk else ():
            if record.subjects().get(self.kind, 0) not in kept | {0}:
                raise ValidationError(f"{record} rests on this claim, and needs this {self.kind} to stay named here.")


class ActorFormSet(forms.BaseInlineFormSet):
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
        {"model": link_model, "extra": 0, "autocomplete_fields": [field], "formset": formset},
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


@admin.register(Claim)
class ClaimAdmin(ReferencedAdmin):
    """A claim with its evidence. Only the publish action makes it public."""

    list_display = ["ref", "text", "kind", "state", "support"]
    list_filter = ["state", "kind"]
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
    actions = ["publish_selected"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_support()

    @admin.display(description="sources", ordering="support")
    def support(self, claim):
        return claim.support

    @admin.action(description="Publish the selected claims", permissions=["change"])
    def publish_selected(self, request, claims):
        for claim in claims.order_by("ref"):
            try:
                publish(claim, by=request.user)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            else:
                self.message_user(request, f"{claim.ref} is public.", messages.SUCCESS)


@admin.register(Citation)
class CitationAdmin(OwnedAdmin):
    """To find evidence by its words; it is edited under its claim."""

    list_display = ["ref", "paragraph", "quote", "stance", "strength"]
    list_filter = ["stance", "strength"]
    list_select_related = ["claim", "paragraph__source"]
    search_fields = ["claim__ref", "quote", "paragraph__source__slug"]


class DiscrepancyClaimFormSet(forms.BaseInlineFormSet):
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
