"""Loading the compiled knowledge: all of it, audited, or nothing; and never over what was edited here."""

import json

import pytest
from django.core.management import call_command

from reforms.curated.compiling import compile_fixture
from reforms.loading import LoadRefused, adopt, edits, is_empty, is_newer, load, update
from reforms.models import Actor, Citation, Claim, Load, Milestone, Reform, Topic
from sources.models import ChangeSet, Paragraph, Source
from tests.curated.small import curated
from tests.factories import make_claim, make_source

pytestmark = pytest.mark.django_db


def fixture(tmp_path, name="knowledge_base.json", **changed):
    path = tmp_path / name
    path.write_text(compile_fixture(*curated(tmp_path, **changed)), encoding="utf-8")
    return path


def broken(path, model, field, value):
    """The fixture with one field of the first record of a model changed by hand."""
    items = json.loads(path.read_text(encoding="utf-8"))
    next(item for item in items if item["model"] == model)["fields"][field] = value
    path.write_text(json.dumps(items), encoding="utf-8")
    return path


def test_everything_is_loaded_and_remembered(tmp_path):
    path = fixture(tmp_path)
    assert is_empty()
    load(path)
    assert (Source.objects.count(), Paragraph.objects.count(), Claim.objects.count()) == (1, 3, 2)
    assert [citation.ref for citation in Citation.objects.all()] == ["C0001.1", "C0001.2", "C0002.1"]
    milestone = Milestone.objects.get()
    assert (str(milestone.date_earliest), str(milestone.date_latest)) == ("2020-02-06", "2020-06-02")
    assert not is_empty()
    assert not is_newer(path)
    assert edits(Load.objects.get()) == []


def test_plain_loaddata_loads_the_same(tmp_path):
    call_command("loaddata", fixture(tmp_path), verbosity=0)
    assert Claim.objects.public().count() == 2
    assert Citation.objects.broken().count() == 0


def test_a_load_writes_the_state_before_any_edit_into_the_history(tmp_path):
    load(fixture(tmp_path))
    row = Claim.objects.get(ref="C0001").history.get()
    assert (row.history_type, row.text, row.change_set.kind) == ("+", "A law was adopted.", "load")
    assert ChangeSet.objects.count() == 1


@pytest.mark.parametrize(
    ("model", "field", "value", "message"),
    [
        ("reforms.milestone", "date_latest", "2020-06-03", "do not follow from it"),
        ("reforms.milestone", "stage", "announced", None),
        ("reforms.reform", "slug", "reform-of-2020", "no year, no number"),
        ("sources.source", "sha256", "00", "does not have its SHA-256"),
        ("reforms.discrepancyclaim", "claim", ["C0002"], "needs 2 or more claims"),
    ],
)
def test_what_the_audit_refuses_is_rolled_back_whole(tmp_path, model, field, value, message):
    path = broken(fixture(tmp_path), model, field, value)
    if field == "slug":
        path.write_text(path.read_text().replace('"party-threshold"', '"reform-of-2020"'))
    if message is None:
        load(path)
        return
    with pytest.raises(LoadRefused, match=message):
        load(path)
    assert is_empty()
    assert not Claim.objects.exists()


def test_a_quote_that_is_not_its_span_is_refused_by_the_database(tmp_path):
    path = broken(fixture(tmp_path), "reforms.citation", "quote", "The law was adoptet")
    with pytest.raises(LoadRefused, match=r"refuses this knowledge: .*The quote is not the text of its span"):
        load(path)
    assert is_empty()


def test_a_published_claim_without_support_is_not_loaded(tmp_path):
    path = fixture(
        tmp_path, a_source=[("quote: The law was adopted", "quote: The law was adopted\n      stance: context")]
    )
    items = [
        item
        for item in json.loads(path.read_text())
        if item["fields"].get("number") != 2 or "quote" not in item["fields"]
    ]
    path.write_text(json.dumps(items))
    with pytest.raises(LoadRefused, match="C0001: A published claim needs at least one supporting citation"):
        load(path)


def test_a_base_that_holds_something_is_not_loaded_over(tmp_path):
    make_source()
    with pytest.raises(LoadRefused, match="not empty"):
        load(fixture(tmp_path))


def test_an_update_applies_what_changed_and_keeps_the_history(tmp_path):
    load(fixture(tmp_path))
    newer = fixture(
        tmp_path,
        "newer.json",
        a_source=[("text: A law was adopted.", "text: The law was adopted.")],
        reforms=[("  topics: [parties]\n", "")],
    )
    assert is_newer(newer)
    update(newer)
    claim = Claim.objects.get(ref="C0001")
    assert claim.text == "The law was adopted."
    assert [row.text for row in claim.history.all()] == ["The law was adopted.", "A law was adopted."]
    assert not Reform.objects.get().topics.exists()
    assert edits(Load.objects.first()) == []


def test_an_update_may_let_two_citations_trade_their_places(tmp_path):
    load(fixture(tmp_path))
    first = "    - at: a-source#2\n      quote: The law was adopted\n"
    second = '    - at: a-source#2\n      quote: The law\n      suffix: " is"\n'
    update(fixture(tmp_path, "newer.json", a_source=[(first + second, second + first)]))
    quotes = Citation.objects.filter(claim__ref="C0001").values_list("number", "quote")
    assert list(quotes) == [(1, "The law"), (2, "The law was adopted")]
    assert edits(Load.objects.first()) == []


