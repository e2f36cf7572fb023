"""The round: edit here, dump, review, and update: here nothing stands in the way, elsewhere the edit arrives."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reforms.loading import LoadRefused, edits, update
from reforms.models import Claim, Counter, Load, Proposal, Reform
from reforms.renaming import retire
from sources.models import ChangeSet
from tests.curated.small import curated

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixtures(tmp_path, settings):
    """The folder of the small curated data in its one form, compiled, and loaded here."""
    settings.BASE_DIR = tmp_path
    curated(tmp_path)
    run("build_fixtures", tidy=True)
    run("load_knowledge")
    return tmp_path / "fixtures"


def run(command, **how):
    """What the command says."""
    said = StringIO()
    call_command(command, stdout=said, stderr=said, **how)
    return said.getvalue().splitlines()


def edit():
    claim = Claim.objects.get(ref="C0001")
    claim.text = "The law was adopted."
    claim.save()


def propose(ref="P0001", **fields):
    proposed = {"ref": "C0002", "text": "Better.", "kind": "figure"}
    return Proposal.objects.create(ref=ref, kind="claim", name="C0002", proposed=proposed, **fields)


def dump():
    run("dump_knowledge")
    run("build_fixtures")
    run("build_fixtures", check=True)


def test_an_edit_goes_round_without_complaint(fixtures):
    edit()
    dump()
    assert "text: The law was adopted." in (fixtures / "curated" / "claims" / "a-source.yaml").read_text()
    before = ChangeSet.objects.count(), Claim.history.count()
    assert run("load_knowledge", update=True) == ["Updated the knowledge base; the audit found nothing broken."]
    assert edits(Load.objects.first()) == []
    assert (ChangeSet.objects.count(), Claim.history.count()) == (before[0] + 1, before[1]), "nothing changed by it"
    run("dump_knowledge", check=True)


def test_an_edit_arrives_elsewhere(fixtures):
    """Elsewhere is here before the edit."""
    edit()
    dump()
    Claim.objects.filter(ref="C0001").update(text="A law was adopted.")
    run("load_knowledge", update=True)
    assert Claim.objects.get(ref="C0001").text == "The law was adopted."


def test_an_edit_that_the_review_changed_again_is_named(fixtures):
    edit()
    dump()
    path = fixtures / "curated" / "claims" / "a-source.yaml"
    path.write_text(path.read_text().replace("The law was adopted.", "The law was passed."))
    run("build_fixtures")
    with pytest.raises(CommandError, match=r'reforms\.claim \["C0001"\] \(changed\)'):
        run("load_knowledge", update=True)


def test_what_was_added_removed_and_renamed_here_goes_round(fixtures):
    reform = Reform.objects.get()
    reform.slug = "threshold-of-parties"
    reform.save()
    retire(reform, "party-threshold")
    reform.topic_links.all().delete()
    propose()
    dump()
    run("load_knowledge", update=True)
    assert edits(Load.objects.first()) == []
    assert Proposal.objects.unanswered().count() == 1


def test_a_base_that_was_never_loaded_is_taken_over(fixtures):
    Load.objects.all().delete()
    edit()
    with pytest.raises(CommandError, match="This base was not loaded by"):
        run("load_knowledge", update=True)
    dump()
    run("load_knowledge", update=True)
    assert edits(Load.objects.get()) == []


def test_a_proposal_that_was_answered_here_does_not_wait_again(fixtures):
    proposal = propose()
    dump()
    proposal.state = Proposal.State.WITHDRAWN
    proposal.save()
    with pytest.raises(LoadRefused) as refused:
        update(fixtures / "knowledge_base.json")
    assert refused.value.reasons == ['reforms.proposal ["P0001"] (answered)']
    dump()
    update(fixtures / "knowledge_base.json")
    assert Proposal.objects.get().state == Proposal.State.WITHDRAWN


def test_a_proposal_that_was_answered_elsewhere_goes(fixtures):
    proposal = propose()
    dump()
    run("load_knowledge", update=True)
    Proposal.objects.filter(pk=proposal.pk).update(state="approved")
    dump()
    Proposal.objects.filter(pk=proposal.pk).update(state="waiting")
    run("load_knowledge", update=True)
    assert not Proposal.objects.exists()
    assert Proposal.next_ref() == "P0002"


def test_counters_are_loaded_and_never_set_back(fixtures):
    Counter.keep("C", 7)
    Counter.keep("M", 8)
    dump()
    items = json.loads((fixtures / "knowledge_base.json").read_text())
    assert items[-2:] == [
        {"model": "reforms.counter", "fields": {"name": "C", "last": 7}},
        {"model": "reforms.counter", "fields": {"name": "M", "last": 8}},
    ]
    Counter.objects.filter(name="C").update(last=9)
    Counter.objects.filter(name="M").delete()
    run("load_knowledge", update=True)
    assert dict(Counter.objects.values_list("name", "last")) == {"C": 9, "M": 8}
    assert edits(Load.objects.first()) == []
