"""Pages that ask nothing of the ledger, or next to nothing."""

from django.db import connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from reforms.models import Claim
from reforms.stages import Stage


class About(TemplateView):
    """What the ledger promises and how its words are meant. Context: `stages`, `kinds`."""

    template_name = "about/about.html"
    extra_context = {"stages": Stage, "kinds": Claim.Kind}


@require_safe
@never_cache
def healthz(request):
    """Say "ok" where the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
