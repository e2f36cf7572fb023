"""What each group may do in the admin is what docs/curating.md says, cell by cell: every one is tried out."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from reforms.models import AnsweredFinding, AuditRun, Claim, Counter, Finding, Load
from reforms.proposing import propose
from reforms.publishing import publish, retract, submit
from sources.models import ChangeSet
from tests.factories import make_claim, make_law, make_reform, make_source
from tests.reforms import rights_in_sources  # noqa: F401 what it tries out is kept in TRIES
from tests.reforms.members import Member, adding, at
from tests.reforms.trying import TRIES, tries

DOCUMENT = (Path(__file__).parents[2] / "docs" / "curating.md").read_text()
GROUPS = ("Contributor", "Reviewer", "Editor")
CELL = r"(yes|no|as a proposal)"
ROWS = re.findall(rf"^\| (\S.*?) \| {CELL} \| {CELL} \| {CELL} \|$", DOCUMENT, re.MULTILINE)
CELLS = [(row, group, cell) for row, *cells in ROWS for group, cell in zip(GROUPS, cells, strict=True)]
SUPPORT = {"stance": "supports", "strength": "states"}


def draft(each):
    return make_claim(each["source"].paragraphs.get(number=2), "the law", published=False)


def in_review(each):
    claim = draft(each)
    submit(claim)
    return claim


def proposed(by):
    """A new event that `by` proposed."""
    event = {"slug": "new-event", "title": "An event", "kind": "other", "claim": "C0001"}
    return propose("event", "new-event", None, event, by=by)


def ann():
    return User.objects.get(username="ann")


def one(cells):
    """The cell that all of `cells` are."""
    (cell,) = set(cells)
    return cell


@tries("see every record, draft, proposal, doubt, finding and history")
def see(me, each):
    kept_apart = {Counter, Load, AuditRun}  # the house's own counts
    models = [
        model
        for model in admin.site._registry
        if model._meta.app_label in ("sources", "reforms") and model not in kept_apart
    ]
    lists = [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in models]
    records = [at(record, view) for record in [*each.values(), draft(each)] for view in ("change", "history")]
    others = [reverse("admin:reforms_doubts"), at(proposed(ann()), "change"), at(ChangeSet.objects.first(), "change")]
    return one("yes" if me.page(address) else "no" for address in ["/admin/", *lists, *records, *others])


@tries("draft a claim")
def draft_a_claim(me, each):
    words = {"paragraph": each["source"].paragraphs.get(number=2).pk, "quote": "the law"}
    return me.fills(adding("claim"), ("citations", words | SUPPORT), text="It is a law.", kind="provision")


@tries("change a draft")
def change_a_draft(me, each):
    return me.changes(draft(each), text="It is the law.")


@tries("bring back an earlier state of a draft")
def restore_a_draft(me, each):
    return me.restores(draft(each), text="It is the law.")


@tries("delete a draft")
def delete_a_draft(me, each):
    return me.deletes(draft(each))


@tries("submit a draft for review")
def submit_a_draft(me, each):
    return me.goes(draft(each), "submit")


@tries("publish a claim in review")
def publish_a_claim(me, each):
    return me.goes(in_review(each), "publish")


@tries("send back a claim in review")
def send_back_a_claim(me, each):
    return me.goes(in_review(each), "send_back")


@tries("change a public claim")
def change_a_public_claim(me, each):
    return me.changes(each["claim"], text="It became law.")


@tries("change a public reform, law, package, parameter, event or discrepancy")
def change_what_is_public(me, each):
    kinds = ("reform", "law", "package", "parameter", "event", "discrepancy")
    fields = {"discrepancy": {"explanation": "They may fit."}}
    return one(me.changes(each[kind], **fields.get(kind, {"note": "Read again."})) for kind in kinds)


@tries("bring back an earlier state of what is or was public")
def restore_what_was_public(me, each):
    retracted = Claim.objects.get(ref="C0002")
    retract(retracted, by=ann(), reason="The report was corrected.")
    cells = [me.restores(each["claim"], text="It became law."), me.restores(each["reform"], title="Another title")]
    return one([*cells, me.restores(retracted, note="Read again.")])


@tries("add a discrepancy or event on public claims")
def add_what_is_public_at_once(me, each):
    claim = each["claim"].pk
    about = {"title": "Printed wrongly", "kind": "misprint", "explanation": "A letter is missing.", "state": "open"}
    event = {"slug": "new-event", "title": "An event", "kind": "other", "claim": claim}
    discrepancy = me.fills(adding("discrepancy"), ("claim_links", {"claim": claim}), **about)
    return one([discrepancy, me.fills(adding("event"), **event)])


@tries("mark a paragraph as carrying no claim")
def mark_a_paragraph(me, each):
    paragraph = make_source("They clap again.", slug="another-source").paragraphs.get()
    return me.fills(adding("noclaim"), paragraph=paragraph.pk, reason="rhetoric")


@tries("remove such a mark")
def remove_a_mark(me, each):
    return me.deletes(each["noclaim"])


@tries("add a reform or law that is not public yet")
def add_what_is_not_public(me, each):
    reform = me.fills(adding("reform"), slug="new-reform", title="A new reform")
    return one([reform, me.fills(adding("law"), slug="new-law", name="A new law", rank="law", status="draft")])


@tries("change or delete a reform or law that is not public yet")
def change_what_is_not_public(me, each):
    records = [make_reform("quiet-reform"), make_law("quiet-law")]
    return one(cell for record in records for cell in (me.changes(record, note="Read."), me.deletes(record)))


@tries("approve a proposal")
def approve_a_proposal(me, each):
    return me.answers(proposed(ann()), "approve")


@tries("send back a proposal")
def send_back_a_proposal(me, each):
    return me.answers(proposed(ann()), "send_back")


@tries("withdraw a proposal of one’s own")
def withdraw_a_proposal(me, each):
    return me.answers(proposed(me.user), "withdraw")


@tries("clear a doubt")
def clear_a_doubt(me, each):
    claim = each["claim"]
    claim.taint = "Its text changed."
    claim.save()
    address = reverse("admin:reforms_doubts")
    data = {"record": f"claim {claim.pk}", "taint": claim.taint, "reason": "Read it."}
    return me.posts(address, data, offered="Clear the doubt</button>" in me.page(address))


@tries("retract a public claim")
def retract_a_claim(me, each):
    return me.goes(each["claim"], "retract")


@tries("merge a public claim into another")
def merge_a_claim(me, each):
    return me.goes(Claim.objects.get(ref="C0002"), "merge", into="C0001")


def found():
    """A finding, whose answer is given and taken back on the page of the audit: that page, and what is posted."""
    last = AuditRun.objects.create(seconds=1)
    finding = Finding.objects.create(
        run=last, rule="values_agree", severity="doubtful", record="C0001", message="Look."
    )
    return reverse("admin:reforms_finding_changelist"), {"finding": finding.pk, "reason": "Read it."}


@tries("run the audit")
def run_the_audit(me, each):
    address, _ = found()
    offered, before = 'name="act" value="run"' in me.page(address), AuditRun.objects.get()
    response = me.client.post(address, {"act": "run"})
    if response.status_code == 403:
        assert (offered, AuditRun.objects.get()) == (False, before)
        return "no"
    assert (offered, response.status_code, AuditRun.objects.get() == before) == (True, 302, False)
    return "yes"


@tries("answer a finding of the audit")
def answer_a_finding(me, each):
    address, data = found()
    offered = 'name="act" value="answer"' in me.page(address)
    return me.posts(address, data | {"act": "answer"}, offered=offered)


@tries("take such an answer back")
def take_an_answer_back(me, each):
    address, data = found()
    AnsweredFinding.objects.create(rule="values_agree", record="C0001", reason="Read it.")
    Finding.objects.update(answer="acknowledged")
    offered = 'name="act" value="take_back"' in me.page(f"{address}?answered=all")
    return me.posts(address, data | {"act": "take_back"}, offered=offered)


@tries("undo a change set")
def undo_a_change_set(me, each):
    publish(in_review(each), by=ann())
    address = at(ChangeSet.objects.first(), "change")
    return me.posts(address, {"reason": "Too early."}, offered="Undo this change set</button>" in me.page(address))


@tries("change a paragraph’s kind")
def change_a_kind(me, each):
    return me.changes(each["source"].paragraphs.get(number=4), kind="quotation")


@tries("add or change a topic")
def add_or_change_a_topic(me, each):
    new = me.fills(adding("topic"), slug="new-topic", name="A new topic", summary="About it.")
    return one([new, me.changes(each["topic"], summary="About it all.")])


@tries("add or change an actor")
def add_or_change_an_actor(me, each):
    new = me.fills(adding("actor"), slug="new-actor", name="A new actor", kind="body")
    return one([new, me.changes(each["actor"], note="Read again.")])


@tries("delete a claim or reform that is or was public")
def delete_what_was_public(me, each):
    retracted = Claim.objects.get(ref="C0002")
    retract(retracted, by=ann(), reason="The report was corrected.")
    return one(me.deletes(record) for record in (retracted, each["claim"], each["reform"]))


@tries("manage users and groups")
def manage_users(me, each):
    addresses = [reverse(f"admin:auth_{kind}_{view}") for kind in ("user", "group") for view in ("changelist", "add")]
    return one(me.posts(address, {}, offered=bool(me.page(address))) for address in addresses)


@pytest.mark.parametrize(("row", "group", "cell"), CELLS, ids=[f"{group}: {row}" for row, group, _ in CELLS])
def test_the_admin_lets_each_group_do_what_the_table_says(row, group, cell, each, ann_browses):
    assert TRIES[row](Member(group, ann_browses), each) == cell


def test_the_table_names_what_is_tried_out_and_nothing_else():
    assert len(ROWS) > 20
    assert len(DOCUMENT.split("| Contributor |")) == 2
    assert [row for row, *_ in ROWS] == list(dict.fromkeys(row for row, *_ in ROWS))
    assert {row for row, *_ in ROWS} == set(TRIES)
