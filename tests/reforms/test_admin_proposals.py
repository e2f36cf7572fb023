"""A change to what is public, made in the admin: it waits, and what readers see is unchanged, byte for byte."""

import pytest
from django.core import serializers
from django.urls import reverse

from reforms.curated.records import KNOWLEDGE
from reforms.models import Discrepancy, Event, Milestone, Package, Parameter, Proposal, Reform
from sources.models import ChangeSet
from tests.admin_forms import errors, in_words, new_row, opened, said, typed
from tests.factories import make_claim, make_discrepancy, make_event, make_reform

pytestmark = pytest.mark.django_db
WAITS = "waits for a second person to approve it. What is public is unchanged."


def rows():
    """Everything stored but the proposals, and how long each history is."""
    models = [model for model in KNOWLEDGE if model is not Proposal]
    return {
        model.__name__: (serializers.serialize("json", model.objects.order_by("pk")), model.history.count())
        for model in models
    }


def change(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


CHANGES = {
    "claim": (
        {"text": "In May.", "citations-0-stance": "context", "citations-0-note": "Here.", "actor_links-0-DELETE": "on"},
        {"citations": {"paragraph": 2, "quote": "the law", "stance": "supports", "strength": "implies"}},
        [("text", "Something was decided.", "In May."), ("actor an-actor says", "an-actor, says, Minister", ""),
         ("citation 1: stance", "", "context"), ("citation 1: note", "", "Here."),
         ("citation 2", "", "“the law” (a-source#2 implies)")],
    ),
    "event": ({"date": "2021-06~"}, {}, [("date", "2020-01-01", "2021-06~")]),
    "reform": (
        {"title": "B", "milestones-0-date": "2021", "topic_links-0-DELETE": "on"},
        {"milestones": {"stage": "in_force", "claim": 2}},
        [("title", "A reform", "B"), ("topic", "a-topic", ""), ("milestone M0001: date", "2020-05-25", "2021"),
         ("milestone M0002", "", "M0002, in_force, C0002")],
    ),
    "law": (
        {"dates-0-date": "2021", "reform_links-0-DELETE": "on"}, {},
        [("date signed C0001: date", "2020-05-25", "2021"),
         ("reform a-reform implements C0001", "a-reform, implements, C0001", "")],
    ),
    "package": (
        {"stated_count": "2", "items-0-number": "I"}, {"items": {"position": 4, "reform": "b", "claim": 3}},
        [("stated count", "1", "2"), ("item 1: number", "1", "I"), ("item 4", "", "4, b-reform, C0003")],
    ),
    "parameter": (
        {"changes-0-after": "10"}, {},
        [("change of value C0001 20", "40, 20, people, C0001", ""),
         ("change of value C0001 10", "", "40, 10, people, C0001")],
    ),
    "discrepancy": (
        {"explanation": "A misprint."}, {"claim_links": {"claim": 2}},
        [("explanation", "They do not fit.", "A misprint."), ("claim", "", "C0002")],
    ),
    "noclaim": (
        {"reason": "other", "note": "Applause."}, {},
        [("reason", "rhetoric", "other"), ("note", "", "Applause.")],
    ),
}  # fmt: skip


@pytest.fixture
def keys(each):
    """What a row of an inline is filled with: a paragraph, claim or reform by its short name."""
    paragraphs = {one.number: one.pk for one in each["source"].paragraphs.all()}
    other = make_reform("b-reform")
    make_claim(each["source"].paragraphs.get(number=2), "adopted", reforms=[other])
    claims = {int(claim.ref[1:]): claim.pk for claim in type(each["claim"]).objects.all()}
    return {"paragraph": paragraphs, "claim": claims, "reform": {"b": other.pk}}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_to_what_is_public_waits_and_what_is_public_is_unchanged(ann, ann_browses, each, keys, kind):
    record, (texts, inner, expected) = each[kind], CHANGES[kind]
    before = rows()
    page = ann_browses.get(change(record))
    assert "This is public. What you save here waits as a proposal" in in_words(page)
    form = typed(page) | texts | {"change_reason": "As I read it."}
    for prefix, row in inner.items():
        form = new_row(form, prefix, **{name: keys.get(name, {}).get(value, value) for name, value in row.items()})
    answer = ann_browses.post(change(record), form, follow=True)
    proposal = Proposal.objects.get()
    assert said(answer) == [f"P0001 {WAITS}"]
    assert answer.request["PATH_INFO"] == proposal.get_absolute_url()
    found = answer.context["changes"]
    assert [(one.what, one.before, one.after) for one in found] == expected
    assert (proposal.kind, proposal.reason, proposal.state) == (kind, "As I read it.", "waiting")
    made = ChangeSet.objects.first()
    assert (made.by, made.reason) == (ann, "As I read it.")
    assert rows() == before


@pytest.mark.parametrize("kind", CHANGES)
def test_where_nothing_was_changed_nothing_is_proposed(ann_browses, each, kind):
    before, change_sets = rows(), ChangeSet.objects.count()
    answer = ann_browses.post(change(each[kind]), opened(ann_browses, change(each[kind])), follow=True)
    assert said(answer) == ["Nothing was changed."]
    assert not Proposal.objects.exists()
    assert (rows(), ChangeSet.objects.count()) == (before, change_sets)


NEW = {
    "event": ({"slug": "b-event", "title": "B", "kind": "other", "claim": "C0001"}, {}, "b-event"),
    "discrepancy": (
        {"title": "B", "kind": "misprint", "explanation": "E.", "state": "open"}, {"claim_links": {"claim": "C0001"}},
        "D0002",
    ),
    "parameter": (
        {"slug": "b-parameter", "name": "B", "reform": "a-reform"}, {"changes": {"after": "5", "claim": "C0001"}},
        "b-parameter",
    ),
    "package": (
        {"slug": "b-package", "name": "B"}, {"items": {"position": 1, "reform": "a-reform", "claim": "C0001"}},
        "b-package",
    ),
    "noclaim": ({"paragraph": "a-source#1", "reason": "transition"}, {}, "a-source#1"),
}  # fmt: skip


def by_name(each):
    """Public name to key, of what a new record may name."""
    records = [*type(each["claim"]).objects.all(), *Reform.objects.all()]
    named = {record.natural_key()[0]: record.pk for record in records}
    return named | {paragraph.ref: paragraph.pk for paragraph in each["source"].paragraphs.all()}


@pytest.mark.parametrize("kind", NEW)
def test_a_new_record_that_would_be_public_at_once_waits_too(ann_browses, ben_browses, each, kind):
    texts, inner, name = NEW[kind]
    add, named, before = reverse(f"admin:reforms_{kind}_add"), by_name(each), rows()
    form = opened(ann_browses, add) | {key: named.get(value, value) for key, value in texts.items()}
    for prefix, row in inner.items():
        form = new_row(form, prefix, **{key: named.get(value, value) for key, value in row.items()})
    answer = ann_browses.post(add, form, follow=True)
    assert said(answer) == [f"P0001 {WAITS}"]
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.name, proposal.public) == (kind, name, None)
    assert rows() == before
    page = ben_browses.get(proposal.get_absolute_url())
    answer = ben_browses.post(proposal.get_absolute_url(), typed(page) | {"answer": "approve"}, follow=True)
    assert Proposal.objects.get().state == "approved"
    assert answer.context["root"].natural_key()[0] == name.partition("#")[0]


