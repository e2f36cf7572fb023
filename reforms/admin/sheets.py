"""The lists as sheets: exported as they are filtered, and taken back with a preview of every change and every error."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reforms.sheets.applying import AT_MOST, NotApplied, apply
from reforms.sheets.columns import SHEETS
from reforms.sheets.exporting import exported
from reforms.sheets.planning import plan
from reforms.sheets.reading import MAX_BYTES, CannotReadSheet, Row, Table, read

SALT = "reforms.sheets"
ON_A_PAGE = 50
NOT_MADE_HERE = "The sheet was not carried over whole. Upload it again."


class UploadForm(forms.Form):
    """The file of a sheet. `table`: what was read from it."""

    file = forms.FileField(label="Sheet", widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}))

    def __init__(self, sheet, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.table = read(file.read(MAX_BYTES + 1), self.sheet)
        except CannotReadSheet as error:
            raise forms.ValidationError(str(error)) from error
        return file


class PreviewForm(forms.Form):
    """What a preview carries on: the rows, sealed, and what was seen of them; which page; why, and how far to apply."""

    carried = forms.CharField()
    seen = forms.CharField(required=False)
    page = forms.CharField(required=False)
    reason = forms.CharField(required=False, max_length=1000)
    partly = forms.BooleanField(required=False)

    def __init__(self, sheet, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_carried(self):
        try:
            kind, unchanged, encoding, columns, lines = signing.loads(self.cleaned_data["carried"], salt=SALT)
        except signing.BadSignature as error:
            raise forms.ValidationError(NOT_MADE_HERE) from error
        if kind != self.sheet.kind:
            raise forms.ValidationError(NOT_MADE_HERE)
        rows = [Row(number, dict(zip(columns, cells, strict=True))) for number, *cells in lines]
        self.table, self.unchanged = Table(rows, encoding), unchanged
        return self.cleaned_data["carried"]


def carry(sheet, table, planned):
    """Return the rows that matter as a text that a form carries and nobody can change.

    Those of records that stay as they are were looked at, and are only counted.
    """
    named = {one.key[0] for one in [*planned.outcomes, *planned.proposed]}
    rows = [row for row in table.rows if row.cells[sheet.key[0]].strip() in named]
    columns = list(rows[0].cells) if rows else []
    lines = [[row.number, *row.cells.values()] for row in rows]
    left = len(table.rows) - len(rows)
    return signing.dumps([sheet.kind, left, table.encoding, columns, lines], salt=SALT, compress=True)


class SheetsView(admin.ModelAdmin):
    """The ways out of a list and back into it."""

    change_list_template = "admin/sheets/change_list.html"

    @property
    def sheet(self):
        return SHEETS[self.opts.model_name]

    def get_urls(self):
        wrap, kind = self.admin_site.admin_view, self.opts.model_name
        return [
            path("export/", wrap(require_safe(self.export_view)), name=f"reforms_{kind}_export"),
            path("import/", wrap(self.import_view), name=f"reforms_{kind}_import"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """Context: beside Django's, `may_import` and `sheet`."""
        more = {"may_import": self.has_change_permission(request), "sheet": self.sheet}
        return super().changelist_view(request, extra_context=(extra_context or {}) | more)

    def export_view(self, request):
        """The list as it is filtered, searched and ordered, whole."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            records = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self._list() + "?e=1")  # the list says so, as it does of its own filters
        name = f"{self.sheet.rows_are.replace(' ', '-')}-{timezone.now():%Y-%m-%d}.csv"
        file_name = f'attachment; filename="{name}"'
        headers = {"Content-Disposition": file_name, "Cache-Control": "no-store"}
        return StreamingHttpResponse(
            exported(self.sheet, records), content_type="text/csv; charset=utf-8", headers=headers
        )

    def import_view(self, request):
        """Context of the upload: `form`, `sheet`. See `_preview` for what comes then."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "carried" in request.POST:
            form = PreviewForm(self.sheet, request.POST)
            if form.is_valid() and "apply" in request.POST:
                return self._apply(request, form)
            why = " ".join(message for found in form.errors.values() for message in found)
            if "carried" not in form.errors:
                return self._again(request, form, why)
            messages.error(request, why)
            return self._upload(request, UploadForm(self.sheet))
        sent = [request.POST, request.FILES] if request.method == "POST" else []
        upload = UploadForm(self.sheet, *sent)
        if upload.is_valid():
            planned = plan(self.sheet, upload.table.rows)
            carried = carry(self.sheet, upload.table, planned)
            return self._preview(request, planned, upload.table, carried, planned.unchanged)
        return self._upload(request, upload)

    def _again(self, request, form, why):
        planned = plan(self.sheet, form.table.rows)
        unchanged = form.unchanged + planned.unchanged
        return self._preview(request, planned, form.table, form.data["carried"], unchanged, why=why)

    def _apply(self, request, form):
        given = form.cleaned_data
        try:
            done = apply(
                self.sheet, form.table.rows, seen=given["seen"], by=request.user, reason=given["reason"],
                partly=given["partly"],
            )  # fmt: skip
        except NotApplied as error:
            unchanged = form.unchanged + error.plan.unchanged
            return self._preview(request, error.plan, form.table, given["carried"], unchanged, why=str(error))
        self.message_user(request, said(done), messages.SUCCESS)
        seen = done.change_set and request.user.has_perm("sources.view_changeset")
        address = reverse("admin:sources_changeset_change", args=[done.change_set.pk]) if seen else self._list()
        return HttpResponseRedirect(address)

    def _list(self):
        return reverse(f"admin:reforms_{self.opts.model_name}_changelist")

    def _upload(self, request, form):
        context = {
            **self.admin_site.each_context(request), "title": f"Import a CSV of {self.sheet.rows_are}",
            "opts": self.opts, "form": form, "sheet": self.sheet, "largest": MAX_BYTES // 1024**2,
        }  # fmt: skip
        return render(request, "admin/sheets/import.html", context)

    def _preview(self, request, planned, table, carried, unchanged, *, why=""):
        """Context: `planned`, `page` (of its outcomes, those with errors first), `carried`, `unchanged`, `encoding`,
        `why` nothing was applied; `applied` (how many records a click changes), `at_most`, `partly`, `reason`.
        """
        outcomes = sorted(planned.outcomes, key=lambda one: not one.errors)
        count = len(planned.changes)
        context = {
            **self.admin_site.each_context(request), "title": f"What the sheet of {self.sheet.rows_are} would change",
            "opts": self.opts, "sheet": self.sheet, "planned": planned, "carried": carried, "why": why,
            "page": Paginator(outcomes, ON_A_PAGE).get_page(request.POST.get("page")), "unchanged": unchanged,
            "encoding": table.encoding, "applied": min(count, AT_MOST), "at_most": AT_MOST, "count": count,
            "partly": bool(planned.wrong) or count > AT_MOST, "reason": request.POST.get("reason", ""),
        }  # fmt: skip
        return render(request, "admin/sheets/preview.html", context)


def said(done):
    """What was done, in one sentence or two."""
    changed, refs = len(done.changed), [proposal.ref for proposal in done.proposals]
    told = [f"{changed} changed"] if changed else []
    if refs:
        told.append(f"{refs[0]} waits for a second person" if len(refs) == 1 else
                    f"{len(refs)} proposals wait for a second person ({refs[0]} to {refs[-1]})")  # fmt: skip
    left = f" {done.left} more would change: import the same sheet again." if done.left else ""
    return f"Imported as one change: {', '.join(told) or 'nothing differed'}.{left}"
