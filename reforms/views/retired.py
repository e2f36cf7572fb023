"""Slugs that were once public lead to the one in use."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from reforms.renaming import slug_in_use


def moved(address):
    """Redirect for good, but let browsers ask again: a record may take its earlier name back."""
    return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "no-cache"})


class RetiredSlugMixin:
    """View mixin: a retired slug redirects for good. `retired_kind` is also the name of the address."""

    retired_kind: str

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            slug = slug_in_use(self.retired_kind, kwargs["slug"])
            if slug == kwargs["slug"]:
                raise
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return moved(reverse(self.retired_kind, args=[slug]) + query)
