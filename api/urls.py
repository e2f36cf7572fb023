"""Where each resource is: its list under its name, and each record under its public name."""

from django.urls import path

from api import data_package, views
from api.docs import Docs
from api.keeping import kept

RESOURCES = {
    "packages": views.Packages,
    "reforms": views.Reforms,
    "laws": views.Laws,
    "claims": views.Claims,
    "citations": views.Citations,
    "sources": views.Sources,
    "paragraphs": views.Paragraphs,
    "discrepancies": views.Discrepancies,
    "milestones": views.Milestones,
    "parameters": views.Parameters,
    "events": views.Events,
    "actors": views.Actors,
    "topics": views.Topics,
}
NAMED = {
    "claims": "<slug:ref>",
    "citations": "<slug:claim>.<int:number>",
    "paragraphs": "<slug:source>/<int:number>",
    "discrepancies": "<slug:ref>",
    "milestones": "<slug:ref>",
}


def paths(name, view):
    """Return the paths of one resource."""
    one = f"{name}/{NAMED.get(name, '<slug:slug>')}/"
    return [
        path(f"{name}/", kept(view.as_view({"get": "list"}, basename=name)), name=f"api-{name}"),
        path(one, kept(view.as_view({"get": "retrieve"}, basename=name)), name=f"api-{name}-one"),
    ]


urlpatterns = [
    path("", kept(views.Index.as_view(resources=RESOURCES)), name="api-index"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("schema/", kept(views.Schema.as_view()), name="api-schema"),
    path("problems/<slug:name>/", kept(views.Problems.as_view()), name="api-problems"),
    path(data_package.NAME, kept(views.DataPackage.as_view()), name="api-data-package"),
    *(route for name, view in RESOURCES.items() for route in paths(name, view)),
]
