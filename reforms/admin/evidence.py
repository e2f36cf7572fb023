"""Citations under a claim: the curator pastes the words and picks the paragraph; the span is found."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html

from reforms.models import Citation, Claim
from reforms.models.claims import CITED_ALREADY
from reforms.publishing import NO_SUPPORT
from sources.anchoring import AnchorError, anchor_pasted


def kept_rows(formset):
    """The cleaned data of each row of `formset` that is filled in and not to be deleted."""
    rows = [form.cleaned_data for form in formset.forms if getattr(form, "cleaned_data", None)]
    return [row for row in rows if not row.get("DELETE")]


class OnceFormSet(forms.BaseInlineFormSet):
    """Rows that somebody else added meanwhile are not in the form, and not added a second time."""

    model: Any

    def clean(self):
        super().clean()
        carried = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        others = self.model._default_manager.filter(**{self.fk.name: self.instance.pk}).exclude(pk__in=carried)
        for form in self.forms if self.instance.pk and others.exists() else ():
            if not getattr(form, "cleaned_data", None) or form.cleaned_data.get("DELETE"):
                continue
            for constraint in self.model._meta.constraints:
                if isinstance(constraint, models.UniqueConstraint) and self.fk.name in constraint.fields:
                    names = [name for name in constraint.fields if name != self.fk.name]
                    if others.filter(**{name: getattr(form.instance, name) for name in names}).exists():
                        raise ValidationError(str(constraint.violation_error_message))


class CitationForm(forms.ModelForm):
    """The quote as words. Its span is never typed."""

    prefix = forms.CharField(  # type: ignore[assignment]
        required=False, strip=False, help_text="Words directly before, where the quote repeats."
    )
    suffix = forms.CharField(required=False, strip=False, help_text="Words directly after, where the quote repeats.")

    class Meta:
        model = Citation
        fields = ["paragraph", "quote", "prefix", "suffix", "stance", "strength", "note", "not_carried", "carries"]
        wide = "vLargeTextField"
        widgets = {
            "quote": forms.Textarea(attrs={"rows": 3, "class": wide}),
            "note": forms.Textarea(attrs={"rows": 1, "class": wide}),
            "not_carried": forms.Textarea(attrs={"rows": 1, "class": wide}),
            "carries": forms.HiddenInput,  # decided where newer editions are looked at; here it is only kept
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quote"].strip = False  # type: ignore[attr-defined]
        if not self.instance.not_carried:
            self.fields["not_carried"].widget = forms.HiddenInput()

    def clean_quote(self):
        return self.cleaned_data["quote"].strip("\r\n")

    def clean(self):
        """Find the span; where the words do not stand there exactly once, say so on the quote."""
        cleaned = super().clean() or {}
        paragraph, quote = cleaned.get("paragraph"), cleaned.get("quote")
        moved = not self.instance.pk or {"paragraph", "quote", "prefix", "suffix"} & set(self.changed_data)
        if paragraph and quote and moved:
            try:
                start, end = anchor_pasted(quote, paragraph.text, prefix=cleaned["prefix"], suffix=cleaned["suffix"])
            except AnchorError as error:
                self.instance.start = self.instance.end = None
                self.add_error("quote", str(error))
            else:
                self.instance.start, self.instance.end = start, end
                cleaned["quote"] = paragraph.text[start:end]
        return cleaned


class CitationFormSet(OnceFormSet):
    """The citations of one claim. A published claim keeps its support."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        spans = [(form.instance.paragraph_id, form.instance.start, form.instance.end) for form in kept]
        if len(set(spans)) < len(spans):
            raise ValidationError(CITED_ALREADY)
        supported = any(form.cleaned_data["stance"] == Citation.Stance.SUPPORTS for form in kept)
        if self.instance.state == Claim.State.PUBLISHED and not supported:
            raise ValidationError(NO_SUPPORT)

    def save_new(self, form, commit=True):
        form.instance.claim = self.instance
        form.instance.take_number()
        return super().save_new(form, commit)


class CitationInline(admin.StackedInline):
    """The evidence of a claim."""

    model = Citation
    form = CitationForm
    formset = CitationFormSet
    extra = 0
    fields = [
        "paragraph", "quote", ("prefix", "suffix"), ("stance", "strength"), "note", "not_carried", "carries", "span",
    ]  # fmt: skip
    autocomplete_fields = ["paragraph"]
    readonly_fields = ["span"]

    def get_queryset(self, request):
        return Citation.objects.with_words().select_related("claim")

    @admin.display(description="span")
    def span(self, citation):
        if citation.pk is None:
            return "Found from the quote when saved."
        return format_html(
            '{}: characters {} to {} of <a href="{}">{}</a>',
            citation.ref, citation.start, citation.end, citation.get_absolute_url(), citation.paragraph.ref,
        )  # fmt: skip
