"""What is compiled from a serializer says the same as the serializer itself."""

import pytest
from django.utils import timezone
from rest_framework import serializers
from rest_framework.test import APIRequestFactory

from api.shaping import compiled, shaper
from api.urls import RESOURCES
from reforms.models import Package, Reform
from tests.factories import make_source, make_world


def rows(view):
    """The rows of a resource as its list shows them."""
    if view.queryset.model in (Package, Reform):
        return view.filterset_class.on(view.queryset.all(), timezone.localdate())
    return view.queryset.all()


@pytest.fixture(scope="module")
def world(kept):
    """Three of everything, each with two of every relation, and a source that says nothing of itself."""
    make_world(3, each=2)
    make_source("One line.", "bare-source")


@pytest.mark.parametrize("name", RESOURCES)
def test_what_is_shown_is_what_the_serializer_describes(world, db, name):
    view, request = RESOURCES[name], APIRequestFactory().get("/", secure=True)
    records = list(rows(view))
    described = view.serializer_class(context={"request": request})
    shape = shaper(view.serializer_class, request)
    assert len(records) >= 3, "swept nothing"
    for record in records:
        shown = shape(record)
        assert shown == described.to_representation(record)
        assert list(shown) == list(described.fields)


def test_a_serializer_is_compiled_once():
    view = RESOURCES["claims"]
    assert compiled(view.serializer_class) is compiled(view.serializer_class)


def test_a_kind_of_field_that_nobody_taught_it_is_refused():
    class Odd(serializers.Serializer):
        ratio = serializers.FloatField()

    with pytest.raises(TypeError, match="FloatField"):
        compiled(Odd)
