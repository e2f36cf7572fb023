"""What waits for somebody at the curator's desk, the most pressing first."""

from django.urls import reverse

from reforms.admin.doubts import doubtful
from reforms.models import Claim, Finding, Proposal

PROPOSALS = {
    "waiting": ("proposal waits for an answer", "proposals wait for an answer"),
    "sent_back": ("proposal sent back", "proposals sent back"),
}
FINDINGS = ("finding of the audit unanswered", "findings of the audit unanswered")
CLAIMS = {"in_review": ("claim in review", "claims in review"), "draft": ("draft", "drafts")}


def queues(user):
    """Return what waits: a list of (label, how many, address), for whoever may look at it."""
    claims, proposals = reverse("admin:reforms_claim_changelist"), reverse("admin:reforms_proposal_changelist")
    found = []
    if user.has_perm("reforms.view_claim"):
        found.append(("public and in doubt", doubtful(), reverse("admin:reforms_doubts")))
    if user.has_perm("reforms.view_proposal"):
        found += [_queue(Proposal, state, labels, proposals) for state, labels in PROPOSALS.items()]
    if user.has_perm("reforms.view_claim"):
        found += [_queue(Claim, state, labels, claims) for state, labels in CLAIMS.items()]
    if user.has_perm("reforms.view_finding"):
        count = Finding.objects.unanswered().count()
        found.append((FINDINGS[count != 1], count, reverse("admin:reforms_finding_changelist")))
    return found


def _queue(model, state, labels, address):
    count = model._default_manager.filter(state=state).count()
    return labels[count != 1], count, f"{address}?state__exact={state}"
