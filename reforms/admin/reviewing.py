"""The review page of a claim: all that a second person has to see, and the ways from here."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from reforms import doubt, merging, publishing
from reforms.editions import needs_person, tie
from reforms.models import Claim, Proposal
from reforms.models.resting import resting_in_words
from reforms.opened import changed_since, seal
from reforms.waiting import next_in_review
from sources.changes import change_set


@dataclass(frozen=True)
class Way:
    """One way from a state: who may go it, what comes of it (`hint`), what is said then (`done`)."""

    label: str
    state: str
    permission: str
    act: Any
    hint: str
    done: str
    needs_reason: bool = False


WAYS = {
    "submit": Way(
        "Submit for review", "draft", "reforms.change_claim", publishing.submit,
        "It waits for a second person.", "is in review. A second person looks at it and publishes it.",
    ),
    "publish": Way(
        "Publish", "in_review", "reforms.publish_claim", publishing.publish,
        "Readers see it at once.", "is published. Readers see it now.",
    ),
    "send_back": Way(
        "Send back", "in_review", "reforms.publish_claim", publishing.send_back,
        "It is a draft again, and its author reads the reason.", "is a draft again. Its author sees why.", True,
    ),
    "retract": Way(
        "Retract", "published", "reforms.retract_claim", publishing.retract,
        "Its address tells the reason from now on, and what rests on it is hidden with it.",
        "is retracted. Its address tells why; its history can bring it back.", True,
    ),
    "merge": Way(
        "Merge into another claim", "published", "reforms.merge_claim", merging.merge,
        "Its citations and links are added to the other claim, and its address leads there for good.",
        "is merged. Its address leads to the other claim.", True,
    ),
    "clear": Way(
        "Clear the doubt", "", "reforms.clear_taint", doubt.clear,
        "The mark that readers see is taken off.", "is not in doubt any more.", True,
    ),
}  # fmt: skip
MANY = {
    "submit": "are in review. A second person looks at them and publishes them.",
    "publish": "are published. Readers see them now.",
    "send_back": "are drafts again. Their authors see why.",
    "retract": "are retracted. Their addresses tell why; their histories can bring them back.",
}
CONTEXT = 300  # characters shown of a paragraph on each side of a quote


def around(citation):
    """Return the words before and after the quote of `citation`, cut between words where they are many."""
    text = citation.paragraph.text
    before, after = text[: citation.start], text[citation.end :]
    if len(before) > CONTEXT:
        before = f"… {before[-CONTEXT:].partition(' ')[2]}"
    if len(after) > CONTEXT:
        after = f"{after[:CONTEXT].rpartition(' ')[0]} …"
    return before, after


def ways(claim, user):
    """Return the ways that `user` has from where `claim` stands: name to Way."""
    return {
        name: way
        for name, way in WAYS.items()
        if user.has_perm(way.permission) and (way.state == claim.state or (name == "clear" and claim.taint))
    }


class WayForm(forms.Form):
    """Which way, why, and what was looked at."""

    way = forms.ChoiceField(choices=[(name, way.label) for name, way in WAYS.items()])
    reason = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    into = forms.CharField(required=False)
    seen = forms.CharField()

    def go(self, claim, user):
        """Go the way. Errors: ValidationError; PermissionDenied where `user` does not have it."""
        data = self.cleaned_data
        if not user.has_perm(WAYS[data["way"]].permission):
            raise PermissionDenied
        more: dict[str, Any] = {}
        if data["way"] == "merge":
            more["into"] = Claim.objects.filter(ref=data["into"].strip()).first()
            if more["into"] is None:
                raise ValidationError(f"No claim is called “{data['into']}”.")
        with transaction.atomic():
            keys = [claim.pk, *(other.pk for other in more.values())]
            held = {one.pk: one for one in Claim.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
            self._refuse_unseen(held[claim.pk])
            WAYS[data["way"]].act(held[claim.pk], by=user, reason=data["reason"], **more)

    def _refuse_unseen(self, claim):
        try:
            changed = bool(changed_since(self.cleaned_data["seen"], claim))
        except ValueError:
            changed = True
        if changed:
            raise ValidationError(f"{claim.ref} was changed since you looked at it. Look at it again.")


class ReviewView(admin.ModelAdmin):
    """The review page, and actions that take several claims one way as one change."""

    actions = ["submit_selected", "publish_selected", "send_back_selected", "retract_selected"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.review_view)
        return [path("<int:pk>/review/", view, name="reforms_claim_review"), *super().get_urls()]

    def review_view(self, request, pk):
        """Context: see `_review_context`."""
        claim = get_object_or_404(Claim, pk=pk)
        if not self.has_view_or_change_permission(request, claim):
            raise PermissionDenied
        form = WayForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            following, _ = self._next(request, claim)
            try:
                form.go(claim, request.user)
            except ValidationError as error:
                form.add_error(None, error)
                claim = get_object_or_404(Claim, pk=pk)
            else:
                way = form.cleaned_data["way"]
                self.message_user(request, f"{claim.ref} {WAYS[way].done}", messages.SUCCESS)
                on = f"?next={following.ref if following else ''}" if WAYS[way].state == Claim.State.IN_REVIEW else ""
                return HttpResponseRedirect(reverse("admin:reforms_claim_review", args=[pk]) + on)
        return render(request, "admin/claim_review.html", self._review_context(request, claim, form))

    def _review_context(self, request, claim, form):
        """Context: `claim`, `citations` (each with the words before and after), `about` and `actors`, `resting`,
        `proposals`, `sent_back`, `refusals`; `left_behind` (keys of citations that need a person); `ways`, `own` (see
        `_own`), `may_edit`, `form`, `seen`; `following`, the next claim in review or None, `others`, how many wait, and
        `went_on`, whether one has just answered this one.
        """
        following, others = self._next(request, claim)
        return {
            **self.admin_site.each_context(request), "title": f"Review {claim.ref}", "opts": self.opts,
            "claim": claim, "citations": [(one, *around(one)) for one in tie(claim.citations.with_words())],
            "left_behind": set(needs_person().filter(claim=claim).values_list("pk", flat=True)),
            "form": form, "seen": seal(claim), "ways": ways(claim, request.user), "own": self._own(request, claim),
            "may_edit": self.has_change_permission(request, claim), "resting": resting_in_words(claim),
            "about": [
                (label, [str(getattr(link, name)) for link in links.select_related(name)])
                for label, name, links in (
                    ("Reforms", "reform", claim.reform_links), ("Laws", "law", claim.law_links),
                    ("Events", "event", claim.event_links),
                )
            ],
            "actors": claim.actor_links.select_related("actor"),
            "refusals": publishing.refusals(claim) if claim.state in ("draft", "in_review") else [],
            "sent_back": publishing.sent_back(claim),
            "proposals": Proposal.objects.unanswered().filter(kind="claim", name=claim.ref),
            "following": following, "others": others, "went_on": "next" in request.GET and request.method == "GET",
        }  # fmt: skip

    def _next(self, request, claim):
        """The next claim in review, for who reviews, and how many others wait. `?next=` keeps to it after an answer."""
        if not request.user.has_perm(WAYS["publish"].permission):
            return None, 0
        following, others = next_in_review(claim, request.user)
        named = Claim.objects.filter(ref=request.GET.get("next", ""), state=Claim.State.IN_REVIEW).exclude(pk=claim.pk)
        return named.first() or following, others

    def _own(self, request, claim):
        """Whether a second person has to publish it: who asks changed it last."""
        waits = claim.state == Claim.State.IN_REVIEW and not settings.ONE_PERSON_TEAM
        return waits and publishing.last_editor(claim) == request.user

    def get_actions(self, request):
        """Only the ways that who asks has."""
        found = super().get_actions(request)
        return {
            name: action
            for name, action in found.items()
            if (way := WAYS.get(name.removesuffix("_selected"))) is None or request.user.has_perm(way.permission)
        }

    @admin.action(description="Submit for review")
    def submit_selected(self, request, claims):
        self._go(request, claims, "submit", "Submitted several claims for review.")

    @admin.action(description="Publish")
    def publish_selected(self, request, claims):
        self._go(request, claims, "publish", "Published several claims.")

    @admin.action(description="Send back, with a reason …")
    def send_back_selected(self, request, claims):
        return self._ask_and_go(request, claims, "send_back")

    @admin.action(description="Retract, with a reason …")
    def retract_selected(self, request, claims):
        return self._ask_and_go(request, claims, "retract")

    def _ask_and_go(self, request, claims, name):
        """Ask for the reason first, on a page of its own; it comes back with it, and again where all refuse it."""
        reason = request.POST.get("way_reason", "").strip()
        if reason and self._go(request, claims, name, reason):
            return None
        context = {
            **self.admin_site.each_context(request), "title": WAYS[name].label, "opts": self.opts,
            "claims": [(claim, resting_in_words(claim)) for claim in claims.order_by("ref")],
            "action": f"{name}_selected", "reason": reason, "way": WAYS[name],
        }  # fmt: skip
        return render(request, "admin/claims_reason.html", context)

    def _go(self, request, claims, name, reason):
        """Take `claims` one way as one change set, and say which went. Return them."""
        gone = []
        with change_set(by=request.user, reason=reason):
            for claim in claims.order_by("ref"):
                try:
                    locked = Claim.objects.select_for_update().get(pk=claim.pk)
                    WAYS[name].act(locked, by=request.user, reason=reason)
                    gone.append(claim.ref)
                except ValidationError as error:
                    self.message_user(request, " ".join(error.messages), messages.ERROR)
        if gone:
            done = WAYS[name].done if len(gone) == 1 else MANY[name]
            self.message_user(request, f"{', '.join(gone)} {done}", messages.SUCCESS)
        return gone
