"""Every reform, law, actor and event is named by a claim.

What no claim names rests on no source, and no reader sees it: curating it is not finished.
"""

from reforms.audit.names import named
from reforms.models import Actor, Event, Finding, Law, Reform, Severity

SEVERITY = Severity.UNFINISHED


def find():
    for model in (Reform, Law, Actor, Event):
        for slug in model._default_manager.filter(claim_links=None).values_list("slug", flat=True).iterator():
            yield Finding(record=named(model, slug), message=f"No claim names this {model._meta.verbose_name}.")
