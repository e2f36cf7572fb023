"""What every record has in the admin: reasons, a guard against lost edits, proposals, and its history."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import DataError, OperationalError, models, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse

from reforms.admin.histories import HistoryView
from reforms.admin.typed import as_typed, with_rows_kept
from reforms.curated.writing import written
from reforms.editing import Waits, hold_numbers, wait, waits_for_another
from reforms.entries import kind_of, name_of, root_of
from reforms.models import Proposal
from reforms.opened import changed_since, seal
from reforms.proposing import proposer
from sources.changes import change_set

COLLIDED = (
    "Nothing was saved: somebody changed this since you opened it. What changed is listed above; what you typed is "
    "still below. Look at both; saving again saves yours."
)
RESUMED = "resumed"  # in the place of a seal: the form is filled with what was proposed
NOT_OPENED = "Nothing was saved: this form was not opened here. Open the record again."


class RecordForm(forms.ModelForm):
    """A form that also asks why, and that is stopped where the record changed since it was opened."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    change_reason = forms.CharField(
        required=False,
        label="Reason for this change",
        help_text="Kept in the history.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.collision, self.resumed = [], False
        if self.instance.pk and not self.is_bound:
            self.initial["opened"] = seal(self.instance)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            self._stop_lost_edits()
        return cleaned

    def _stop_lost_edits(self):
        if self.data.get("opened") == RESUMED:
            self.resumed = True
            self._reopen("Nothing is saved yet: this is what you proposed. Change it, and propose it again.")
            return
        try:
            self.collision = changed_since(self.data.get("opened", ""), self.instance)
        except ValueError:
            self.add_error(None, NOT_OPENED)
            return
        if self.collision:
            self._reopen(COLLIDED)

    def _reopen(self, why):
        """Stop here, and let the next save count from what is stored now."""
        self.add_error(None, why)
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["opened"] = seal(stored)  # type: ignore[index]


class RecordAdmin(HistoryView):
    """Every POST is one change set: by whom, when, and why. A change to what is public waits as a proposal."""

    form = RecordForm
    change_form_template = "admin/record_form.html"
    save_on_top = True
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}}
    waits = True

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name != "opened"]

    def has_delete_permission(self, request, obj=None):
        """One record at a time."""
        return super().has_delete_permission(request, obj) and obj is not None

    def view_on_site(self, record):
        """The public page, where there is one."""
        public = getattr(type(record).objects, "public", None)
        shown = hasattr(record, "get_absolute_url") and public and public().filter(pk=record.pk).exists()
        return record.get_absolute_url() if shown else None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        record = self.get_object(request, unquote(object_id)) if object_id else None
        waits = self.waits and record is not None
        public = waits and waits_for_another(record)
        told = (extra_context or {}) | self.told(record, public)
        if request.method != "POST":
            if waits and (proposal := self.resumed(request, record)):
                return self._resume(request, record, proposal, told)
            return super().changeform_view(request, object_id, form_url, told)
        before = (name_of(record), written(record)) if waits else ("", None)
        with transaction.atomic():
            if record is not None:  # two who save at once wait for each other here
                self.model._default_manager.select_for_update().filter(pk=record.pk).order_by("pk").values("pk").first()
                request.POST = with_rows_kept(request.POST, self._formsets(request, record))
            request.is_public_entry = public
            if self.waits:
                hold_numbers(self.model, record)
            try:
                with change_set(by=request.user, reason=request.POST.get("change_reason", "")):
                    return super().changeform_view(request, object_id, form_url, told)
            except Waits as waiting:
                return self._propose(request, record, before, waiting)

    def _formsets(self, request, record):
        return [formset for formset, _ in self.get_formsets_with_inlines(request, record)]

    def resumed(self, request, record):
        """The proposal that `?proposal=P0003` names, where it is one's own, on this record, and not answered yet."""
        found = Proposal.objects.unanswered().filter(
            ref=request.GET.get("proposal", ""), kind=kind_of(record), name=name_of(record)
        )
        return next((proposal for proposal in found if proposer(proposal) == request.user), None)

    def _resume(self, request, record, proposal, told):
        """Show the form as it was typed to make `proposal`. Nothing is saved: it is answered as not yet complete."""
        form = self.get_form(request, record, change=True)
        try:
            typed = as_typed(proposal, record, form.base_fields, self._formsets(request, record))
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(proposal.get_absolute_url())
        typed["opened"] = RESUMED
        _ = request.FILES  # once the method is POST, reading them would read the body and forget what was typed
        request.method, request.POST = "POST", typed
        return self._changeform_view(request, str(record.pk), "", told)  # type: ignore[attr-defined]

    def told(self, record, public):
        """What the form says about the record before it is changed.

        Context: `proposes`, `waiting` (proposals); of a claim `resting` (names of what rests on it), `sent_back`.
        """
        waiting = Proposal.objects.none()
        if record is not None and self.waits:
            waiting = Proposal.objects.unanswered().filter(kind=kind_of(record), name=name_of(record))
        return {"proposes": public, "waiting": waiting, "resting": [], "sent_back": None}

    def response_add(self, request, obj, post_url_continue=None):
        self._wait_if_public(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        self._wait_if_public(request, obj)
        return super().response_change(request, obj)

    def _wait_if_public(self, request, record):
        if self.waits and (request.is_public_entry or waits_for_another(record)):
            raise Waits(name_of(record), written(record))

    def _propose(self, request, record, before, waiting):
        reason = request.POST.get("change_reason", "")
        resumed = record is not None and self.resumed(request, record)
        proposal = wait(
            kind_of(self.model), before, waiting, by=request.user, reason=reason, instead_of=resumed or None
        )
        if proposal is None:
            self.message_user(request, "Nothing was changed.", messages.INFO)
            return HttpResponseRedirect(request.path)
        said = f"{proposal.ref} waits for a second person to approve it. What is public is unchanged."
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(proposal.get_absolute_url())

    def delete_view(self, request, *args, **kwargs):
        return as_change_set(super().delete_view, request, *args, **kwargs)

    def get_changelist_instance(self, request):
        """Errors: IncorrectLookupParameters also where the database cannot ask what the address asks."""
        try:
            return super().get_changelist_instance(request)
        except (DataError, OperationalError, OverflowError, TypeError) as error:
            raise IncorrectLookupParameters from error

    def changelist_view(self, request, *args, **kwargs):
        return as_change_set(super().changelist_view, request, *args, **kwargs)


def as_change_set(view, request, *args, **kwargs):
    """Answer a POST as one change set of who asks."""
    if request.method != "POST":
        return view(request, *args, **kwargs)
    with change_set(by=request.user, reason=request.POST.get("change_reason", "")):
        return view(request, *args, **kwargs)


class ReadOnlyAdmin(admin.ModelAdmin):
    """To be looked at only."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OwnedAdmin(ReadOnlyAdmin):
    """To be looked at only; deleted only along with the record that owns it, whose history is its own."""

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        root = root_of(record) if record else None
        if root is None or root == record or not self.has_view_permission(request, record):
            return super().history_view(request, object_id, extra_context)
        return HttpResponseRedirect(reverse(f"admin:{root._meta.app_label}_{kind_of(root)}_history", args=[root.pk]))

    def has_delete_permission(self, request, obj=None):
        own = f"_{self.opts.model_name}_" in request.resolver_match.url_name
        return not own and admin.ModelAdmin.has_delete_permission(self, request, obj)
