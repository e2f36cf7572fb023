"""Whoever saves over what somebody else changed meanwhile is stopped, sees what changed, and loses no word."""

import pytest
from django.core import signing
from django.db import connection
from django.urls import reverse

from reforms.models import Actor, Citation, Claim, ClaimReform, Law, Milestone, Proposal, Reform
from reforms.opened import changed_since, seal, state_of
from reforms.publishing import submit
from sources.acceptance import reconsider
from sources.models import Paragraph, Source
from tests.admin_forms import claim_form, errors, in_words, new_row, opened, typed
from tests.factories import cite, make_claim, make_milestone, make_reform

pytestmark = pytest.mark.django_db
COLLIDED = "Nothing was saved: somebody changed this since you opened it."
NOT_OPENED = "Nothing was saved: this form was not opened here. Open the record again."


@pytest.fixture
def draft(each):
    """C0003, a draft on two citations about a reform that is not public either, with a milestone."""
    paragraph, reform = each["source"].paragraphs.get(number=2), make_reform("b-reform")
    draft = make_claim(paragraph, "The law", text="A draft.", published=False, reforms=[reform], laws=[each["law"]])
    cite(draft, paragraph, "adopted", note="Here.")
    make_milestone(reform, draft, "announced", "2019")
    return draft


def change(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def record_of(kind, each):
    records = {
        "claim": lambda: Claim.objects.get(ref="C0003"),
        "reform": lambda: Reform.objects.get(slug="b-reform"),
        "paragraph": lambda: Paragraph.objects.get(number=3),
    }
    return records[kind]() if kind in records else each[kind]


def update(model, values, **which):
    model.objects.filter(**which).update(**values)


# Kind, what one person changes meanwhile, the difference that the other sees, and what the other typed.
MEANWHILE = {
    "text-of-a-claim": (
        "claim", lambda: update(Claim, {"text": "Theirs."}, ref="C0003"), ("text", "A draft.", "Theirs."),
        {"text": "Mine."},
    ),
    "another-field": (
        "claim", lambda: update(Claim, {"note": "Theirs."}, ref="C0003"), ("note", "", "Theirs."), {"text": "Mine."},
    ),
    "citation": (
        "claim", lambda: update(Citation, {"stance": "disputes"}, claim__ref="C0003", number=1),
        ("citation 1: stance", "", "disputes"), {"citations-0-note": "Mine."},
    ),
    "new-citation": (
        "claim", lambda: cite(Claim.objects.get(ref="C0003"), Paragraph.objects.get(number=3), "in force"),
        ("citation 3", "", "“in force” (a-source#3)"), {"text": "Mine."},
    ),
    "link": (
        "claim",
        lambda: ClaimReform.objects.create(claim=Claim.objects.get(ref="C0003"), reform=Reform.objects.first()),
        ("reform", "", "a-reform"), {"note": "Mine."},
    ),
    "state": (
        "claim", lambda: submit(Claim.objects.get(ref="C0003")), ("state", "draft", "in_review"), {"text": "Mine."},
    ),
    "milestone": (
        "reform", lambda: update(Milestone, {"date": "2018"}, reform__slug="b-reform"),
        ("milestone M0002: date", "2019", "2018"), {"milestones-0-date": "2017"},
    ),
    "alias": (
        "actor", lambda: Actor.objects.get().aliases.create(name="Theirs"), ("alias", "", "Theirs"),
        {"aliases-0-name": "Mine"},
    ),
    "metadata-of-a-source": (
        "source", lambda: update(Source, {"rights": "Theirs."}), ("rights", "", "Theirs."), {"note": "Mine."},
    ),
    "kind-of-a-paragraph": (
        "paragraph", lambda: reconsider(Source.objects.get(), {3: ("heading", 2)}), ("kind", "paragraph", "heading 2"),
        {"kind": "quotation", "change_reason": "Mine."},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MEANWHILE)
def test_the_second_who_saves_is_stopped_sees_what_changed_and_keeps_what_was_typed(ann_browses, each, draft, case):
    kind, meanwhile, difference, mine = MEANWHILE[case]
    record = record_of(kind, each)
    form = opened(ann_browses, change(record)) | mine
    meanwhile()
    stopped = ann_browses.post(change(record), form)
    assert COLLIDED in errors(stopped)
    found = stopped.context["adminform"].form.collision
    assert [(one.what, one.before, one.after) for one in found] == [difference]
    assert "Changed since you opened it" in in_words(stopped)
    assert typed(stopped) | {"opened": ""} == form | {"opened": ""}
    again = ann_browses.post(change(record), typed(stopped))
    assert again.status_code == 302, errors(again)
    now = str(state_of(type(record)._default_manager.get(pk=record.pk)))
    assert [text for name, text in mine.items() if text not in now and name != "change_reason"] == []


def test_saving_again_keeps_what_the_other_changed_beside_it(ann_browses, each, draft):
    form = opened(ann_browses, change(draft)) | {"text": "Mine."}
    cite(draft, each["source"].paragraphs.get(number=3), "in force")
    stopped = ann_browses.post(change(draft), form)
    ann_browses.post(change(draft), typed(stopped))
    draft.refresh_from_db()
    assert (draft.text, draft.citations.count()) == ("Mine.", 3)


def test_a_third_change_stops_the_second_save_too(ann_browses, draft):
    form = opened(ann_browses, change(draft)) | {"text": "Mine."}
    update(Claim, {"note": "Theirs."}, ref="C0003")
    stopped = ann_browses.post(change(draft), form)
    update(Claim, {"note": "Again theirs."}, ref="C0003")
    stopped = ann_browses.post(change(draft), typed(stopped))
    (found,) = stopped.context["adminform"].form.collision
    assert (found.before, found.after) == ("Theirs.", "Again theirs.")
    assert Claim.objects.get(ref="C0003").text == "A draft."


def test_rows_whose_record_is_gone_come_back_as_new_rows(ann_browses, draft):
    form = opened(ann_browses, change(draft)) | {"citations-0-note": "Mine one.", "citations-1-note": "Mine two."}
    form = new_row(form, "citations", paragraph=form["citations-0-paragraph"], quote="was", stance="context")
    form |= {"citations-2-strength": "states", "citations-2-note": "Mine three."}
    draft.citations.get(number=1).delete()
    stopped = ann_browses.post(change(draft), form)
    assert COLLIDED in errors(stopped)
    found = typed(stopped)
    assert [(found[f"citations-{row}-id"] != "", found[f"citations-{row}-note"]) for row in range(3)] == [
        (True, "Mine two."), (False, "Mine one."), (False, "Mine three."),
    ]  # fmt: skip
    assert (found["citations-TOTAL_FORMS"], found["citations-INITIAL_FORMS"]) == ("3", "1")
    assert ann_browses.post(change(draft), found).status_code == 302
    assert list(draft.citations.order_by("number").values_list("number", "quote", "note")) == [
        (2, "adopted", "Mine two."), (3, "The law", "Mine one."), (4, "was", "Mine three."),
    ]  # fmt: skip


def test_a_milestone_that_is_gone_comes_back_under_a_new_reference(ann_browses, draft):
    reform = Reform.objects.get(slug="b-reform")
    form = opened(ann_browses, change(reform)) | {"milestones-0-note": "Mine."}
    Milestone.objects.get(ref="M0002").delete()
    stopped = ann_browses.post(change(reform), form)
    assert typed(stopped)["milestones-0-note"] == "Mine."
    ann_browses.post(change(reform), typed(stopped))
    assert (reform.milestones.get().ref, reform.milestones.get().note) == ("M0003", "Mine.")


def test_what_one_marked_for_removal_and_is_gone_already_is_not_brought_back(ann_browses, draft):
    form = opened(ann_browses, change(draft)) | {"citations-1-DELETE": "on", "text": "Mine."}
    draft.citations.get(number=2).delete()
    stopped = ann_browses.post(change(draft), form)
    assert COLLIDED in errors(stopped)
    assert ann_browses.post(change(draft), typed(stopped)).status_code == 302
    draft.refresh_from_db()
    assert (draft.text, draft.citations.get().number) == ("Mine.", 1)


SEALS = {
    "none": lambda sealed: "",
    "forged": lambda sealed: sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB"),
    "of-another-salt": lambda sealed: signing.dumps({"text": "A draft."}, salt="another", compress=True),
    "no-seal-at-all": lambda sealed: None,
}


@pytest.mark.parametrize("sealed", SEALS)
def test_a_form_that_was_not_opened_here_is_refused(ann_browses, draft, sealed):
    form = claim_form(text="Mine.", opened=SEALS[sealed](seal(draft)))
    refused = ann_browses.post(change(draft), {name: text for name, text in form.items() if text is not None})
    assert NOT_OPENED in errors(refused)
    assert Claim.objects.get(ref="C0003").text == "A draft."


def test_nobody_saves_by_saying_that_they_go_on_with_a_proposal(ann_browses, draft):
    refused = ann_browses.post(change(draft), claim_form(text="Mine.", opened="resumed"))
    assert "Nothing is saved yet" in errors(refused)
    assert Claim.objects.get(ref="C0003").text == "A draft."


def test_a_seal_of_another_record_does_not_open_this_one(ann_browses, each, draft):
    form = claim_form(text="Mine.", opened=seal(each["claim"]))
    assert COLLIDED in errors(ann_browses.post(change(draft), form))
    assert Claim.objects.get(ref="C0003").text == "A draft."


def test_plain_sql_is_noticed_too(ann_browses, draft):
    form = claim_form(text="Mine.", claim=draft)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reforms_citation SET note = 'Theirs.' WHERE claim_id = %s AND number = 1", [draft.pk])
    (found,) = ann_browses.post(change(draft), form).context["adminform"].form.collision
    assert (found.what, found.after) == ("citation 1: note", "Theirs.")


def test_what_others_changed_elsewhere_stops_nobody(ann_browses, each, draft):
    form = opened(ann_browses, change(draft)) | {"text": "Mine."}
    update(Claim, {"text": "Theirs."}, ref="C0001")
    update(Law, {"name": "Renamed"}, slug="a-law")
    assert ann_browses.post(change(draft), form).status_code == 302
    assert Claim.objects.get(ref="C0003").text == "Mine."


def test_a_change_and_back_again_stops_nobody(ann_browses, draft):
    form = opened(ann_browses, change(draft)) | {"text": "Mine."}
    for text in ("Theirs.", "A draft."):
        update(Claim, {"text": text}, ref="C0003")
    assert ann_browses.post(change(draft), form).status_code == 302


def test_what_one_has_opened_while_another_proposes_says_so(ann_browses, ben_browses, each):
    claim = each["claim"]
    mine, theirs = (opened(browses, change(claim)) for browses in (ann_browses, ben_browses))
    ben_browses.post(change(claim), theirs | {"text": "Theirs."})
    stopped = ann_browses.post(change(claim), mine | {"text": "Mine."})
    (found,) = stopped.context["adminform"].form.collision
    assert (found.what, found.before, found.after) == ("proposals", "", "P0001")
    assert "P0001" in in_words(stopped)
    ann_browses.post(change(claim), typed(stopped))
    assert list(Proposal.objects.order_by("ref").values_list("proposed__text", flat=True)) == ["Theirs.", "Mine."]


def test_two_who_save_one_after_the_other_are_both_kept(ann, ben, ann_browses, ben_browses, draft):
    for browses, text in ((ann_browses, "First."), (ben_browses, "Second.")):
        form = opened(browses, change(draft)) | {"text": text}
        assert browses.post(change(draft), form).status_code == 302
    rows = Claim.history.filter(ref="C0003")[:2]
    assert [(row.text, row.change_set.by) for row in rows] == [("Second.", ben), ("First.", ann)]


@pytest.mark.parametrize(
    ("state", "way", "more"),
    [("in_review", "publish", {}), ("in_review", "send_back", {}), ("published", "retract", {}),
     ("published", "merge", {"into": "C0001"}), ("draft", "submit", {})],
)  # fmt: skip
def test_what_changed_since_it_was_looked_at_goes_no_way(ann_browses, each, draft, state, way, more):
    Claim.objects.filter(pk=draft.pk).update(state=state)
    review = reverse("admin:reforms_claim_review", args=[draft.pk])
    form = opened(ann_browses, review) | {"way": way, "reason": "A reason.", **more}
    update(Citation, {"note": "Changed."}, claim=draft, number=2)
    refused = ann_browses.post(review, form)
    assert "C0003 was changed since you looked at it. Look at it again." in in_words(refused)
    assert Claim.objects.get(pk=draft.pk).state == state
    again = ann_browses.post(review, form | {"seen": refused.context["seen"]})
    assert again.status_code == 302
    assert Claim.objects.get(pk=draft.pk).state != state


@pytest.mark.parametrize("seen", ["", "forged"])
def test_nobody_publishes_what_they_did_not_look_at(ann_browses, draft, seen):
    submit(draft)
    review = reverse("admin:reforms_claim_review", args=[draft.pk])
    assert ann_browses.post(review, {"way": "publish", "seen": seen}).status_code == 200
    assert Claim.objects.get(pk=draft.pk).state == "in_review"


def test_a_seal_tells_nothing_but_what_changed(draft):
    assert changed_since(seal(draft), draft) == []
    with pytest.raises(ValueError, match="This was not made here"):
        changed_since("made elsewhere", draft)
