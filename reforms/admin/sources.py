"""Sources: a document is imported, looked at as a draft and accepted. Then it is never touched."""

import re

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join

from reforms.admin.drafting import DraftView
from reforms.admin.importing import ImportView
from reforms.admin.records import RecordAdmin
from reforms.admin.waiting import OpenFilter
from sources.acceptance import reconsider
from sources.models import Paragraph, Source


class AcceptedFilter(admin.SimpleListFilter):
    """Drafts, which wait to be accepted, or accepted sources."""

    title = "acceptance"
    parameter_name = "accepted__exact"

    def lookups(self, request, model_admin):
        return [("0", "not accepted"), ("1", "accepted")]

    def queryset(self, request, queryset):
        return queryset.filter(accepted=self.value() == "1") if self.value() in ("0", "1") else queryset


@admin.register(Source)
class SourceAdmin(DraftView, ImportView, RecordAdmin):
    """Added by importing, and a draft until its paragraphs are decided; accepted, it is read-only but for metadata."""

    waits = False  # an editor's own to change
    restores = False  # its paragraphs hang on it; a change set of it can be undone
    list_display = ["name", "slug", "publisher", "published", "accepted", "format", "sha256"]
    list_filter = [AcceptedFilter, OpenFilter, "format", "type", "show"]
    ordering = ["accepted", "slug"]  # what waits first
    search_fields = ["slug", "name", "title", "author", "publisher"]
    readonly_fields = ["accepted", "format", "sha256", "text_sha256", "to_do"]
    autocomplete_fields = ["supersedes"]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["slug", "file_name", "text", "supersedes"] if obj and obj.accepted else []
        return [*self.readonly_fields, *fixed]

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if request.resolver_match.kwargs else found.defer("text", "received", "draft")

    def get_fields(self, request, obj=None):
        others = [name for name in super().get_fields(request, obj) if name != "to_do"]
        return ["to_do", *others] if obj else others

    @admin.display(description="next")
    def to_do(self, source):
        received = reverse("admin:sources_source_received", args=[source.pk])
        steps = [(received, "The document as received")]
        if source.accepted:
            paragraphs = f"{reverse('admin:sources_paragraph_changelist')}?source__id__exact={source.pk}"
            steps = [
                (source.get_absolute_url(), "Read it, and claim its words"),
                (paragraphs, "Its paragraphs"),
                *steps,
            ]
        else:
            steps = [(reverse("admin:sources_source_accept", args=[source.pk]), "The draft, to be accepted"), *steps]
        return format_html_join(" · ", '<a href="{}">{}</a>', steps)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The form of an accepted source; for who may accept a draft, the page of the draft."""
        source = self.get_object(request, unquote(object_id))
        if source and not source.accepted and request.method == "GET" and self.has_change_permission(request, source):
            return HttpResponseRedirect(reverse("admin:sources_source_accept", args=[source.pk]))
        return super().change_view(request, object_id, form_url, extra_context)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not obj.accepted

    def view_on_site(self, source):
        return source.get_absolute_url() if source.accepted else None


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