def test_a_new_record_that_rests_on_a_draft_is_saved_at_once(ann_browses, each):
    draft = make_claim(text="A draft.")
    form = {"slug": "b-event", "title": "B", "kind": "other", "claim": draft.pk}
    ann_browses.post(reverse("admin:reforms_event_add"), form)
    form = opened(ann_browses, change(Event.objects.get(slug="b-event")))
    ann_browses.post(change(Event.objects.get(slug="b-event")), form | {"title": "C"})
    assert Event.objects.get(slug="b-event").title == "C"
    assert not Proposal.objects.exists()


def unseen(each):
    """Records that readers do not see, each with the change by which they would."""
    claim, draft = each["claim"], make_claim(text="A draft.")
    package = Package.objects.create(slug="b-package", name="B")
    parameter = Parameter.objects.create(slug="b-parameter", name="B", reform=each["reform"])
    discrepancy = make_discrepancy(claim, draft)
    row = {"claim": claim.pk}
    return {
        "event": (make_event(draft, "b-event"), lambda form: form | row),
        "package": (package, lambda form: new_row(form, "items", position=1, reform=each["reform"].pk, **row)),
        "parameter": (parameter, lambda form: new_row(form, "changes", after="5", **row)),
        "discrepancy": (
            discrepancy, lambda form: form | {"kind": "misprint", "claim_links-1-DELETE": "on"},
        ),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["event", "package", "parameter", "discrepancy"])
