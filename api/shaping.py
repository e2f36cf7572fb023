"""From records to what the API shows of them: what a serializer class describes, compiled once into plain functions.

A serializer object asks its fields anew for every record, which costs more than the queries do. Here each field
is asked once how it is read. The functions take a record and the root of the site's addresses. That they say the
same as the serializers, tests/api/test_shaping.py holds for every resource.
"""

from contextlib import suppress
from functools import cache, lru_cache
from operator import attrgetter

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.urls import get_script_prefix
from rest_framework import serializers
from rest_framework.relations import ManyRelatedField

from api.expansions import full
from api.fields import Read
from api.references import NAMES
from api.rows import Columns

PLAIN = (serializers.CharField, serializers.IntegerField, serializers.ChoiceField)


def shaper(serializer_class, request, choice=None):
    """Return a function from a record to the plain dictionary that is shown of it: all, or what `choice` chose.

    With a `choice`, of records that were fetched with it: what only names others is beside them in plain rows.
    """
    shape = compiled(serializer_class, *choice, in_rows=True) if choice else compiled(serializer_class)
    root = request.build_absolute_uri(get_script_prefix())
    return lambda record: shape(record, root)


@lru_cache(maxsize=500)
def compiled(serializer_class, names=None, expanded=(), in_rows=False):
    """Return the function (record, root) → dictionary that `serializer_class` describes.

    `names`: of the fields, all unless given. `expanded`: see `choosing.Choice`. `in_rows`: see `flat`.
    """
    rows = flat(serializer_class) if in_rows else {}
    return shape_of(serializer_class(), names, expanded, rows=rows)


@cache
def flat(serializer_class):
    """Return name of a field to (columns, function), where the field lists what plain rows can tell of.

    The function is (row, root) → what is shown of one of them.
    """
    found = {}
    for name, field in serializer_class().fields.items():
        one = getattr(field, "child_relation", None) or getattr(field, "child", None)
        if one is not None and field.source.startswith("shown_"):
            columns = Columns()
            with suppress(NotFlat, FieldDoesNotExist):
                value = value_of(one, read=columns.getter)
                if hasattr(one, "Meta"):
                    columns.check(one.Meta.model)
                found[name] = columns, value
    return found


class NotFlat(TypeError):
    """More is shown of it than the columns of a row."""


def shape_of(serializer, names=None, expanded=(), read=attrgetter, rows=None):
    """Return the function (record, root) → dictionary for a serializer: what is only copied is copied in one go."""
    fields = {name: field for name, field in serializer.fields.items() if names is None or name in names}
    in_full = {name: one for name, one in expanded if "." not in name}
    copied = {name: field.source for name, field in fields.items() if is_copied(field) and name not in in_full}
    if len(copied) < 2:  # getters of one give no tuple
        copied = {}
    copy = read(*copied.values()) if copied else lambda record: ()
    made = []
    for name, field in fields.items():
        below = below_of(name, field, expanded)
        if name in in_full:
            made.append((name, reader_in_full(field, in_full[name], below)))
        elif rows and name in rows and not below:
            made.append((name, each(field.source, rows[name][1])))
        elif name not in copied:
            made.append((name, reader(field, below, read)))
    in_order = dict.fromkeys(fields)

    def shape(record, root):
        shown = in_order.copy()
        shown.update(zip(copied, copy(record), strict=True))
        for name, make in made:
            shown[name] = make(record, root)
        return shown

    return shape


def below_of(name, field, expanded):
    """Return those of `expanded` that are relations of what the field leads to, as they are seen from there."""
    return tuple(
        (path.removeprefix(f"{name}."), one._replace(path=one.path.removeprefix(f"{field.source}__")))
        for path, one in expanded
        if path.startswith(f"{name}.")
    )


def reader_in_full(field, expansion, below):
    """Return the function (record, root) → what the field leads to in full, with what the link to it says."""
    *steps, last = expansion.path.split("__")
    whole, record_of = compiled(expansion.serializer_class), full(last)
    if field.source == f"shown_{last}":
        records = attrgetter(record_of)
        return lambda record, root: [whole(one, root) for one in records(record)]
    if isinstance(field, serializers.ListSerializer):
        links, seen = attrgetter(str(field.source)), attrgetter(record_of)
        shown = with_link(field.child, whole, seen, below)
        return lambda record, root: [shown(link, root) for link in links(record) if seen(link)]
    get = getter(".".join([*steps, record_of]))
    return lambda record, root: None if (one := get(record)) is None else whole(one, root)


def with_link(reference, whole, record_of, below):
    """Return the function (link, root) → the `whole` record that a link leads to, and what the link says beside it."""
    says = shape_of(reference, frozenset(reference.fields).difference(NAMES), below)
    return lambda link, root: whole(record_of(link), root) | says(link, root)


def is_copied(field):
    """Whether its value is shown as it is, and always there."""
    return isinstance(field, PLAIN) and not isinstance(field, Read) and not field.allow_null


def reader(field, below=(), read=attrgetter):
    """Return the function (record, root) → value for a field. `below`: what is shown in full of what it leads to.

    Errors: TypeError for a kind of field that no serializer had so far; NotFlat where `read` is of rows, and it reads
    more than columns.
    """
    if isinstance(field, Read):
        return field.reader(read)
    if read is not attrgetter:
        return column(field, read)
    if isinstance(field, serializers.SerializerMethodField):
        method = getattr(field.parent, field.method_name)
        return lambda record, root: method(record)
    if isinstance(field, serializers.ListSerializer):
        return each(field.source, shape_of(field.child, None, below))
    if isinstance(field, ManyRelatedField):
        return each(field.source, value_of(field.child_relation))
    if field.source == "*":
        return shape_of(field)
    get, value = getter(field.source), value_of(field, below)

    def read_one(record, root):
        found = get(record)
        return None if found is None else value(found, root)

    return read_one


def column(field, read):
    """Return the function (row, root) → value for a field that is a column of the row."""
    if isinstance(field, serializers.SlugRelatedField):
        get = read(f"{field.source}.{field.slug_field}")
    elif isinstance(field, PLAIN):
        get = read(field.source)
    else:
        raise NotFlat
    return lambda row, root: get(row)


def each(source, value):
    """Return the function (record, root) → list of the `value` of each record that `source` leads to."""
    related = attrgetter(source)
    return lambda record, root: [value(one, root) for one in related(record)]


def value_of(field, below=(), read=attrgetter):
    """Return the function (what the field's source gives, root) → value shown."""
    if isinstance(field, serializers.Serializer):
        return shape_of(field, None, below, read)
    if isinstance(field, serializers.SlugRelatedField):
        name = read(field.slug_field)
        return lambda record, root: name(record)
    if read is not attrgetter:
        raise NotFlat
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
