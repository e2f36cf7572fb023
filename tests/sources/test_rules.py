"""What the database and the models refuse of sources and of change sets."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from reforms.models import Topic
from sources.changes import change_set
from sources.models import ChangeSet, Source
from sources.rules import natural_keys_remembered
from tests.factories import make_reform, make_source

pytestmark = pytest.mark.django_db


def test_a_file_name_belongs_to_one_source():
    make_source("One.", "first-source", file_name="report.txt")
    second = make_source("Two.", "second-source", file_name="other.txt")
    second.file_name = "report.txt"
    with pytest.raises(ValidationError, match="Another source has this file name"):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=second.pk).update(file_name="report.txt")


def test_any_number_of_sources_have_no_file_name():
    sources = [make_source("One.", "first-source"), make_source("Two.", "second-source")]
    assert [source.file_name for source in sources] == ["", ""]


@pytest.mark.parametrize("name", ["report.txt", "Доклад 2021.txt", "a", "a..b", "1.txt", "report (2).txt"])
def test_a_file_name_is_a_plain_name(name):
    make_source("One.", "first-source", file_name=name).full_clean()


@pytest.mark.parametrize("name", [
    "../report.txt", "texts/report.txt", "/report.txt", ".report", "..", "a\\b.txt", "report\n.txt", "report.txt\n",
    "a\0b", "\t",
])  # fmt: skip
def test_a_file_name_leads_into_no_folder_and_is_not_hidden(name):
    source = Source(slug="first-source", name="First", file_name=name)
    source.receive(b"One.")
    with pytest.raises(ValidationError) as refused:
        source.full_clean()
    words = "A file name has no folder in it, and starts with no dot."
    assert words in refused.value.message_dict["file_name"]


def test_a_change_set_is_undone_once():
    reform = make_reform()
    undone = reform.history.get().change_set
    with change_set(kind="undo", undoes=undone):
        reform.save()
    with pytest.raises(ValidationError, match="Change set with this Undoes already exists"):
        ChangeSet(kind="undo", undoes=undone).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeSet.objects.create(kind="undo", undoes=undone)
    assert ChangeSet.objects.get(pk=undone.pk).undone_by == reform.history.first().change_set


def test_any_number_of_change_sets_undo_nothing():
    for _ in range(2):
        ChangeSet(reason="Edited.").full_clean()
        ChangeSet.objects.create(reason="Edited.")
    assert ChangeSet.objects.filter(undoes=None).count() == 2


def test_a_change_set_is_of_a_known_kind():
    with pytest.raises(ValidationError, match="Kind must be one of: edit, load, undo"):
        ChangeSet(kind="nonsense").validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeSet.objects.create(kind="nonsense")


def test_a_change_set_that_undoes_another_is_never_part_of_one_around_it():
    reform = make_reform()
    undone = reform.history.get().change_set
    with change_set(reason="Around."):
        with change_set(kind="undo", undoes=undone, reason="Inside."):
            reform.save()
        reform.save()
    assert [row.change_set.reason for row in reform.history.all()[:2]] == ["Around.", "Inside."]


def test_what_is_undone_is_kept_as_long_as_what_undid_it():
    undone = ChangeSet.objects.create(reason="Wrong.")
    ChangeSet.objects.create(kind="undo", undoes=undone)
    with pytest.raises(ProtectedError):
        undone.delete()


def test_a_natural_key_is_asked_for_once_only_while_it_is_remembered(django_assert_num_queries):
    make_source("Words.", "a-source")
    with natural_keys_remembered(), django_assert_num_queries(1):
        assert Source.objects.get_by_natural_key("a-source") == Source.objects.get_by_natural_key("a-source")
    with django_assert_num_queries(2):
        assert Source.objects.get_by_natural_key("a-source") == Source.objects.get_by_natural_key("a-source")


def test_what_is_named_for_the_first_time_while_nothing_is_stored_is_not_asked_for(django_assert_num_queries):
    with natural_keys_remembered(empty=True):
        with django_assert_num_queries(0), pytest.raises(Source.DoesNotExist):
            Source.objects.get_by_natural_key("a-source")
        with pytest.raises(Source.DoesNotExist):
            Source.objects.get_by_natural_key("a-source")
        made = make_source("Words.", "a-source")
        assert Source.objects.get_by_natural_key("a-source") == made


@pytest.mark.parametrize(("field", "value", "message"), [
    ("show", "cited", None), ("show", "some", "May be shown must be one of: full, cited"), ("type", "", None),
    ("type", "gossip", "Type must be one of: "), ("name", "", "Name must not be empty."), ("name", " ", None),
])  # fmt: skip
def test_the_database_and_the_model_refuse_the_same_values_in_the_same_words(field, value, message):
    source = make_source("Words.")
    setattr(source, field, value)
    if message is None:
        source.validate_constraints()
        source.save()
        return
    with pytest.raises(ValidationError, match=message):
        source.validate_constraints()
    source.validate_constraints(exclude=[field])
    with pytest.raises(IntegrityError), transaction.atomic():
        source.save()


def test_what_is_asked_of_one_field_takes_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        for constraint in Topic._meta.constraints:
            constraint.validate(Topic, Topic(slug="a-topic", name="A topic", summary="About it."))