def test_a_change_that_would_make_something_public_waits_and_is_approved(ann_browses, ben_browses, each, kind):
    record, made_public = unseen(each)[kind]
    before = rows()
    form = made_public(opened(ann_browses, change(record)))
    assert said(ann_browses.post(change(record), form, follow=True)) == [f"P0001 {WAITS}"]
    assert rows() == before
    again = opened(ann_browses, f"{change(record)}?proposal=P0001")
    ann_browses.post(f"{change(record)}?proposal=P0001", again | {"change_reason": "It is so."})
    proposal = Proposal.objects.get()
    assert (proposal.reason, proposal.public["ref" if kind == "discrepancy" else "slug"]) == (
        "It is so.",
        proposal.name,
    )
    page = ben_browses.get(proposal.get_absolute_url())
    ben_browses.post(proposal.get_absolute_url(), typed(page) | {"answer": "approve"})
    assert Proposal.objects.get().state == "approved"
    assert type(record).objects.public().filter(pk=record.pk).exists()


def test_what_is_not_public_is_saved_at_once(ann_browses, each):
    draft, reform = make_claim(text="A draft."), make_reform("b-reform")
    for record, changes in ((draft, {"text": "Other words."}), (reform, {"title": "Another title"})):
        form = opened(ann_browses, change(record))
        answer = ann_browses.post(change(record), form | changes, follow=True)
        assert "was changed successfully" in said(answer)[0]
    draft.refresh_from_db()
    reform.refresh_from_db()
    assert (draft.text, reform.title) == ("Other words.", "Another title")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("kind", ["actor", "topic", "source"])
def test_what_an_editor_keeps_in_order_alone_is_saved_at_once(ann_browses, each, kind):
    form = opened(ann_browses, change(each[kind]))
    ann_browses.post(change(each[kind]), form | {"name": "Another name"})
    each[kind].refresh_from_db()
    assert each[kind].name == "Another name"
    assert not Proposal.objects.exists()


def test_numbers_are_kept_for_what_waits_and_given_to_nothing_else(ann_browses, ben_browses, each, keys):
    claim, reform, add = each["claim"], each["reform"], reverse("admin:reforms_discrepancy_add")
    words = {"paragraph": keys["paragraph"][2], "stance": "context", "strength": "states"}
    for client, quote, stage in ((ann_browses, "adopted", "announced"), (ben_browses, "the law", "drafted")):
        client.post(change(claim), new_row(opened(client, change(claim)), "citations", quote=quote, **words))
        row = {"stage": stage, "claim": claim.pk}
        client.post(change(reform), new_row(opened(client, change(reform)), "milestones", **row))
        form = opened(client, add) | {"title": quote, "kind": "misprint", "explanation": "E.", "state": "open"}
        client.post(add, new_row(form, "claim_links", claim=claim.pk))
    given = {
        kind: [one.proposed for one in Proposal.objects.filter(kind=kind)]
        for kind in ("claim", "reform", "discrepancy")
    }
    assert [[cite["number"] for cite in one["cites"]] for one in given["claim"]] == [["1", "2"], ["1", "3"]]
    assert [[row["ref"] for row in one["milestones"]] for one in given["reform"]] == [
        ["M0001", "M0002"], ["M0001", "M0003"],
    ]  # fmt: skip
    assert [one["ref"] for one in given["discrepancy"]] == ["D0002", "D0003"]
    Proposal.objects.update(state="withdrawn")
    claim.citations.get().take_number()
    assert (Milestone.next_ref(), Discrepancy.next_ref()) == ("M0004", "D0004")


def test_what_a_rule_refuses_is_refused_in_the_form_and_not_proposed(ann_browses, each):
    form = opened(ann_browses, change(each["reform"]))
    answer = ann_browses.post(change(each["reform"]), form | {"milestones-0-date": "25.5.2020"})
    assert "“25.5.2020” is not an EDTF date." in errors(answer)
    assert not Proposal.objects.exists()


def test_what_is_added_in_a_popup_waits_where_it_would_be_public(ann_browses, each):
    add = f"{reverse('admin:reforms_event_add')}?_popup=1&_to_field=id"
    form = opened(ann_browses, add) | {"title": "B", "kind": "other", "_popup": "1"}
    answer = ann_browses.post(add, form | {"slug": "b-event", "claim": each["claim"].pk}, follow=True)
    assert said(answer) == [f"P0001 {WAITS}"]
    draft = make_claim(text="A draft.")
    answer = ann_browses.post(add, form | {"slug": "c-event", "claim": draft.pk})
    assert "admin/js/popup_response.js" in answer.content.decode()
    assert list(Event.objects.order_by("slug").values_list("slug", flat=True)) == ["an-event", "c-event"]
