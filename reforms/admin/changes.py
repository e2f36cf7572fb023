"""Change sets: what was changed together, and taking it back as one step."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

from reforms.admin.records import ReadOnlyAdmin
from reforms.touching import changed_by
from reforms.undoing import undo
from sources.models import ChangeSet

PERMISSION = "sources.undo_changeset"


class UndoForm(forms.Form):
    """Why a change set is taken back."""

    reason = forms.CharField(max_length=1000)


class PersonFilter(admin.RelatedOnlyFieldListFilter):
    """Those of one person, out of those who changed something."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "person"


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """What one change set did. A POST undoes it."""

    list_display = ["at", "kind", "person", "reason"]
    list_filter = ["kind", ("by", PersonFilter)]
    list_select_related = ["by"]
    search_fields = ["reason"]
    date_hierarchy = "at"

    @admin.display(description="by", ordering="by")
    def person(self, change_set):
        return change_set.who

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Context: `change_set`, `changed` (see `changed_by`), `undone_by`, `may_undo`, `form`."""
        change_set = self.get_object(request, object_id)
        if change_set is None:
            raise Http404
        if not self.has_view_permission(request, change_set):
            raise PermissionDenied
        may_undo = request.user.has_perm(PERMISSION)
        form = UndoForm(request.POST or None)
        if request.method == "POST":
            if not may_undo:
                raise PermissionDenied
            if form.is_valid() and (undone := self._undo(change_set, form, request)):
                return HttpResponseRedirect(reverse("admin:sources_changeset_change", args=[undone.pk]))
        context = {
            **self.admin_site.each_context(request), "title": capfirst(str(change_set)), "opts": self.opts,
            "change_set": change_set, "changed": changed_by(change_set), "may_undo": may_undo, "form": form,
            "undone_by": ChangeSet.objects.filter(undoes=change_set).first(),
        }  # fmt: skip
        return render(request, "admin/change_set.html", context)

    def _undo(self, change_set, form, request):
        try:
            undone = undo(change_set, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return None
        again = "" if change_set.kind == ChangeSet.Kind.LOAD else " It can be undone in turn."
        self.message_user(request, f"Undone, as one change.{again}", messages.SUCCESS)
        return undone
