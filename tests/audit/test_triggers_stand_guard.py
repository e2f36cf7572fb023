"""The database itself refuses a quote that is not its span, and a touched source, and keeps the search in step."""

import pytest
from django.db import connection

from tests.audit.finding import drop_triggers, told

pytestmark = pytest.mark.django_db
RULE = "triggers_stand_guard"


def test_missing_triggers_are_found():
    drop_triggers()
    assert len(told(RULE)) > 3
    assert all(
        line.endswith("This trigger is missing from the database; run `manage.py migrate`.") for line in told(RULE)
    )


def test_a_missing_trigger_of_the_search_is_found():
    with connection.cursor() as cursor:
        on = " ON reforms_claim" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER search_claim_update{on}")
    assert [line.split(":")[0] for line in told(RULE)] == ["search_claim_update"]


def test_triggers_that_migrate_made_are_not_found():
    assert told(RULE) == []
