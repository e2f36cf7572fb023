"""Undo of loads: the base is as it was before, and a later load can tell again what was edited here."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms.audit.running import findings
from reforms.curated.compiling import compile_fixture
from reforms.curated.records import KNOWLEDGE
from reforms.loading import edits, is_empty, load, update
from reforms.models import Citation, Claim, Load, Reform, ReformTopic
from reforms.undoing import UndoRefused, undo
from sources.models import ChangeSet, Source
from tests.curated.small import curated

pytestmark = pytest.mark.django_db

FIRST = "    - at: a-source#2\n      quote: The law was adopted\n"
SECOND = '    - at: a-source#2\n      quote: The law\n      suffix: " is"\n'
TRADED = (FIRST + SECOND, SECOND + FIRST)


def fixture(tmp_path, name="knowledge_base.json", **changed):
    path = tmp_path / name
    path.write_text(compile_fixture(*curated(tmp_path, **changed)), encoding="utf-8")
    return path


def loaded(act, path):
    """Load or update from `path`; return the change set, to which its Load points."""
    act(path)
    return Load.objects.latest().change_set


def stored():
    return {model: list(model.objects.order_by("pk").values()) for model in KNOWLEDGE}


def refusal(change_set):
    """The messages with which its undo is refused, after which everything is as it was."""
    before = (stored(), Load.objects.count(), ChangeSet.objects.count())
    with pytest.raises(UndoRefused) as refused:
        undo(change_set, by=None, reason="Try.")
    assert (stored(), Load.objects.count(), ChangeSet.objects.count()) == before
    return refused.value.messages


def test_an_undone_load_leaves_the_base_empty_and_ready_to_be_loaded(tmp_path):
    path = fixture(tmp_path)
    done = undo(loaded(load, path), by=None, reason="The wrong base.")
    assert is_empty()
    assert {model for model in KNOWLEDGE if model.objects.exists()} == set()
    assert Claim.history.filter(change_set=done).values_list("ref", "history_type").order_by("ref").count() == 2
    assert {row.history_type for row in Citation.history.filter(change_set=done)} == {"-"}
    load(path)
    assert edits(Load.objects.get()) == []


def test_an_undone_update_leaves_what_was_loaded_before(tmp_path):
    loaded(load, fixture(tmp_path))
    before = stored()
    changed = {"a_source": [("text: A law was adopted.", "text: The law was adopted.")]}
    changed["reforms"] = [("  topics: [parties]\n", "")]
    done = undo(loaded(update, fixture(tmp_path, "newer.json", **changed)), by=None, reason="Too new.")
    assert stored() == before
    assert edits(Load.objects.get()) == []
    assert [model.history.get(change_set=done).history_type for model in (Claim, ReformTopic)] == ["~", "+"]


def test_an_undone_update_gives_citations_that_traded_places_their_own_again(tmp_path):
    loaded(load, fixture(tmp_path))
    before = stored()
    newer = loaded(update, fixture(tmp_path, "newer.json", a_source=[TRADED]))
    undo(newer, by=None, reason="Too new.")
    assert stored() == before
    assert edits(Load.objects.get()) == []
    assert list(findings()) == []


def test_an_undone_update_takes_a_rename_back(tmp_path):
    loaded(load, fixture(tmp_path))
    before = stored()
    newer = fixture(tmp_path, "newer.json")
    items = newer.read_text().replace('"party-threshold"', '"threshold-of-parties"').rstrip("]\n")
    retired = {"kind": "reform", "slug": "party-threshold", "now": "threshold-of-parties"}
    newer.write_text(items + ",\n" + json.dumps({"model": "reforms.retiredslug", "fields": retired}) + "\n]\n")
    newer = loaded(update, newer)
    assert Reform.objects.get().slug == "threshold-of-parties"
    undo(newer, by=None, reason="Too new.")
    assert stored() == before
    assert edits(Load.objects.get()) == []


def test_a_load_that_others_followed_is_not_undone_before_them(tmp_path):
    first = loaded(load, fixture(tmp_path))
    second = loaded(update, fixture(tmp_path, "newer.json", a_source=[TRADED]))
    assert refusal(first) == [f"The knowledge was loaded again since: {Load.objects.first()}."]
    undo(second, by=None, reason="Too new.")
    undo(first, by=None, reason="Too old.")
    assert is_empty()


def test_an_edit_since_the_load_is_named_and_kept(tmp_path):
    first = loaded(load, fixture(tmp_path))
    claim = Claim.objects.get(ref="C0002")
    claim.note = "Looked at."
    claim.save()
    edit = ChangeSet.objects.order_by("pk").last()
    assert refusal(first) == [f"Changed again since: claim C0002 ({edit}, change set {edit.pk})."]


def test_the_undo_of_a_load_is_not_undone(tmp_path):
    done = undo(loaded(load, fixture(tmp_path)), by=None, reason="Wrong.")
    assert refusal(done) == ["The undo of a load is not undone: load the knowledge again instead."]


def test_a_load_of_which_nothing_more_is_known_is_not_undone(tmp_path):
    first = loaded(load, fixture(tmp_path))
    Load.objects.update(change_set=None)
    assert refusal(first) == ["It is not known any more what this load was, so it cannot be undone."]


def test_what_loaddata_put_there_has_no_history_and_is_never_removed_by_an_undo(tmp_path):
    call_command("loaddata", fixture(tmp_path), verbosity=0)
    reform = Reform.objects.get()
    reform.title = "Edited"
    reform.save()
    edit = ChangeSet.objects.get()
    assert refusal(edit) == ["The history does not tell what was before: reform party-threshold."]
    reform.title = "Edited again"
    reform.save()
    undo(ChangeSet.objects.order_by("pk").last(), by=None, reason="Once is enough.")
    assert Reform.objects.get().title == "Edited"


@pytest.mark.usefixtures("knowledge")
def test_the_load_of_the_whole_shipped_base_is_undone_in_few_questions():
    first = Load.objects.get().change_set
    size = sum(model.objects.count() for model in KNOWLEDGE)
    assert size > 2_000
    with CaptureQueriesContext(connection) as asked:
        undo(first, by=None, reason="Another base is wanted.")
    assert len(asked) < size / 20
    assert is_empty()
    assert not Source.objects.exists()
    assert sum(model.history.filter(history_type="-").count() for model in KNOWLEDGE) == size
