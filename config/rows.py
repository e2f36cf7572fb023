"""Every row that is kept as lines of JSON, and back: the same lines from SQLite and PostgreSQL."""

import datetime
import graphlib
import itertools

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from sources.snapshots import snapshot

# The groups are made by reforms/migrations/0003_groups.py. Whoever changes them is a user, and a user is stored too.
MADE_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions"}
# Failed logins are of no use after a quarter of an hour, and say who sat where: no backup holds them, and a restore
# leaves those of the moment alone, so that it neither locks anybody out nor lets a guesser go on.
NOT_KEPT = {"axes"}
AT_ONCE = 500


class ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts moments to milliseconds; this one keeps them whole."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime.datetime) else super().default(o)


def stored_models():
    """Return all models with a table of their own whose rows are kept, each after those it points at."""
    models = {
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in NOT_KEPT
    }
    order = graphlib.TopologicalSorter()
    for model in sorted(models, key=lambda model: model._meta.label_lower):
        pointed_at = {field.related_model for field in _columns(model) if field.is_relation}
        order.add(model, *sorted(pointed_at & models - {model}, key=lambda model: model._meta.label_lower))
    return list(order.static_order())


def _columns(model):
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def is_empty():
    """Whether nothing is stored but what migrating an empty database makes."""
    return not any(
        model._base_manager.exists() for model in stored_models() if model._meta.label_lower not in MADE_BY_MIGRATE
    )


def write(stream):
    """Write every row that is kept to `stream` (text), one line each. Return the number of rows of each model."""
    counts = {}
    with snapshot():
        for model in stored_models():
            rows = model._base_manager.order_by("pk")
            counts[model._meta.label_lower] = rows.count()
            serializers.serialize(
                "jsonl",
                rows.iterator(AT_ONCE),
                stream=stream,
                fields=[field.name for field in _columns(model)],
                cls=ExactEncoder,
                sort_keys=True,
            )
    return counts


def replace(stream):
    """Put the rows of `stream` (text, as from `write`) in the place of all that are kept.

    To be called in a transaction: what goes wrong half-way must be rolled back.
    Errors: DeserializationError for a line that is no row of these tables, IntegrityError for one that
            breaks a rule of the database.
    """
    models = stored_models()
    with connection.cursor() as cursor:
        for model in reversed(models):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    rows = (row.object for row in serializers.deserialize("jsonl", stream))
    for model, of_model in itertools.groupby(rows, lambda row: row._meta.model):
        while batch := list(itertools.islice(of_model, AT_ONCE)):
            model._base_manager.bulk_create(batch)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    connection.check_constraints()
    apps.get_model("contenttypes.ContentType").objects.clear_cache()
