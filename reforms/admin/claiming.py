"""The page on which words of a source are claimed: as a new claim, as evidence of one, or marked as carrying none."""

from dataclasses import dataclass
from itertools import pairwise

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html

from reforms import claiming
from reforms.admin import finding
from reforms.admin.changes import PERMISSION as MAY_UNDO
from reforms.admin.refusing import refuse
from reforms.in_hand import InHand, in_hand
from reforms.models import Citation, Claim, NoClaim, Proposal
from sources.anchoring import AnchorError, QuoteAmbiguous

REVIEW = "admin:reforms_claim_review"
AIMS = ("claim", "evidence", "mark")  # what one came for: where the page begins
# What each button needs beside the right to claim.
NEEDS = {"draft": (), "submit": ("reforms.change_claim",), "evidence": ("reforms.change_claim",),
         "mark": ("reforms.add_noclaim",)}  # fmt: skip


def number(text):
    """An offset as it was posted, None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _area(rows):
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


class ClaimingForm(forms.Form):
    """The words, what is claimed on them, and how they carry it. What is missing is said by the records' own rules."""

    start = forms.CharField(required=False, widget=forms.HiddenInput)
    end = forms.CharField(required=False, widget=forms.HiddenInput)
    quote = forms.CharField(label="Words", required=False, strip=False, widget=_area(3))
    prefix = forms.CharField(required=False, strip=False)  # type: ignore[assignment]
    suffix = forms.CharField(required=False, strip=False)
    stance = forms.ChoiceField(choices=Citation.Stance)
    strength = forms.ChoiceField(choices=Citation.Strength)
    text = forms.CharField(label="One fact, in your own words", required=False, widget=_area(3))
    kind = forms.ChoiceField(choices=Claim.Kind, required=False, widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False, widget=_area(1))
    reason = forms.ChoiceField(choices=NoClaim.Reason, required=False, widget=forms.RadioSelect)
    mark_note = forms.CharField(label="Note", required=False, widget=_area(1))

    def __init__(self, paragraph, *args, aim="claim", **kwargs):
        super().__init__(*args, **kwargs)
        self.paragraph, self.repeats = paragraph, False
        if aim == "claim" and not self.is_bound:
            self.fields["text"].widget.attrs["autofocus"] = True

    def words(self):
        """Return the Words that the quote is. Errors: AnchorError."""
        given = {name: self[name].value() or "" for name in ("start", "end", "quote", "prefix", "suffix")}
        given["quote"] = given["quote"].replace("\r\n", "\n").strip("\n")  # as a browser posts what stands in a box
        given |= {name: number(str(given[name])) for name in ("start", "end")}
        try:
            return claiming.chosen(self.paragraph, **given)
        except QuoteAmbiguous:
            self.repeats = True
            raise

    def refuse(self, error):
        """Show `error` (ValidationError or AnchorError) where it belongs."""
        if isinstance(error, AnchorError):
            self.add_error("quote", str(error))
        else:
            refuse(self, error)

    @property
    def cited(self):
        return {name: self.cleaned_data[name] for name in ("stance", "strength")}


@dataclass(frozen=True)
class Piece:
    """A piece of a paragraph between two edges: `lit`, one of the chosen words; `refs`, what stands on it already."""

    text: str
    lit: bool
    refs: str


def pieces(text, words, standing):
    """Cut `text` at the edges of the chosen `words` (Words or None) and of what stands there (each with a span)."""
    spans = [(one.start, one.end, one.name) for one in standing if one.start is not None]
    chosen = [(words.start, words.end)] if words else []
    edges = sorted({0, len(text), *(edge for start, end, *_ in [*spans, *chosen] for edge in (start, end))})
    return [
        Piece(
            text[start:end],
            any(first <= start and end <= last for first, last in chosen),
            ", ".join(dict.fromkeys(name for first, last, name in spans if first <= start and end <= last)),
        )
        for start, end in pairwise(edges)
    ]


def aimed(address, paragraph):
    """What the address of the page chose, as the form begins: its words, or the whole paragraph where it names none.

    Of many words it carries how they begin (`quote`) and how they end (`to`): the server knows what is between.
    """
    quote, to = address.get("quote", ""), address.get("to", "")
    start, end = number(address.get("start", "")), number(address.get("end", ""))
    if not quote:
        words = claiming.whole(paragraph)
        start, end, quote = words.start, words.end, words.quote
    elif to:
        between = paragraph.text[start or 0 : end or 0]
        quote = between if between.startswith(quote) and between.endswith(to) else f"{quote} … {to}"
    return {"start": start, "end": end, "quote": quote, "stance": "supports", "strength": "states"}


def standing_on(paragraph):
    """What stands on words of `paragraph`: the public claims, and what is in hand; a list of InHand."""
    public = Citation.objects.public().filter(paragraph=paragraph).select_related("claim").order_by("start", "end")
    told = [
        InHand(
            paragraph.number, one.claim.ref, one.claim.get_state_display(), one.claim.get_absolute_url(),
            one.claim.text, one.quote, one.start, one.end,
        )
        for one in public
    ]  # fmt: skip
    return told + in_hand(paragraph.source, paragraph.number)


