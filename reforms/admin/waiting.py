"""What the first page counts, as lists: filters that give exactly that, and claims in review, the oldest first."""

from django.contrib import admin

from reforms.coverage import NEWEST_SOURCES, with_open_paragraphs
from reforms.models import Claim
from reforms.waiting import NEWEST_CLAIMS, about_no_reform, begun_by, longest_first, newest, submitted
from sources.models import Source


class AboutFilter(admin.SimpleListFilter):
    """Claims that name no reform."""

    title = "what it is about"
    parameter_name = "about"

    def lookups(self, request, model_admin):
        return [("newest", f"no reform, of the {NEWEST_CLAIMS} newest"), ("no-reform", "no reform")]

    def queryset(self, request, queryset):
        if self.value() == "newest":
            queryset = queryset.filter(pk__in=newest(Claim.objects, NEWEST_CLAIMS).values("pk"))
        return about_no_reform(queryset) if self.value() in ("newest", "no-reform") else queryset


class BegunFilter(admin.SimpleListFilter):
    """Claims that who asks wrote first."""

    title = "who began it"
    parameter_name = "begun"

    def lookups(self, request, model_admin):
        return [("me", "me")]

    def queryset(self, request, queryset):
        return queryset.filter(begun_by(request.user)) if self.value() == "me" else queryset


class OpenFilter(admin.SimpleListFilter):
    """Sources with paragraphs on which no claim stands and of which nobody said why."""

    title = "open paragraphs"
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("newest", f"in the {NEWEST_SOURCES} newest to be read"), ("any", "in any to be read")]

    def queryset(self, request, queryset):
        if self.value() not in ("newest", "any"):
            return queryset
        read = Source.objects.documents()
        if self.value() == "newest":
            read = newest(read, NEWEST_SOURCES)
        return with_open_paragraphs(queryset.filter(pk__in=read.order_by().values("pk")))


class LongestFirst(admin.ModelAdmin):
    """The list of claims in review says since when each waits, and begins with who waits longest."""

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found.annotate(submitted=submitted()) if _in_review(request) else found

    def get_ordering(self, request):
        return longest_first() if _in_review(request) else super().get_ordering(request)

    def get_list_display(self, request):
        shown = super().get_list_display(request)
        return [*shown[:2], "waits_since", *shown[2:]] if _in_review(request) else shown

    @admin.display(description="in review since", ordering="submitted")
    def waits_since(self, claim):
        return claim.submitted


def _in_review(request):
    return request.GET.get("state__exact") == Claim.State.IN_REVIEW
