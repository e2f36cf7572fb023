"""Everything that is in doubt, on one page, to be cleared by a named person with a reason."""

from itertools import chain, islice

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from reforms.doubt import clear
from reforms.entries import root_of
from reforms.models import Claim, Event, LawDate, LawLink, Milestone, Package, PackageItem, ParameterChange

KINDS = {
    model._meta.model_name: model
    for model in (Claim, Milestone, LawDate, LawLink, Package, PackageItem, ParameterChange, Event)
}
SHOWN = 100
PERMISSION = "reforms.clear_taint"


def doubts():
    """Every record that is in doubt, claims first, with the name of its kind."""
    return chain.from_iterable(
        ((kind, record) for record in model._default_manager.exclude(taint="").select_related(*_related(model)))
        for kind, model in KINDS.items()
    )


def _related(model):
    return [field.name for field in model._meta.fields if field.many_to_one]


def doubtful():
    """Return the querysets of what is in doubt, one for each kind."""
    return [model._default_manager.exclude(taint="") for model in KINDS.values()]


class DoubtsView(admin.ModelAdmin):
    """The page of all doubts. A POST clears one."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.doubts_view)
        return [path("doubts/", view, name="reforms_doubts"), *super().get_urls()]

    def doubts_view(self, request):
        """Everybody who sees claims sees what is in doubt. Context: see admin/doubts.html."""
        may_clear = request.user.has_perm(PERMISSION)
        if not (may_clear or self.has_view_or_change_permission(request)):
            raise PermissionDenied
        errors: list[str] = []
        if request.method == "POST":
            if not may_clear:
                raise PermissionDenied
            try:
                record = self._clear(request)
            except ValidationError as error:
                errors = error.messages
            else:
                self.message_user(request, f"{record} is not in doubt any more.", messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:reforms_doubts"))
        found = list(islice(doubts(), SHOWN + 1))
        context = {
            **self.admin_site.each_context(request), "title": "In doubt", "opts": self.opts, "errors": errors,
            "doubts": [_row(kind, record, request.POST) for kind, record in found[:SHOWN]],
            "more": len(found) > SHOWN, "may_clear": may_clear,
        }  # fmt: skip
        return render(request, "admin/doubts.html", context)

    def _clear(self, request):
        kind, _, key = request.POST.get("record", "").partition(" ")
        model = KINDS.get(kind)
        record = model._default_manager.filter(pk=key).first() if model and key.isdecimal() else None
        if record is None or record.taint != request.POST.get("taint", ""):
            raise ValidationError("This was changed since you looked. Look at it again.")
        clear(record, by=request.user, reason=request.POST.get("reason", ""))
        return record


def _row(kind, record, post):
    """One doubt as the page shows it, with the reason that was typed for it where clearing it was refused."""
    key = f"{kind} {record.pk}"
    typed = post.get("reason", "") if post.get("record") == key else ""
    return {
        "label": record._meta.verbose_name,
        "record": record,
        "url": _address(record),
        "key": key,
        "typed": typed,
    }


def _address(record):
    root = root_of(record)
    if isinstance(root, Claim):
        return reverse("admin:reforms_claim_review", args=[root.pk])
    return reverse(f"admin:reforms_{root._meta.model_name}_change", args=[root.pk])
