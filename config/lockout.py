"""Where a login comes from, and what somebody sees who failed too often and has to wait."""

import math
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Max
from django.shortcuts import render


def address(request):
    """Return the address that failed logins are counted for, or None where it is not known.

    HTTPS says that a proxy stands in front, and whose address it saw is the last one in X-Forwarded-For: what is
    before that was sent along by the client, who can write anything. Without a proxy the header is not read at all.
    A home has 2^64 addresses of IPv6; they count as one, or it could guess without end.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", seen).rpartition(",")[2].strip()
    try:
        found = ip_address(seen)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64)
    return str(found)


def locked_out(request, response, credentials):
    """Say how long to wait, in the place of the login's `response`: the same for a name that nobody has.

    Context: those of the admin, `title`, `minutes`, `failures`, `app_path` (where to log in).
    """
    wait = _wait(request, credentials)
    context = admin.site.each_context(request) | {
        "title": "Too many failed logins",
        "minutes": math.ceil(wait / timedelta(minutes=1)),
        "failures": settings.AXES_FAILURE_LIMIT,
        "app_path": request.get_full_path(),
    }
    page = render(request, "admin/locked_out.html", context, status=settings.AXES_HTTP_RESPONSE_CODE)
    page["Retry-After"] = math.ceil(wait / timedelta(seconds=1))
    return page


def _wait(request, credentials):
    """Return the time until no failure counts any more."""
    attempts = AccessAttempt.objects.filter(username=credentials["username"], ip_address=request.axes_ip_address)
    latest = attempts.aggregate(latest=Max("attempt_time"))["latest"] or request.axes_attempt_time
    return latest + settings.AXES_COOLOFF_TIME - request.axes_attempt_time
