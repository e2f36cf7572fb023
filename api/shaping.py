"""From records to what the API shows of them: what a serializer class describes, compiled once into plain functions.

A serializer object asks its fields anew for every record, which costs more than the queries do. Here each field
is asked once how it is read. The functions take a record and the root of the site's addresses. That they say the
same as the serializers, tests/api/test_shaping.py holds for every resource.
"""

from functools import cache
from operator import attrgetter

from django.core.exceptions import ObjectDoesNotExist
from django.urls import get_script_prefix
from rest_framework import serializers
from rest_framework.relations import ManyRelatedField

from api.fields import Read

PLAIN = (serializers.CharField, serializers.IntegerField, serializers.ChoiceField)


def shaper(serializer_class, request):
    """Return a function from a record to the plain dictionary that is shown of it."""
    shape, root = compiled(serializer_class), request.build_absolute_uri(get_script_prefix())
    return lambda record: shape(record, root)


@cache
def compiled(serializer_class):
    """Return the function (record, root) → dictionary that `serializer_class` describes."""
    return shape_of(serializer_class())


def shape_of(serializer):
    """Return the function (record, root) → dictionary for a serializer: what is only copied is copied in one go."""
    fields = serializer.fields
    copied = {name: field.source for name, field in fields.items() if is_copied(field)}
    copy = attrgetter(*copied.values(), "pk", "pk") if copied else None  # never fewer than two, so always a tuple
    made = [(name, reader(field)) for name, field in fields.items() if name not in copied]
    in_order = dict.fromkeys(fields)

    def shape(record, root):
        shown = in_order.copy()
        if copy:
            shown.update(zip(copied, copy(record), strict=False))
        for name, read in made:
            shown[name] = read(record, root)
        return shown

    return shape


def is_copied(field):
    """Whether its value is shown as it is, and always there."""
    return isinstance(field, PLAIN) and not isinstance(field, Read) and not field.allow_null


def reader(field):
    """Return the function (record, root) → value for a field.

    Errors: TypeError for a kind of field that no serializer had so far.
    """
    if isinstance(field, Read):
        return field.reader()
    if isinstance(field, serializers.SerializerMethodField):
        method = getattr(field.parent, field.method_name)
        return lambda record, root: method(record)
    if isinstance(field, serializers.ListSerializer):
        return each(field.source, shape_of(field.child))
    if isinstance(field, ManyRelatedField):
        return each(field.source, value_of(field.child_relation))
    if field.source == "*":
        return shape_of(field)
    get, value = getter(field.source), value_of(field)

    def read(record, root):
        found = get(record)
        return None if found is None else value(found, root)

    return read


def each(source, value):
    """Return the function (record, root) → list of the `value` of each record that `source` leads to."""
    related = attrgetter(source)
    return lambda record, root: [value(one, root) for one in related(record).all()]


def value_of(field):
    """Return the function (what the field's source gives, root) → value shown."""
    if isinstance(field, serializers.Serializer):
        return shape_of(field)
    if isinstance(field, serializers.SlugRelatedField):
        name = attrgetter(field.slug_field)
        return lambda record, root: name(record)
    if isinstance(field, serializers.StringRelatedField):
        return lambda record, root: str(record)
    if isinstance(field, serializers.DateField):
        return lambda day, root: day.isoformat()
    if isinstance(field, PLAIN):
        return lambda value, root: value
    raise TypeError(f"How is {field!r} read?")


def getter(source):
    """Return the function record → what the path `source` leads to, None where a step of it leads to nothing."""
    steps = [attrgetter(step) for step in source.split(".")]

    def get(found):
        try:
            for step in steps:
                found = None if found is None else step(found)
        except ObjectDoesNotExist:  # of a relation to one, seen from its other end
            return None
        return found

    return get
