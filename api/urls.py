"""Where each resource is: its list under its name, and each record under its public name."""

from django.urls import path

from api import data_package, views
from api.asking.coverage import Coverage
from api.asking.index import Index
from api.asking.search import Search
from api.asking.timeline import Timeline
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
# What is asked of all of them together.
QUESTIONS = {"search": Search, "timeline": Timeline, "coverage": Coverage}
NAMED = {
    "claims": "<slug:ref>",
    "citations": "<slug:claim>.<int:number>",
    "paragraphs": "<slug:source>/<int:number>",
    "discrepancies": "<slug:ref>",
    "milestones": "<slug:ref>",
}


def paths(name, view):
    """Return the paths of one resource: of its list, and of its records, where it has any of its own."""
    listed = path(f"{name}/", kept(view.as_view({"get": "list"}, basename=name)), name=f"api-{name}")
    if not view.has_records:
        return [listed]
    one = f"{name}/{NAMED.get(name, '<slug:slug>')}/"
    return [listed, path(one, kept(view.as_view({"get": "retrieve"}, basename=name)), name=f"api-{name}-one")]


urlpatterns = [
    path("", kept(Index.as_view(resources=RESOURCES | QUESTIONS, named=NAMED)), name="api-index"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("schema/", kept(views.Schema.as_view()), name="api-schema"),
    path("problems/<slug:name>/", kept(views.Problems.as_view()), name="api-problems"),
    path(data_package.NAME, kept(views.DataPackage.as_view()), name="api-data-package"),
    *(route for name, view in (RESOURCES | QUESTIONS).items() for route in paths(name, view)),
]
