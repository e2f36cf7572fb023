"""Importing a source: a file or a pasted text is received, and becomes a draft to be looked at."""

from urllib.parse import quote

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from reforms.admin.refusing import refuse
from sources.models import HereAlready, Source
from sources.reading import LARGEST, refuse_size
from sources.receiving import receive

SUFFIXES = (".txt", ".html", ".htm", ".pdf", ".docx")


class ImportForm(forms.Form):
    """A document, as a file or as pasted text, and what we call it."""

    file = forms.FileField(
        required=False,
        label="A file",
        help_text=f"Plain text, a saved web page, PDF or Word (.docx), of at most {LARGEST} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or pasted text",
        help_text="Each line is a paragraph.",
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
    )
    name = forms.CharField(
        required=False,
        max_length=100,
        help_text="Our own short label, as shown on citations. Empty: proposed from the title.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    slug = forms.CharField(
        required=False,
        max_length=100,
        help_text="Its public name in addresses: lower-case words joined by “-”. Empty: proposed from the title.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def clean(self):
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if file and text.strip():
            raise ValidationError("Choose a file or paste a text, not both.")
        if not file and not text.strip() and not self.errors:
            raise ValidationError("Choose a file, or paste the text.")
        if file:
            refuse_size(file.size)
        return cleaned

    def received(self):
        """Return (bytes, file name) as received."""
        if file := self.cleaned_data["file"]:
            return file.read(), file.name
        # A browser sends every line end as CR LF, whatever was pasted.
        return self.cleaned_data["text"].replace("\r\n", "\n").encode(), ""


class ImportView(admin.ModelAdmin):
    """The page that takes a document in, and the address at which it is given back as received."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.received_view)
        return [path("<int:pk>/received/", view, name="sources_source_received"), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """Context: `form` (ImportForm), `twin` (the source that the same bytes are already, or None)."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, twin = ImportForm(*([request.POST, request.FILES] if request.method == "POST" else [])), None
        if form.is_valid():
            try:
                return self._received(request, form)
            except HereAlready as error:
                twin = error.twin
            except ValidationError as error:
                refuse(form, error)
        context = {
            **self.admin_site.each_context(request), "title": "Import a source", "opts": self.opts,
            "form": form, "twin": twin, "errors": form.errors, "again": bool(request.FILES),
        }  # fmt: skip
        return render(request, "admin/import.html", context)

    def _received(self, request, form):
        data, file_name = form.received()
        fields = {name: form.cleaned_data[name].strip() for name in ("slug", "name")}
        source = receive(data, file_name, by=request.user, **fields)
        self.log_addition(request, source, [{"added": {}}])
        said = f"{source.name} is received as a draft. Look at what was found and at its paragraphs, then accept it."
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:sources_source_accept", args=[source.pk]))

    def received_view(self, request, pk):
        """The bytes as received: to be saved, never to be shown by the browser, since a web page may be active."""
        source = get_object_or_404(Source.objects.defer("text", "draft"), pk=pk)
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        name = source.file_name or f"{source.slug}.{'txt' if source.format == Source.Format.TEXT else source.format}"
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(bytes(source.received), content_type="application/octet-stream", headers=headers)
