"""What the audit found, for curators: by severity and rule, with its reason; to be mended or answered."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from reforms.admin.histories import HistoryView
from reforms.admin.records import ReadOnlyAdmin
from reforms.audit import RULES, names
from reforms.audit.answering import LEFT_OVER, answer, take_back
from reforms.audit.running import run
from reforms.entries import kind_of, root_of
from reforms.models import AnsweredFinding, AuditRun, Finding, Severity
from sources.models import Paragraph, Source

SHOWN = 50
BY_NAME = {rule.name: rule for rule in RULES}
PERMISSIONS = {
    "run": "reforms.run_audit",
    "answer": "reforms.add_answeredfinding",
    "take_back": "reforms.delete_answeredfinding",
}
ANSWERED: dict[str, tuple[str, dict[str, Any]]] = {
    "no": ("unanswered", {"answer": ""}),
    "discrepancy": ("answered by a discrepancy", {"answer": Finding.Answer.DISCREPANCY}),
    "acknowledged": ("acknowledged", {"answer": Finding.Answer.ACKNOWLEDGED}),
    "all": ("all", {}),
}


class ChoiceForm(forms.Form):
    """Which findings to show; what is not chosen, or no choice, is left at the first."""

    answered = forms.ChoiceField(choices=[(key, words) for key, (words, _) in ANSWERED.items()], required=False)
    severity = forms.ChoiceField(choices=[("", "however bad"), *Severity.choices], required=False)
    rule = forms.ChoiceField(
        choices=[("", "every rule"), *((name, name.replace("_", " ")) for name in BY_NAME)], required=False
    )

    def chosen(self):
        """Return the choice as lookups."""
        data = self.cleaned_data if self.is_valid() else {}
        _, lookups = ANSWERED[data.get("answered") or "no"]
        return lookups | {name: data[name] for name in ("severity", "rule") if data.get(name)}


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    """The page of all findings. A POST runs the audit, answers a finding, or takes an answer back."""

    def changelist_view(self, request, extra_context=None):
        """Context: see `_context`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        errors: list[str] = []
        if request.method == "POST":
            try:
                said = self._act(request)
            except ValidationError as error:
                errors = error.messages
            else:
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(request.get_full_path())
        return render(request, "admin/audit.html", self._context(request, errors))

    def _act(self, request):
        """Do what was posted, and say so. Errors: ValidationError; PermissionDenied where who asks may not."""
        act, user = request.POST.get("act", ""), request.user
        if act not in PERMISSIONS or not user.has_perm(PERMISSIONS[act]):
            raise PermissionDenied
        if act == "run":
            run()
            left = Finding.objects.unanswered().count()
            return f"The audit ran. {left or 'No'} finding{'' if left == 1 else 's'} unanswered."
        key = request.POST.get("finding", "")
        finding = Finding.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        if finding is None:
            raise ValidationError("The audit ran again since you looked. Look at it again.")
        if act == "answer":
            answer(finding, by=user, reason=request.POST.get("reason", ""))
            return f"Answered: {finding}"
        take_back(finding, by=user)
        return f"The answer is taken back: {finding}"

    def _context(self, request, errors):
        """Context: `last` (AuditRun or None), `counts` (severity in words, unanswered, by discrepancy, acknowledged),
        `choice` (ChoiceForm), `page` (Page), `asked` (its address without the page), `groups` (see `_groups`),
        `may` (by act), `errors`, `typed` (the reason that was refused).
        """
        choice = ChoiceForm(request.GET or {"answered": "no"})
        found = Finding.objects.of_last_run().filter(**choice.chosen())
        page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
        asked = request.GET.copy()
        asked.pop("page", None)
        may = {act: request.user.has_perm(permission) for act, permission in PERMISSIONS.items()}
        return {
            **self.admin_site.each_context(request), "title": "What the audit found", "opts": self.opts,
            "last": AuditRun.objects.first(), "counts": _counts(), "choice": choice, "page": page,
            "asked": asked.urlencode(), "groups": _groups(list(page), may, request.POST), "may": may, "errors": errors,
        }  # fmt: skip


def _counts():
    """How many findings there are: (severity in words, of each way in which they are answered or not), by severity."""
    rows = Finding.objects.of_last_run().order_by().values_list("severity", "answer").annotate(n=Count("pk"))
    counted = {(severity, way): n for severity, way, n in rows}
    ways = ("", Finding.Answer.DISCREPANCY, Finding.Answer.ACKNOWLEDGED)
    return [(severity.label, *(counted.get((severity, way), 0) for way in ways)) for severity in Severity]


def _groups(findings, may, post):
    """Yield (rule, findings as the page shows them), in the order of `findings`."""
    places = _places({finding.record for finding in findings})
    return [
        (BY_NAME.get(name), [_row(finding, places, may, post) for finding in own])
        for name, own in groupby(findings, lambda finding: finding.rule)
    ]


def _row(finding, places, may, post):
    """One finding: where to mend it and where readers see it, what may be done, and the reason typed and refused."""
    rule = BY_NAME.get(finding.rule)
    left_over, acknowledged = finding.rule == LEFT_OVER, finding.answer == Finding.Answer.ACKNOWLEDGED
    form, page = places.get(finding.record, ("", ""))
    return {
        "finding": finding, "form": form, "page": page,
        "answerable": may["answer"] and rule is not None and rule.answerable and not finding.answer,
        "takes_back": may["take_back"] and (left_over or acknowledged),
        "typed": post.get("reason", "") if post.get("finding") == str(finding.pk) else None,
    }  # fmt: skip


def _places(wanted):
    """Return name to (address of the form, address of the public page or ""), in a few queries for each kind."""
    found = names.records(wanted)
    roots = {name: record if isinstance(record, Paragraph) else root_of(record) for name, record in found.items()}
    seen = set()
    for model in {type(root) for root in roots.values()}:
        keys = [root.pk for root in roots.values() if type(root) is model]
        seen |= {(model, pk) for pk in _shown(model, keys)}
    return {name: (_form(root), root.get_absolute_url() if _key(root) in seen else "") for name, root in roots.items()}


def _key(root):
    return type(root), root.pk


def _shown(model, keys):
    """Those of `keys` that have a page of their own which readers see."""
    if model in (Source, Paragraph):
        lookups = {"accepted": True} if model is Source else {"source__accepted": True}
        return model._default_manager.filter(pk__in=keys, **lookups).values_list("pk", flat=True)
    public = getattr(model._default_manager, "public", None)
    if public is None or not hasattr(model, "get_absolute_url"):
        return []
    return public().filter(pk__in=keys).values_list("pk", flat=True)


def _form(root):
    return reverse(f"admin:{root._meta.app_label}_{kind_of(root)}_change", args=[root.pk])


@admin.register(AnsweredFinding)
class AnsweredFindingAdmin(HistoryView, ReadOnlyAdmin):
    """Answers with a reason, whether anything is still found or not. They are given and taken back on the page."""

    list_display = ["rule", "record", "about", "reason"]
    list_filter = ["rule"]
    search_fields = ["record", "about", "reason"]
    restores = False


@admin.register(AuditRun)
class AuditRunAdmin(ReadOnlyAdmin):
    list_display = ["at", "seconds"]
