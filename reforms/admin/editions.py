"""Citations that a newer edition left behind: a person says which words take their place, or why none do."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from reforms.admin.reviewing import around
from reforms.differences import word_runs
from reforms.editions import SETTLED, leave, needs_person, settles, take_place
from reforms.models import Citation, Proposal
from reforms.passages import Passage, nearest
from sources.models import Paragraph, Source

SHOWN = 10  # on one page: for each, the nearest passage is looked for in a whole text
LARGEST = 2**31 - 1


def told(carried, older):
    """Say in a message what came of a newer edition of the source `older`: see `Carried`."""
    words = f"{_counted(carried.citations, 'citation')} carried over"
    words += f", and {_counted(carried.marks, 'mark')} of paragraphs without a claim" if carried.marks else ""
    if not carried.waiting:
        return f"{words}. Nothing needs a person."
    address = f"{reverse('admin:reforms_claim_editions')}?{urlencode({'source': older.slug})}"
    needs = "needs a person" if carried.waiting == 1 else "need a person"
    return format_html('{}, <a href="{}">{} {}</a>.', words, address, carried.waiting, needs)


def _counted(count, word):
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


class PlaceForm(forms.Form):
    """What becomes of one citation: words in a paragraph of the newer edition, or why there are none."""

    citation = forms.IntegerField(min_value=1, max_value=LARGEST)
    act = forms.ChoiceField(choices=[(name, name) for name in ("take_place", "leave")])
    number = forms.IntegerField(min_value=1, max_value=LARGEST, required=False, label="Paragraph")
    quote = forms.CharField(strip=False, required=False, label="Words")
    why = forms.CharField(required=False)

    def why_not(self):
        """Why it was refused, as sentences."""
        return [
            f"{self.fields[name].label or name}: {words}" if name in self.fields else words
            for name, found in self.errors.items()
            for words in found
        ]

    def settle(self, user):
        """Do it. Return (citation, Proposal or None). Errors: ValidationError."""
        data = self.cleaned_data
        found = needs_person().filter(pk=data["citation"]).select_related("claim", "paragraph").first()
        if found is None:
            raise ValidationError(SETTLED)
        if data["act"] == "leave":
            return found, leave(found, data["why"], by=user)[1]
        if not data["number"]:
            raise ValidationError("Say in which paragraph the words stand.")
        return found, take_place(found, data["number"], data["quote"].strip("\r\n"), by=user)[1]


@dataclass(frozen=True)
class Row:
    """One waiting citation as the page shows it.

    `newer`: the newer edition; `passage`: what is nearest there, or None; `proposal`: one that settles it, or None;
    `typed`, `errors`: what was typed for it, and why that was refused.
    """

    citation: Citation
    newer: Source
    passage: Passage | None
    proposal: Proposal | None
    typed: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def around(self):
        return around(self.citation)

    @property
    def address(self):
        """Of the nearest passage, as readers see it."""
        return f"{self.newer.get_absolute_url()}#p{self.passage.paragraph.number}" if self.passage else ""

    @property
    def runs(self):
        return word_runs(self.citation.quote, self.passage.quote) if self.passage else []

    @property
    def number(self):
        return self.typed.get("number", self.passage.paragraph.number if self.passage else "")

    @property
    def quote(self):
        return self.typed.get("quote", self.passage.quote if self.passage else "")


class EditionsView(admin.ModelAdmin):
    """The page of the citations that need a person. A POST settles one."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.editions_view)
        return [path("editions/", view, name="reforms_claim_editions"), *super().get_urls()]

    def editions_view(self, request):
        """Context: see admin/editions.html."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form = PlaceForm(request.POST or None)
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            if form.is_valid():
                try:
                    self._say(request, *form.settle(request.user))
                except ValidationError as error:
                    form.add_error(None, error)
                else:
                    return HttpResponseRedirect(request.get_full_path())
        return render(request, "admin/editions.html", self._editions_context(request, form))

    def _editions_context(self, request, form):
        waiting, asked = needs_person(), request.GET.get("source", "")
        chosen = waiting.filter(paragraph__source__slug=asked) if asked else waiting
        page = Paginator(_in_order(chosen), SHOWN).get_page(request.GET.get("page"))
        rows = _rows(list(page), form)
        return {
            **self.admin_site.each_context(request), "title": "Needs a person", "opts": self.opts, "rows": rows,
            "page": page, "sources": _sources(waiting), "asked": asked,
            "errors": [] if any(row.errors for row in rows) else form.why_not(),
            "may_change": self.has_change_permission(request),
        }  # fmt: skip

    def _say(self, request, citation, proposal):
        if proposal:
            words = f"{citation.ref}: {proposal.ref} waits for a second person. What is public is unchanged."
        else:
            words = f"{citation.ref} is settled."
        self.message_user(request, words, messages.SUCCESS)


def _in_order(waiting):
    """By source and paragraph, with claims at hand, and with paragraphs and sources, but not their whole texts."""
    names = ("claim", "paragraph__source__superseded_by")
    whole = [
        f"paragraph__source__{path}{name}" for path in ("", "superseded_by__") for name in ("text", "received", "draft")
    ]
    order = ("paragraph__source__slug", "paragraph__number", "start", "claim__ref", "number")
    return waiting.select_related(*names).defer(*whole).order_by(*order)


def _sources(waiting):
    """The superseded sources of `waiting`, each with how many wait: slug, name, count."""
    names = ("paragraph__source__slug", "paragraph__source__name")
    return waiting.order_by(*names).values_list(*names).annotate(Count("pk"))


def _rows(citations, form):
    """The Row of each of `citations`, in a few queries."""
    newer = {one.pk: one.paragraph.source.superseded_by for one in citations}
    texts: dict[int, list] = {source.pk: [] for source in newer.values()}
    for paragraph in Paragraph.objects.filter(source__in=texts).order_by("number"):
        texts[paragraph.source_id].append(paragraph)
    proposals = Proposal.objects.unanswered().filter(kind="claim", name__in={one.claim.ref for one in citations})
    proposals = list(proposals.order_by("ref"))
    asked = form.data.get("citation")
    return [
        Row(
            one, newer[one.pk], nearest(one.quote, texts[newer[one.pk].pk]),
            next((proposal for proposal in proposals if settles(proposal, one)), None),
            *((form.data, form.why_not()) if asked == str(one.pk) else ({}, [])),
        )
        for one in citations
    ]  # fmt: skip
