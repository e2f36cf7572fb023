"""What waits at the curator's desk, ordered by harm.

What readers see now and is wrong comes first: it misleads somebody at this moment. Then what readers see and may be
wrong. Then what a colleague waits for, who cannot go on. Last what is unfinished: it misleads nobody, it is missing.
"""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from reforms.admin.doubts import doubtful
from reforms.coverage import NEWEST_SOURCES, most_open
from reforms.editions import needs_person
from reforms.models import AuditRun, Claim, Finding, Proposal
from reforms.waiting import NEWEST_CLAIMS, about_no_reform, begun_by, beyond, counted, in_review, newest
from sources.models import ChangeSet, Source

WRONG, DOUBTFUL = "Public and wrong", "Public and in doubt"
WAITED_FOR, UNFINISHED = "Somebody waits for it", "Unfinished"
IN_REVIEW, OPEN, NO_REFORM = "claims in review", "sources with open paragraphs", "claims about no reform"
OPEN_QUERY = "?open=newest"
SHOWN = 6  # sources, and change sets


@dataclass
class Queue:
    """One queue: what it is called, of one and of several, where it is listed, and what is in it."""

    harm: str
    one: str
    many: str
    url: str
    found: list[QuerySet] = field(default_factory=list)
    count: int = 0
    note: str = ""

    @property
    def label(self):
        return self.one if self.count == 1 else self.many


def desk(user):
    """Return what waits, as far as `user` may see it, in a few queries however much there is.

    Context: `groups`, each harm with its Queues that hold something, the most pressing first; `empty`, the other
    Queues; `worst`, the sources with the most open paragraphs (see `most_open`), and `worst_url`, where all are;
    `audit`, the last AuditRun, None where it has not run, and `audit_url`, "" where it is not to be seen; `changes`,
    the latest change sets.
    """
    sees_sources, sees_audit = user.has_perm("sources.view_source"), user.has_perm("reforms.view_finding")
    worst = most_open() if sees_sources else []
    queues = _filled(user, worst)
    waiting = [queue for queue in queues if queue.count]
    return {
        "groups": [(harm, list(own)) for harm, own in groupby(waiting, lambda queue: queue.harm)],
        "empty": [queue for queue in queues if not queue.count],
        "worst": worst[:SHOWN],
        "worst_url": f"{reverse('admin:sources_source_changelist')}{OPEN_QUERY}",
        "audit": AuditRun.objects.first() if sees_audit else None,
        "audit_url": reverse("admin:reforms_finding_changelist") if sees_audit else "",
        "changes": ChangeSet.objects.select_related("by")[:SHOWN] if user.has_perm("sources.view_changeset") else [],
    }


def _filled(user, worst):
    """Return the queues that `user` may see, counted. `worst`: see `most_open`."""
    queues = [queue for permission, queue in _queues(user) if user.has_perm(permission)]
    asked = [(queue.many, found) for queue in queues for found in queue.found]
    older = {OPEN: (Source.objects.documents(), NEWEST_SOURCES), NO_REFORM: (Claim.objects.all(), NEWEST_CLAIMS)}
    count = counted([*asked, *((f"older {name}", beyond(*looked_at)) for name, looked_at in older.items())])
    for queue in queues:
        queue.count = len(worst) if queue.many == OPEN else count[queue.many]
        if count[f"older {queue.many}"]:
            queue.note = f"of the {older[queue.many][1]} newest"
        if queue.many == IN_REVIEW and queue.count and (submitted := in_review()[0].submitted):
            queue.note = f"the first since {date_format(submitted, 'j F Y')}"
    return queues


def _queues(user):
    """Return every queue with the permission to see it, the most pressing first."""
    return [*_seen_by_readers(), *_waited_for(), *_unfinished(user)]


def _seen_by_readers():
    doubts, editions = reverse("admin:reforms_doubts"), reverse("admin:reforms_claim_editions")
    return [
        ("reforms.view_finding", _found(WRONG, "broken")),
        ("reforms.view_claim", Queue(DOUBTFUL, "record in doubt", "records in doubt", doubts, doubtful())),
        ("reforms.view_claim", Queue(
            DOUBTFUL, "citation that needs a person", "citations that need a person", editions, [needs_person()],
        )),
        ("reforms.view_finding", _found(DOUBTFUL, "doubtful")),
    ]  # fmt: skip


def _waited_for():
    proposals, states = reverse("admin:reforms_proposal_changelist"), Proposal.State
    review = f"{reverse('admin:reforms_claim_changelist')}?state__exact=in_review"
    return [
        ("reforms.view_proposal", Queue(
            WAITED_FOR, "proposal to answer", "proposals to answer", f"{proposals}?state__exact=waiting",
            [Proposal.objects.filter(state=states.WAITING)],
        )),
        ("reforms.view_claim", Queue(
            WAITED_FOR, "claim in review", IN_REVIEW, review, [Claim.objects.filter(state=Claim.State.IN_REVIEW)],
        )),
        ("reforms.view_proposal", Queue(
            WAITED_FOR, "proposal sent back", "proposals sent back", f"{proposals}?state__exact=sent_back",
            [Proposal.objects.filter(state=states.SENT_BACK)],
        )),
    ]  # fmt: skip


def _unfinished(user):
    claims, sources = reverse("admin:reforms_claim_changelist"), reverse("admin:sources_source_changelist")
    drafts = Claim.objects.filter(begun_by(user), state=Claim.State.DRAFT)
    return [
        ("reforms.view_claim", Queue(
            UNFINISHED, "draft of mine", "drafts of mine", f"{claims}?state__exact=draft&begun=me", [drafts],
        )),
        ("sources.view_source", Queue(
            UNFINISHED, "source not accepted yet", "sources not accepted yet", f"{sources}?accepted__exact=0",
            [Source.objects.filter(accepted=False)],
        )),
        ("sources.view_source", Queue(UNFINISHED, "source with open paragraphs", OPEN, f"{sources}{OPEN_QUERY}")),
        ("reforms.view_finding", _found(UNFINISHED, "unfinished")),
        ("reforms.view_claim", Queue(
            UNFINISHED, "claim about no reform", NO_REFORM, f"{claims}?about=newest",
            [about_no_reform(newest(Claim.objects.all(), NEWEST_CLAIMS))],
        )),
    ]  # fmt: skip


def _found(harm, severity):
    words = f"{severity} finding of the audit", f"{severity} findings of the audit"
    address = f"{reverse('admin:reforms_finding_changelist')}?answered=no&severity={severity}"
    return Queue(harm, *words, address, [Finding.objects.unanswered().filter(severity=severity)])
