"""What a source tells as done is not dated after the last day on which the source can have been published.

A source can announce what is to come, but not report it. Such a date is misread, or the claim is one of something
planned.
"""

from django.db.models import F, Q

from reforms.audit.names import named
from reforms.models import Citation, Claim, Event, Finding, LawDate, Milestone, Severity
from reforms.stages import Stage

SEVERITY = Severity.DOUBTFUL
TOLD = (Claim.Kind.DONE, Claim.Kind.ADOPTED)
IN_FORCE = {
    Milestone: Q(stage__in=(Stage.IN_FORCE, Stage.IMPLEMENTED)),
    LawDate: Q(kind=LawDate.Kind.IN_FORCE),
    Event: Q(pk=None),  # a provision is no event
}


def find():
    for model in (Milestone, Event, LawDate):
        told = Q(claim__kind__in=TOLD) | Q(claim__kind=Claim.Kind.PROVISION) & IN_FORCE[model]
        yield from _after_publication(model, told)


def _after_publication(model, told):
    sources = "claim__citations__paragraph__source__"
    support = {"claim__state": Claim.State.PUBLISHED, "claim__citations__stance": Citation.Stance.SUPPORTS}
    later = model.objects.filter(told, **support, date_earliest__gt=F(f"{sources}published_latest"))
    key = model.KEY
    columns = (*key, "claim__ref", "date", f"{sources}slug", f"{sources}published")
    for *names, ref, date, slug, published in later.order_by(*key).values_list(*columns).distinct().iterator():
        record = named(model, *names)
        words = f"It is dated {date} ({record}), after {slug} was published ({published})."
        yield Finding(record=ref, about=f"{record}, {slug}", message=words, claims=[ref])
