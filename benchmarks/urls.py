"""The addresses of the ledger, and the yardstick: a view that answers nothing, in JSON."""

from django.http import JsonResponse
from django.urls import include, path

EMPTY = "/empty/"


def empty(request):
    """What any answer costs, whatever it says."""
    return JsonResponse({})


urlpatterns = [path(EMPTY[1:], empty), path("", include("config.urls"))]
