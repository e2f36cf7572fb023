"""A received source as a draft: what was found, and its paragraphs, to be decided until it is accepted."""

import hashlib
import json

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models.functions import Length
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from reforms.admin.editions import told
from reforms.admin.paragraphs import Choice, not_stored, options, rows_of
from reforms.doubt import mark_superseded
from reforms.editions import carry_over
from reforms.near import near_sources
from sources.acceptance import accept
from sources.changes import change_set
from sources.models import Source
from sources.receiving import STATED, decide, kinds_of, read_again, redraw, start_again, undo_borders

SHOWN = 500
COLLIDED = (
    "Nothing was saved: somebody changed this draft since you opened it. What you chose and typed is still below, "
    "beside what is stored now. Look at both; saving again saves yours."
)
TAKEN = "Nothing was saved: somebody took the same slug, or superseded the same edition, just now. Try again."
SAID = {
    "undo": "The last change of borders is undone.",
    "again": "The draft is again as it was received. This can be undone.",
}


class DraftForm(forms.ModelForm):
    """What is known of a document beside its text."""

    supersedes = forms.ModelChoiceField(
        Source.objects.none(),
        required=False,
        to_field_name="slug",
        help_text="The slug of the edition before, where this is a newer one.",
        error_messages={"invalid_choice": "There is no accepted source with this slug."},
        widget=forms.TextInput,
    )

    class Meta:
        model = Source
        fields = [
            "name", "slug", "title", "author", "publisher", "language", "published", "published_note", "type",
            "interested_party", "rights", "show", "supersedes", "note",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supersedes"].queryset = Source.objects.accepted()  # type: ignore[attr-defined]
        self.initial["supersedes"] = self.instance.supersedes
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs |= {"rows": 2}

    def clean_supersedes(self):
        older = self.cleaned_data["supersedes"]
        if older and Source.objects.filter(supersedes=older).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Another source supersedes that one already.")
        return older

    def beside(self, stored):
        """Yield (field, what is stored where something else was typed, else None) for each field."""
        kept = DraftForm(instance=stored)
        for field in self:
            was, typed = (str(one[field.name].value() or "").replace("\r\n", "\n") for one in (kept, self))
            yield field, (was or "nothing") if typed != was else None


def seal(source):
    """Return what somebody sees who opens a draft, as a short text: another one after any change of it."""
    state = json.dumps([source.draft, _known(source)], sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()


def _known(source):
    return [source.text_sha256, *(str(source.serializable_value(name)) for name in DraftForm._meta.fields or ())]


class Collided(ValidationError):
    """The draft is not any more what its page was opened with."""


class DraftView(admin.ModelAdmin):
    """The page of a draft. Every POST keeps all that was chosen on the page, whatever else it does."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.accept_view)
        return [path("<int:pk>/accept/", view, name="sources_source_accept"), *super().get_urls()]

    def accept_view(self, request, pk):
        source = _draft(pk)
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        if source.accepted:
            self.message_user(request, f"{source} is accepted. Nothing of it changes any more.", messages.WARNING)
            return HttpResponseRedirect(reverse("admin:sources_source_change", args=[pk]))
        if request.method != "POST":
            return self._draw(request, source, DraftForm(instance=source), Choice())
        act, _, what = request.POST.get("act", "").partition(" ")
        choice = Choice.of(request.POST)
        newer = _newer(what, request.POST.get("name", "")) if act == "newer" else {}
        form = DraftForm(request.POST.dict() | newer, instance=source)
        reason = f"{'Accepted' if act == 'accept' else 'Changed the draft of'} the source {source.slug}."
        number = int(what) if what.isdecimal() and len(what) < 8 else 0
        try:
            again = read_again(source) if act == "again" else None  # before anybody else has to wait
            with change_set(by=request.user, reason=reason):
                carried = self._act(source, form, choice, (act, number, again), request)
        except (ValidationError, IntegrityError) as error:
            refused = error if isinstance(error, ValidationError) else ValidationError(TAKEN)
            return self._draw(request, _draft(pk), form, choice, refused)
        self.message_user(request, _said(source, act), messages.SUCCESS)
        if carried and source.supersedes:
            self.message_user(request, told(carried, source.supersedes), messages.INFO)
        return HttpResponseRedirect(_next(source, act, number, request))

    def _act(self, source, form, choice, act, request):
        """Keep what the page says, and do `act`. Return what a newer edition carried over, None where nothing did.

        Errors: ValidationError; Collided where the draft was changed.
        """
        held = Source.objects.select_for_update().defer("received").filter(pk=source.pk, accepted=False).first()
        if held is None or seal(held) != request.POST.get("seen"):
            raise Collided(COLLIDED)
        if not form.is_valid():
            raise ValidationError("Nothing was saved. Mend what is marked below.")
        (act, number, again), last = act, len(kinds_of(source))
        decide(source, choice.decided() | (choice.at_once(last) if act == "kinds" else {}))
        redraw(source, choice.texts, choice.together(last) if act == "together" else [number] if act == "join" else [])
        if act == "undo":
            undo_borders(source)
        if again:
            start_again(source, again)
        if act == "accept":
            accept(source, seen=held.text_sha256)
            carried = carry_over(source, by=request.user)
            mark_superseded(source)
            return carried
        _save(source, held)
        return None

    def _draw(self, request, source, form, choice, error=None):
        """Context: see admin/accept.html."""
        collided = isinstance(error, Collided)
        moved = collided and request.POST.get("text_sha256") != source.text_sha256
        shown = Choice() if moved else choice
        page = Paginator(range(len(kinds_of(source))), SHOWN).get_page(request.GET.get("page"))
        same = Source.objects.filter(text_sha256=source.text_sha256).exclude(pk=source.pk).defer("text", "received")
        context = {
            **self.admin_site.each_context(request), "title": f"Draft: {source}", "opts": self.opts, "source": source,
            "errors": error.messages if error else [], "seen": seal(source), "page": page, "choice": shown,
            "rows": rows_of(source, shown, page.start_index(), SHOWN), "several": options(shown.several),
            "lost": not_stored(source, choice) if moved else [],
            "fields": list(form.beside(source)) if collided else [(field, None) for field in form],
            "found": [one | {"label": _label(one["name"])} for one in source.draft.get("found", [])],
            "near": near_sources(source.text, leaving_out=[source.pk]), "same": same, "draft": source.draft,
        }  # fmt: skip
        return render(request, "admin/accept.html", context)


def _newer(slug, name):
    """What makes a draft called `name` the next edition of a source; readers have to tell the two apart by name."""
    same = Source.objects.filter(slug=slug, name=name).exists()
    return {"supersedes": slug} | ({"name": f"{name[:80]}, newer edition"} if same else {})


def _draft(pk):
    """The source, without the bytes that were received: `size` says how many they are."""
    sources = Source.objects.defer("received").annotate(size=Length("received"))
    return get_object_or_404(sources.select_related("supersedes"), pk=pk)


def _save(source, held):
    """Save a draft where it changed. The history, which keeps neither text nor draft, is told what it would know of."""
    if _known(source) != _known(held):
        source.save()
    elif source.draft != held.draft:
        source.save_without_historical_record()


def _label(name):
    return label_for_field(name, Source) if name in STATED else name


def _said(source, act):
    if act == "accept":
        return f"Accepted {source.paragraphs.count()} paragraphs."
    return SAID.get(act, "The draft is saved.")


def _next(source, act, number, request):
    """Where to go after `act`: to the same place of the same page, or to the page or paragraph that was asked for."""
    if act == "accept":
        return reverse("admin:sources_source_change", args=[source.pk])
    if not number or act not in ("page", "split", "join"):
        return request.get_full_path()
    near = max(1, number - (act == "join"))
    page, place = (number, "") if act == "page" else ((near - 1) // SHOWN + 1, f"#p{near}")
    return f"{reverse('admin:sources_source_accept', args=[source.pk])}?page={page}{place}"
