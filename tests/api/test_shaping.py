"""What is compiled from a serializer says the same as the serializer itself."""

import pytest
from django.utils import timezone
from rest_framework import serializers
from rest_framework.test import APIRequestFactory

from api.choosing import choose
from api.expansions import EXPANSIONS
from api.rows import Columns, statement
from api.shaping import compiled, flat, shaper
from api.urls import RESOURCES
from reforms.models import Milestone, Package, Reform
from tests.factories import make_source, make_world


def rows(view):
    """The rows of a resource as its list shows them."""
    if view.queryset.model in (Package, Reform):
        return view.filterset_class.on(view.queryset.all(), {"as_of": timezone.localdate()})
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
    choice = choose({}, name, view.serializer_class)
    shape, shape_rows = shaper(view.serializer_class, request), shaper(view.serializer_class, request, choice)
    assert len(records) >= 3, "swept nothing"
    for record, beside in zip(records, choice.fetched(rows(view), view.serializer_class), strict=True):
        shown = shape(record)
        assert shown == described.to_representation(record)
        assert list(shown) == list(described.fields)
        assert shape_rows(beside) == shown


def test_what_only_names_other_records_is_read_in_plain_rows():
    assert flat(RESOURCES["claims"].serializer_class).keys() == EXPANSIONS["claims"].keys()
    assert flat(RESOURCES["reforms"].serializer_class).keys() == {"topics", "packages", "laws"}


def test_what_may_be_hidden_beside_a_row_is_never_read_in_plain_rows():
    milestones = Milestone.objects.prefetch_related("law")
    with pytest.raises(ValueError, match="no column"):
        statement(Reform, "milestones", milestones, Columns(), "default")


def test_rows_come_in_batches_where_records_do(world, db):
    view = RESOURCES["claims"]
    choice = choose({}, "claims", view.serializer_class)
    fetched = choice.fetched(rows(view), view.serializer_class).order_by("ref")
    whole, streamed = list(fetched), list(fetched.iterator(chunk_size=2))
    assert len(whole) > 4
    assert [claim.shown_citations for claim in streamed] == [claim.shown_citations for claim in whole]


def test_a_serializer_is_compiled_once():
    view = RESOURCES["claims"]
    assert compiled(view.serializer_class) is compiled(view.serializer_class)


def test_a_kind_of_field_that_nobody_taught_it_is_refused():
    class Odd(serializers.Serializer):
        ratio = serializers.FloatField()

    with pytest.raises(TypeError, match="FloatField"):
        compiled(Odd)
