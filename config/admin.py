"""The admin site: Django's, with the ledger's name."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpResponseBadRequest

NO_FORM_FIELDS = ("change_reason", "way_reason", "reason", "record", "taint", "version")  # read as they were posted


class LedgerAdminConfig(AdminConfig):
    """Puts `LedgerAdminSite` in the place of Django's."""

    default_site = "config.admin.LedgerAdminSite"


class LedgerAdminSite(AdminSite):
    """Django's widgets set `style` attributes; that, and no script, is allowed here beyond the public rules."""

    site_header = site_title = "Reform Ledger"
    index_title = "The curator's desk"
    index_template = "admin/desk/index.html"

    def index(self, request, extra_context=None):
        """Begin with what waits for somebody. Context: see `reforms.admin.queues.desk`."""
        from reforms.admin.queues import desk

        return super().index(request, desk(request.user) | (extra_context or {}))

    def admin_view(self, view, cacheable=False):
        """Widen the rules for styles. Refuse a NUL, which PostgreSQL cannot take in a search, and what is not sent in
        UTF-8, as every form here is: in other encodings hides what no text can hold.
        """
        inner = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(super().admin_view(view, cacheable))

        def without_nul(request, *args, **kwargs):
            if "%00" in request.META["QUERY_STRING"]:
                return HttpResponseBadRequest("The address holds a NUL character.", content_type="text/plain")
            if (request.encoding or "utf-8").lower() != "utf-8":
                return HttpResponseBadRequest("What was sent is not in UTF-8.", content_type="text/plain")
            if any("\0" in request.POST.get(name, "") for name in NO_FORM_FIELDS):
                return HttpResponseBadRequest("What was typed holds a NUL character.", content_type="text/plain")
            return inner(request, *args, **kwargs)

        return without_nul
