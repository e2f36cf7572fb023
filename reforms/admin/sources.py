"""Curating sources: paste a text, look at its paragraphs, decide their kinds, accept. Then it is never touched."""

import re

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html

from reforms.admin.records import RecordAdmin, RecordForm
from reforms.admin.waiting import OpenFilter
from reforms.doubt import mark_superseded
from sources.acceptance import accept, reconsider
from sources.changes import change_set
from sources.models import Paragraph, Source, propose_paragraphs

KINDS = [(f"heading {level}", f"heading {level}") for level in range(1, 7)] + [
    (value, label) for value, label in Paragraph.Kind.choices if value != Paragraph.Kind.HEADING
]


class SourceForm(RecordForm):
    """A source's metadata and, until it is accepted, its text as pasted."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "text" in self.fields:
            self.fields["text"].strip = False  # type: ignore[attr-defined]
            self.fields["text"].widget.attrs["rows"] = 20

    def clean_text(self):
        # A browser sends every line end as CR LF, whatever was pasted.
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        self.instance.receive(text.encode())
        return text


class KindsForm(forms.Form):
    """The kind of each proposed paragraph, as the curator decides it, and which text was looked at."""

    text_sha256 = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, paragraphs, **kwargs):
        super().__init__(*args, **kwargs)
        for paragraph in paragraphs:
            self.fields[f"kind-{paragraph.number}"] = forms.ChoiceField(
                choices=KINDS, initial=paragraph.kind, label=f"Kind of paragraph {paragraph.number}"
            )

    def kinds(self):
        """Paragraph number to (kind, level)."""
        decided = {}
        for name, value in self.cleaned_data.items():
            if not name.startswith("kind-"):
                continue
            kind, _, level = value.partition(" ")
            decided[int(name.removeprefix("kind-"))] = (kind, int(level) if level else None)
        return decided


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Add by pasting text; the preview shows its paragraphs; accepted, it is read-only but for metadata."""

    waits = False  # an editor's own to change
    restores = False  # its paragraphs hang on it; a change set of it can be undone
    form = SourceForm
    list_display = ["name", "slug", "publisher", "published", "accepted", "sha256"]
    list_filter = ["accepted", OpenFilter, "type", "show"]
    search_fields = ["slug", "name", "title", "author", "publisher"]
    readonly_fields = ["accepted", "sha256", "text_sha256", "to_do"]
    autocomplete_fields = ["supersedes"]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["slug", "file_name", "text", "supersedes"] if obj and obj.accepted else []
        return [*self.readonly_fields, *fixed]

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if request.resolver_match.kwargs else found.defer("text", "received")

    def get_fields(self, request, obj=None):
        others = [name for name in super().get_fields(request, obj) if name != "to_do"]
        return ["to_do", *others] if obj else others

    @admin.display(description="next")
    def to_do(self, source):
        if source.accepted:
            url = f"{reverse('admin:sources_paragraph_changelist')}?source__id__exact={source.pk}"
            return format_html('Accepted. <a href="{}">Its paragraphs</a>', url)
        return format_html(
            '<a href="{}">Look at the paragraphs, and accept them</a>',
            reverse("admin:sources_source_accept", args=[source.pk]),
        )

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not obj.accepted

    def view_on_site(self, source):
        return source.get_absolute_url() if source.accepted else None

    def get_urls(self):
        view = self.admin_site.admin_view(self.accept_view)
        return [path("<int:pk>/accept/", view, name="sources_source_accept"), *super().get_urls()]

    def accept_view(self, request, pk):
        """Preview the paragraphs with their proposed kinds; a POST accepts them as decided."""
        source = get_object_or_404(Source, pk=pk, accepted=False)
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        paragraphs = propose_paragraphs(source)
        form = KindsForm(request.POST or None, paragraphs=paragraphs, initial={"text_sha256": source.text_sha256})
        if request.method == "POST" and form.is_valid():
            try:
                with change_set(by=request.user, reason=f"Accepted the source {source.slug}."):
                    accept(source, kinds=form.kinds(), seen=form.cleaned_data["text_sha256"])
                    mark_superseded(source)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                self.message_user(request, f"Accepted {len(paragraphs)} paragraphs.", messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:sources_source_change", args=[pk]))
        rows = [(paragraph, form[f"kind-{paragraph.number}"]) for paragraph in paragraphs]
        context = {**self.admin_site.each_context(request), "source": source, "rows": rows, "form": form}
        return render(request, "admin/accept.html", context | {"title": f"Accept {source}"})


@admin.register(Paragraph)
class ParagraphAdmin(RecordAdmin):
    """A paragraph's kind may be reconsidered; its words and number stay."""

    waits = False  # an editor's own to change
    restores = False
    list_display = ["ref", "kind", "level", "text"]
    list_filter = ["kind"]
    list_select_related = ["source"]
    search_fields = ["text", "source__slug", "source__name"]
    fields = ["source", "number", "text", "start", "end", "section", "kind", "level", "change_reason"]
    readonly_fields = ["source", "number", "text", "start", "end", "section"]

    def get_search_results(self, request, queryset, search_term):
        """Find by words, or by name: `kazinform-three-packages#20`, `Kazinform report ¶20`, `kazinform 20`."""
        if place := re.fullmatch(r"(.*?)[\s#¶]*([0-9]{1,9})\s*", search_term):
            found = queryset.filter(number=place[2])
            for word in place[1].split():
                found = found.filter(Q(source__slug__icontains=word) | Q(source__name__icontains=word))
            if found.exists():
                return found, False
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request, paragraph, form, change):
        reconsider(paragraph.source, {paragraph.number: (paragraph.kind, paragraph.level)}, by=request.user)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
