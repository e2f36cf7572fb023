"""The earliest and latest day beside a date are those that its EDTF string allows."""

import pytest

from reforms.models import Milestone
from tests.audit.finding import base, told

pytestmark = pytest.mark.django_db
RULE = "days_follow_from_dates"


def test_a_day_that_does_not_follow_from_its_date_is_found():
    base()
    Milestone.objects.update(date_latest="2020-05-26")
    assert told(RULE) == ["reforms.milestone M0001: The days stored beside “2020-05-25” do not follow from it."]


def test_the_days_that_a_save_sets_are_not_found():
    base()
    assert told(RULE) == []
