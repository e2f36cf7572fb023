"""Pages that ask nothing of the ledger, or next to nothing."""

from django.db import connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from reforms import meanings


class About(TemplateView):
    """What the ledger promises and how its words are meant.

    Context: `stages`, `kinds`, `stances`, `strengths`, `discrepancy_kinds`, `discrepancy_states`, `reasons`: each a
    list of (choice, what it means).
    """

    template_name = "about/about.html"
    extra_context = {
        "stages": meanings.STAGES.items(),
        "kinds": meanings.CLAIM_KINDS.items(),
        "stances": meanings.STANCES.items(),
        "strengths": meanings.STRENGTHS.items(),
        "discrepancy_kinds": meanings.DISCREPANCY_KINDS.items(),
        "discrepancy_states": meanings.DISCREPANCY_STATES.items(),
        "reasons": meanings.NO_CLAIM_REASONS.items(),
    }


ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /search/
Disallow: /*?
Allow: /*?p=
Sitemap: {sitemap}
"""


@require_safe
def robots(request):
    """Say to search engines what is of no use to them (the desk, lists narrowed in every way) and where all else is."""
    return HttpResponse(ROBOTS.format(sitemap=request.build_absolute_uri("/sitemap.xml")), content_type="text/plain")


@require_safe
@never_cache
def healthz(request):
    """Say "ok" where the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