class ClaimingView(admin.ModelAdmin):
    """The page on which words are claimed, and what it asks for as one types."""

    def get_urls(self):
        view, found = (self.admin_site.admin_view(one) for one in (self.claiming_view, self.found_view))
        own = [path("claiming/", view, name="reforms_claiming"), path("claiming/found/", found, name="reforms_found")]
        return [*own, *super().get_urls()]

    def claiming_view(self, request):
        """A POST does what its button says, and leads back to the text. Context: see `_claiming_context`."""
        if not request.user.has_perm(claiming.PERMISSION):
            raise PermissionDenied
        paragraph = claiming.paragraph_at(request.GET.get("at", ""))
        if paragraph is None:
            raise Http404
        aim = request.GET.get("for", "") if request.GET.get("for") in AIMS else "claim"
        form = ClaimingForm(paragraph, request.POST or None, initial=aimed(request.GET, paragraph), aim=aim)
        act = "evidence" if "evidence" in request.POST else request.POST.get("act", "")
        if act in NEEDS and form.is_valid():
            if not request.user.has_perms(NEEDS[act]):
                raise PermissionDenied
            try:
                self._tell(request, *getattr(self, f"_{act}")(request, form))
            except (ValidationError, AnchorError) as error:
                form.refuse(error)
            else:
                return HttpResponseRedirect(paragraph.get_absolute_url())
        return render(request, "admin/claiming.html", self._claiming_context(request, form, aim))

    def found_view(self, request):
        """What was found for `?q=`, as a piece of the page: `?of=claims`, or what claims are about."""
        if not request.user.has_perm(claiming.PERMISSION):
            raise PermissionDenied
        question = request.GET.get("q", "")
        if request.GET.get("of") == "claims":
            claims = finding.claims_found(question)
            return render(request, "admin/desk/candidates.html", {"claims": claims, "asked": question, "aim": ""})
        subjects = finding.subjects_found(question)
        return render(request, "admin/desk/subjects.html", {"subjects": subjects, "asked": question})

    def _claiming_context(self, request, form, aim):
        """Context: `paragraph`, `form`, `aim` (one of AIMS), `address`, where the words may be looked up in the text;
        `pieces` and `standing`; `refused`, why the quote cannot be cited; `near` and `found`, claims, for `asked`;
        `subjects`, what the claim can be about, for `asked_about`; `errors`; `may_mark`, `may_add`.
        """
        paragraph, post = form.paragraph, request.POST
        words, refused = None, ""
        try:
            words = form.words()
        except AnchorError as error:
            refused = str(error)
        standing, asked, about = standing_on(paragraph), post.get("find", ""), post.get("about", "")
        return {
            **self.admin_site.each_context(request), "title": f"Claim words of {paragraph.ref}", "opts": self.opts,
            "paragraph": paragraph, "form": form, "aim": aim,
            "errors": form.non_field_errors() if form.is_bound else [],
            "pieces": pieces(paragraph.text, words, standing), "standing": standing, "refused": refused,
            "near": finding.candidates(words) if words else [], "found": finding.claims_found(asked), "asked": asked,
            "subjects": subjects(post, words.quote if words else "", about), "asked_about": about,
            "may_add": request.user.has_perms(NEEDS["evidence"]), "may_mark": request.user.has_perms(NEEDS["mark"]),
        }  # fmt: skip

    def _draft(self, request, form, submitted=False):
        data, links = form.cleaned_data, finding.links(finding.subjects_chosen(request.POST))
        claim = Claim(text=data["text"], kind=data["kind"], note=data["note"])
        by, cited = request.user, form.cited
        made = claiming.new_claim(form.words(), claim, links, by=by, submitted=submitted, **cited)
        return made, "is in review: a second person publishes it." if submitted else "is a draft."

    def _submit(self, request, form):
        return self._draft(request, form, submitted=True)

    def _evidence(self, request, form):
        claim = Claim.objects.filter(ref=request.POST["evidence"].replace("\0", "")).first()
        if claim is None:
            raise ValidationError("This claim is no longer here.")
        made = claiming.add_evidence(form.words(), claim, by=request.user, **form.cited)
        waits = f"waits for a second person: {claim.ref} would cite these words."
        return made, waits if isinstance(made, Proposal) else "cites these words."

    def _mark(self, request, form):
        data = form.cleaned_data
        made = claiming.mark(form.paragraph, reason=data["reason"], note=data["mark_note"], by=request.user)
        return made, f"waits for a second person: ¶{form.paragraph.number} would carry no claim."

    def _tell(self, request, made, what):
        """Say in the reader what was saved, with the ways to look at it and to take it back."""
        root = made.claim if isinstance(made, Citation) else made
        look = root.get_absolute_url() if isinstance(root, Proposal) else reverse(REVIEW, args=[root.pk])
        changed = reverse("admin:sources_changeset_change", args=[made.history.latest("history_id").change_set_id])
        back = "Undo" if request.user.has_perm(MAY_UNDO) else "What was changed"
        links = ((look, "Look at it"), (changed, back))
        said = [format_html(' · <a href="{}">{}</a>', *link) for link in links]
        self.message_user(request, format_html("<b>{}</b> {}{}{}", made.ref, what, *said), messages.SUCCESS)


def subjects(post, quote, question):
    """What a claim can be about: what is ticked, then what was found, then what is near; each once."""
    offered = [*finding.subjects_chosen(post), *finding.subjects_found(question), *finding.subjects_near(quote)]
    return list({(one.name, one.slug): one for one in reversed(offered)}.values())[::-1]
