"""Proposals: what would change, word by word, and the answer of a second person."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from reforms import proposing
from reforms.admin.histories import HistoryView
from reforms.admin.records import ReadOnlyAdmin
from reforms.curated.writing import written
from reforms.differences import differences
from reforms.entries import find, kind_of
from reforms.histories import versions
from reforms.models import Claim, NoClaim, Proposal
from reforms.models.resting import resting_in_words
from sources.models import Paragraph

PERMISSION = "reforms.approve_proposal"
OPEN = (Proposal.State.WAITING, Proposal.State.SENT_BACK)
DONE = {
    Proposal.State.APPROVED: "is approved. Readers see it now.",
    Proposal.State.SENT_BACK: "is sent back. Its author sees why, and may improve it.",
    Proposal.State.WITHDRAWN: "is withdrawn. Nothing was changed.",
}


class AnswerForm(forms.Form):
    """The answer to a proposal, its reason, and what was public when it was looked at."""

    answer = forms.ChoiceField(choices=[(name, name) for name in ("approve", "send_back", "withdraw")])
    reason = forms.CharField(required=False)
    seen = forms.CharField(required=False)

    def give(self, proposal, user):
        """Give the answer. Errors: ValidationError; PermissionDenied where it is not this user's to give."""
        data = self.cleaned_data
        if data["answer"] == "withdraw":
            return proposing.withdraw(proposal, by=user, reason=data["reason"])
        if not user.has_perm(PERMISSION):
            raise PermissionDenied
        if data["answer"] == "send_back":
            return proposing.send_back(proposal, by=user, reason=data["reason"])
        return proposing.approve(proposal, by=user, seen=data["seen"])


@admin.register(Proposal)
class ProposalAdmin(HistoryView, ReadOnlyAdmin):
    """To be answered, never edited."""

    list_display = ["ref", "kind", "name", "state", "reason"]
    list_filter = ["state", "kind"]
    search_fields = ["ref", "name", "reason"]
    restores = False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Context: see `_context`."""
        proposal = self.get_object(request, object_id)
        if proposal is None:
            raise Http404
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        form = AnswerForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                form.give(proposal, request.user)
            except ValidationError as error:
                form.add_error(None, error)
                proposal = self.get_object(request, object_id)
            else:
                self.message_user(request, f"{proposal.ref} {DONE[proposal.state]}", messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:reforms_proposal_change", args=[proposal.pk]))
        return render(request, "admin/proposal.html", self._context(request, proposal, form))

    def _context(self, request, proposal, form):
        """Context: `proposal`, `proposer`, `answered` (the change set that answered it last), `root` (what it is on),
        `words` (those of a claim or paragraph), `changes`, `meanwhile`, `resting`, `seen`; of who asks: `may_answer`,
        `own`, `alone`, whether that needs a second person, and `following`, what they answer next, or None; `open`,
        `form`.
        """
        root, held = find(proposal.kind, proposal.name), written(proposal)
        now, author = proposing.public_now(proposal), proposing.proposer(proposal)
        open_now = proposal.state in OPEN
        may_answer, own = open_now and request.user.has_perm(PERMISSION), open_now and author == request.user
        return {
            **self.admin_site.each_context(request), "title": str(proposal), "opts": self.opts,
            "proposal": proposal, "proposer": author, "root": root, "open": open_now, "form": form,
            "answered": versions(proposal)[-1].change_set, "words": _words(proposal, root),
            "changes": differences(held.get("public"), held["proposed"]),
            "meanwhile": differences(held.get("public"), now) if open_now else [],
            "resting": resting_in_words(root) if isinstance(root, Claim) else [],
            "seen": proposing.fingerprint(proposal), "may_answer": may_answer, "own": own,
            "alone": may_answer and own and not settings.ONE_PERSON_TEAM,
            "following": _following(proposal, request.user),
        }  # fmt: skip


def _words(proposal, root):
    """Return what the claim says, or the paragraph to be marked, that it is on; "" of anything else."""
    if isinstance(root, Claim):
        return root.text
    if proposal.kind != kind_of(NoClaim):
        return ""
    slug, _, number = proposal.name.rpartition("#")
    return Paragraph.objects.filter(source__slug=slug, number=number).values_list("text", flat=True).first() or ""


def _following(proposal, user):
    """Return what somebody else proposed and `user` answers next, after the last the first; None where none waits."""
    if not user.has_perm(PERMISSION):
        return None
    waiting = Proposal.objects.waiting().exclude(pk=proposal.pk).order_by("pk")
    if not settings.ONE_PERSON_TEAM:
        own = Proposal.history.filter(id=OuterRef("pk"), history_type="+", change_set__by=user)
        waiting = waiting.filter(~Exists(own))
    return waiting.filter(pk__gt=proposal.pk).first() or waiting.first()
