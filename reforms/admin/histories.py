"""The history of an entry in the admin: every state in words, two compared, one brought back."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from reforms.differences import differences
from reforms.entries import name_of
from reforms.histories import versions
from reforms.opened import changed_since, seal
from reforms.restoring import restore
from sources.changes import change_set


class HistoryView(admin.ModelAdmin):
    """The history page, in words. A POST brings one state back, with all that belonged to it."""

    restores = True

    def history_view(self, request, object_id, extra_context=None):
        """Context: `versions` (newest first), `chosen` (two change sets), `compared` (list of Difference or None),
        `may_restore`, `opened` (see `reforms.opened`), `refused`: its `errors`, and their `version` and `reason`.
        """
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        states, refused = versions(record), {}
        if request.method == "POST":
            answer, refused = self._restore(request, record, states)
            if answer:
                return answer
        states, name = states[::-1], getattr(record, "ref", "") or name_of(record)
        context = {
            **self.admin_site.each_context(request), "original": record, "opts": self.opts, "versions": states,
            "title": f"History of {self.opts.verbose_name} {name}", "refused": refused,
            "may_restore": self.may_restore(request, record), "opened": seal(record), **_compared(states, request.GET),
        }  # fmt: skip
        return render(request, "admin/record_history.html", context | (extra_context or {}))

    def may_restore(self, request, record):
        """Whether who asks may bring an earlier state back, be it by proposing it."""
        return self.restores and self.has_change_permission(request, record)

    def _restore(self, request, record, states):
        """Bring back the state that was asked for. Return (the answer, None), or (None, what refused it)."""
        if not self.may_restore(request, record):
            raise PermissionDenied
        version = next((one for one in states if str(one.change_set.pk) == request.POST.get("version")), None)
        reason = request.POST.get("change_reason", "")
        try:
            if version is None:
                raise ValidationError("There is no such state.")
            with change_set(by=request.user, reason=reason):
                self.model._default_manager.select_for_update().filter(pk=record.pk).order_by("pk").values("pk").first()
                if _changed(request.POST.get("opened", ""), record):
                    raise ValidationError("It was changed since you opened this page. Look at it again.")
                proposal = restore(record, version, by=request.user, reason=reason)
        except ValidationError as error:
            return None, {"errors": error.messages, "version": version, "reason": reason}
        if proposal is None:
            self.message_user(request, f"{name_of(record)} is as it was then.", messages.SUCCESS)
            here = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[record.pk])
            return HttpResponseRedirect(here), None
        said = f"{proposal.ref} waits for a second person to approve it. What is public is unchanged."
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(proposal.get_absolute_url()), None


def _compared(states, asked):
    """Compare the two of `states` (newest first) that are asked for; where none is, offer the last two."""
    by_key = {str(version.change_set.pk): version for version in states}
    chosen = [by_key[key] for name in ("from", "to") if (key := asked.get(name)) in by_key]
    if len(chosen) == 2:
        compared = differences(*(version.entry for version in chosen))
        return {"chosen": [version.change_set for version in chosen], "compared": compared}
    return {"chosen": [version.change_set for version in states[1::-1]], "compared": None}


def _changed(sealed, record):
    """Whether `record` is another than when `sealed` was made."""
    try:
        return changed_since(sealed, record)
    except ValueError:
        return True