def test_an_update_that_makes_room_loses_nothing_public(tmp_path):
    load(fixture(tmp_path))
    first = "    - at: a-source#2\n      quote: The law was adopted\n"
    second = '    - at: a-source#2\n      quote: The law\n      suffix: " is"\n'
    traded = [(first + second, second + first)]
    newer = fixture(tmp_path, "newer.json", a_source=traded)
    items = [item for item in json.loads(newer.read_text()) if item["model"] != "reforms.milestone"]
    newer.write_text(json.dumps(items))
    with pytest.raises(LoadRefused, match="M0001 is or was public"):
        update(newer)
    assert Milestone.objects.get().ref == "M0001"


def test_an_update_follows_a_rename(tmp_path):
    load(fixture(tmp_path))
    reform = Reform.objects.get()
    newer = fixture(tmp_path, "newer.json")
    items = newer.read_text().replace('"party-threshold"', '"threshold-of-parties"').rstrip("]\n")
    retired = {"kind": "reform", "slug": "party-threshold", "now": "threshold-of-parties"}
    newer.write_text(items + ",\n" + json.dumps({"model": "reforms.retiredslug", "fields": retired}) + "\n]\n")
    update(newer)
    reform.refresh_from_db()
    assert reform.slug == "threshold-of-parties"
    assert reform.milestones.get().ref == "M0001"
    assert edits(Load.objects.first()) == []


def test_a_base_loaded_by_loaddata_is_taken_over(tmp_path):
    path = fixture(tmp_path)
    call_command("loaddata", path, verbosity=0)
    Reform.objects.update(title="Edited here")
    assert not adopt(path)
    Reform.objects.update(title="Lower threshold")
    assert adopt(path)
    assert not is_newer(path)


def test_an_update_names_what_was_edited_here_and_changes_nothing(tmp_path):
    load(fixture(tmp_path))
    Claim.objects.filter(ref="C0001").update(note="Looked at by hand.")
    make_claim(ref="C0009")
    Milestone.objects.all().delete()
    newer = fixture(tmp_path, "newer.json", a_source=[("text: A law was adopted.", "text: The law was adopted.")])
    with pytest.raises(LoadRefused, match="`make dump` carries edits into fixtures/curated/") as refused:
        update(newer)
    assert refused.value.reasons == [
        'reforms.claim ["C0001"] (changed)',
        'reforms.claim ["C0009"] (added)',
        'reforms.milestone ["M0001"] (removed)',
    ]
    assert Claim.objects.get(ref="C0001").text == "A law was adopted."


def test_a_load_is_known_by_its_change_set(tmp_path):
    load(fixture(tmp_path))
    update(fixture(tmp_path, "newer.json", a_source=[("text: A law was adopted.", "text: The law was adopted.")]))
    newest, first = Load.objects.all()
    assert newest.change_set == Claim.objects.get(ref="C0001").history.first().change_set
    assert first.change_set == Claim.objects.get(ref="C0002").history.get().change_set
    assert {first.change_set.kind, newest.change_set.kind} == {"load"}


def test_what_is_unfinished_is_loaded(tmp_path):
    load(fixture(tmp_path, actors=[("}\n", "}\n- {slug: nobody-yet, name: Nobody yet, kind: person}\n")]))
    assert Actor.objects.count() == 2


def test_an_update_does_not_delete_a_published_claim(tmp_path):
    load(fixture(tmp_path))
    path = tmp_path / "newer.json"
    items = json.loads(fixture(tmp_path).read_text())
    gone = [
        item
        for item in items
        if "C0002" not in json.dumps(item["fields"]) and "D0001" not in json.dumps(item["fields"])
    ]
    path.write_text(json.dumps(gone))
    with pytest.raises(LoadRefused, match="C0002 is or was public, and what was public is not deleted"):
        update(path)
    assert Claim.objects.filter(ref="C0002").exists()


def test_the_commands_say_what_they_did(tmp_path, settings, capsys):
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "fixtures"
    curated(tmp_path)
    call_command("build_fixtures", tidy=True)
    call_command("build_fixtures", check=True)
    call_command("load_knowledge", if_empty=True)
    call_command("load_knowledge", if_empty=True)
    call_command("load_knowledge", update=True)
    call_command("audit")
    built = folder / "knowledge_base.json"
    built.write_text(built.read_text().replace("A law was adopted.", "The law was adopted."))
    call_command("load_knowledge", if_empty=True)
    with pytest.raises(Exception, match="stale: run"):
        call_command("build_fixtures", check=True)
    assert capsys.readouterr().out.splitlines() == [
        "Wrote actors.yaml, claims/a-source.yaml, discrepancies.yaml, events.yaml, laws.yaml, packages.yaml, "
        "parameters.yaml, reforms.yaml, topics.yaml; 1 file unchanged.",
        "Wrote fixtures/knowledge_base.json: 31 records.",
        "fixtures/curated is in its one form, and fixtures/knowledge_base.json is up to date.",
        "Loaded the knowledge base; the audit found nothing broken.",
        "The knowledge base is loaded already.",
        "The shipped knowledge is what was loaded; nothing to update.",
        "Nothing is unanswered: 28 rules, 3 quotes.",
        "The shipped knowledge is newer than what was loaded; `make update` applies it.",
    ]


def test_what_stands_there_before_the_first_load_is_known_by_its_name(tmp_path):
    Topic.objects.create(slug="parties", name="Entered before", summary="By hand.")
    load(fixture(tmp_path))
    assert Topic.objects.get(slug="parties").name != "Entered before"
