"""Answering proposals in the admin: what a second person sees, what is refused, and how its author goes on."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.urls import reverse

from reforms.curated.writing import written
from reforms.models import Citation, Claim, NoClaim, Proposal, Reform
from reforms.proposing import approve, propose, send_back, withdraw
from reforms.publishing import OWN
from sources.changes import change_set
from tests.admin_forms import in_words, new_row, opened, said, typed
from tests.factories import cite, make_law, make_source, rewrite
from tests.reforms.conftest import browser

pytestmark = pytest.mark.django_db
CHANGE = "admin:reforms_claim_change"
STALE = "What is public, or what is proposed, changed since you looked. Look at both again."


@pytest.fixture
def proposal(ann, each):
    """P0001: ann proposes another text for C0001."""
    public = written(each["claim"])
    proposed = public | {"text": "The law was adopted in May.", "note": "As printed."}
    return propose("claim", "C0001", public, proposed, by=ann, reason="As the source has it.")


def answer(client, proposal, answer, page=None, **more):
    """Press a button of the page of `proposal` as it was seen in `page`."""
    form = typed(page or client.get(proposal.get_absolute_url()))
    return client.post(proposal.get_absolute_url(), form | {"answer": answer} | more, follow=True)


def text():
    return Claim.objects.get(ref="C0001").text


def state():
    return Proposal.objects.get().state


def test_whoever_answers_sees_what_would_change_word_by_word_and_what_rests_on_it(ben_browses, proposal):
    page = ben_browses.get(proposal.get_absolute_url())
    changes = [(one.what, one.runs) for one in page.context["changes"]]
    assert changes == [
        ("text", [("removed", "Something"), ("added", "The law"), ("same", " was "), ("removed", "decided"),
                  ("added", "adopted in May"), ("same", ".")]),
        ("note", [("added", "As printed.")]),
    ]  # fmt: skip
    assert "<del>Something</del><ins>The law</ins> was" in page.content.decode()
    words = in_words(page)
    assert "As the source has it." in words
    assert "proposed by ann" in words
    assert "milestone M0001 a-reform adopted" in words
    assert "discrepancy D0001 They differ" in words


def test_whoever_answers_reads_what_the_claim_says_to_which_words_are_added(ann, ben_browses, each):
    public = written(each["claim"])
    added = propose("claim", "C0001", public, public | {"note": "As printed."}, by=ann, reason="Cited words.")
    assert "C0001 says: Something was decided." in in_words(ben_browses.get(added.get_absolute_url()))


def test_whoever_answers_reads_the_paragraph_that_would_carry_no_claim(ann, ben_browses):
    make_source("It was said.\nThey clap.", "b-source")
    mark = {"paragraph": "b-source#2", "reason": "rhetoric"}
    marked = propose("noclaim", "b-source#2", None, mark, by=ann)
    assert "b-source#2 says: They clap." in in_words(ben_browses.get(marked.get_absolute_url()))


def test_after_an_answer_the_focus_is_on_what_somebody_else_proposed(ann, ann_browses, ben, ben_browses, proposal):
    for number, by in enumerate((ben, ann), start=1):
        propose("reform", f"reform-{number}", None, {"slug": f"reform-{number}"}, by=by)
    page = answer(ben_browses, proposal, "approve").content.decode()
    assert " autofocus>Next to answer: P0003</a>" in page
    assert "Next to answer: P0002</a>" in ann_browses.get(proposal.get_absolute_url()).content.decode()
    last = Proposal.objects.get(ref="P0003")
    assert "Next to answer" not in ben_browses.get(last.get_absolute_url()).content.decode()


def test_a_second_person_approves_it_and_readers_see_it_then(client, ann_browses, ben_browses, proposal):
    assert "In May" not in client.get("/claims/C0001/").content.decode()
    page = ann_browses.get(proposal.get_absolute_url())
    assert 'value="approve"' not in page.content.decode()
    refused = answer(ann_browses, proposal, "approve", page, seen=page.context["seen"])
    assert OWN in in_words(refused)
    assert (text(), state()) == ("Something was decided.", "waiting")
    assert said(answer(ben_browses, proposal, "approve"))[0].startswith("P0001 is approved.")
    assert (text(), state()) == ("The law was adopted in May.", "approved")
    assert "The law was adopted in May." in client.get("/claims/C0001/").content.decode()


def test_what_changed_since_it_was_looked_at_is_looked_at_again(ben_browses, each, proposal):
    page = ben_browses.get(proposal.get_absolute_url())
    rewrite(each["claim"], events=None)
    refused = answer(ben_browses, proposal, "approve", page)
    assert STALE in in_words(refused)
    assert (text(), state()) == ("Something was decided.", "waiting")
    assert [(one.what, one.before, one.after) for one in refused.context["meanwhile"]] == [("event", "an-event", "")]
    assert "What became public since it was proposed" in in_words(refused)
    answer(ben_browses, proposal, "approve", refused)
    assert (text(), state(), each["claim"].event_links.count()) == ("The law was adopted in May.", "approved", 0)


def test_what_was_revised_since_it_was_looked_at_is_looked_at_again(ben_browses, proposal):
    page = ben_browses.get(proposal.get_absolute_url())
    Proposal.objects.update(proposed=proposal.proposed | {"text": "Something else."})
    assert STALE in in_words(answer(ben_browses, proposal, "approve", page))
    assert text() == "Something was decided."
    assert STALE in in_words(ben_browses.post(proposal.get_absolute_url(), {"answer": "approve"}))


def test_what_no_longer_fits_is_refused_in_words(ben_browses, each, proposal):
    rewrite(each["claim"], cites=[{"at": "a-source#2", "number": "5", "quote": "adopted"}])
    Proposal.objects.update(proposed=proposal.proposed | {"cites": []})
    Citation.objects.filter(number=5).update(stance="context")
    refused = answer(ben_browses, proposal, "approve")
    assert "A published claim needs at least one supporting citation." in in_words(refused)
    assert state() == "waiting"


def test_it_goes_back_with_a_reason_that_its_author_reads_on_the_form(ann_browses, ben_browses, each, proposal):
    refused = answer(ben_browses, proposal, "send_back", reason=" ")
    assert "A proposal is sent back with a reason." in in_words(refused)
    answer(ben_browses, proposal, "send_back", reason="In which May?")
    assert state() == "sent_back"
    for page in (reverse(CHANGE, args=[each["claim"].pk]), proposal.get_absolute_url()):
        assert "In which May?" in in_words(ann_browses.get(page))


def test_its_author_goes_on_where_they_stopped_and_proposes_it_again(ann, ann_browses, ben, each, proposal):
    send_back(proposal, by=ben, reason="In which May?")
    address = f"{reverse(CHANGE, args=[each['claim'].pk])}?proposal=P0001"
    page = ann_browses.get(address)
    assert "this is what you proposed" in in_words(page)
    form = typed(page)
    assert (form["text"], form["note"], form["kind"], form["change_reason"]) == (
        "The law was adopted in May.", "As printed.", "adopted", "As the source has it.",
    )  # fmt: skip
    done = ann_browses.post(address, form | {"text": "The law was adopted in May 2020."}, follow=True)
    assert done.request["PATH_INFO"] == proposal.get_absolute_url()
    proposal = Proposal.objects.get()
    assert (proposal.proposed["text"], proposal.state, proposal.answer) == (
        "The law was adopted in May 2020.", "waiting", "",
    )  # fmt: skip
    assert text() == "Something was decided."
    approve(proposal, by=ben)
    assert text() == "The law was adopted in May 2020."


def test_removed_and_new_rows_are_there_again_when_one_goes_on(ann, ann_browses, each):
    claim, paragraph = each["claim"], Citation.objects.first().paragraph
    cite(claim, paragraph, "adopted")
    law, address = make_law("b-law"), reverse(CHANGE, args=[claim.pk])
    form = opened(ann_browses, address) | {"citations-1-DELETE": "on", "citations-0-note": "Here."}
    form = new_row(form, "law_links", law=law.pk)
    words = {"paragraph": paragraph.pk, "quote": "law", "suffix": " was", "stance": "context", "strength": "implies"}
    ann_browses.post(address, new_row(form, "citations", **words, note="Look."))
    proposed = Proposal.objects.get().proposed
    page = ann_browses.get(f"{address}?proposal=P0001")
    again = typed(page)
    assert [again.get(f"citations-{row}-DELETE") for row in range(3)] == [None, "on", None]
    assert [again[f"citations-{row}-note"] for row in range(3)] == ["Here.", "", "Look."]
    assert [again[f"citations-2-{name}"] for name in ("id", "quote", "prefix", "suffix", "stance", "strength")] == [
        "", "law", "The ", "", "context", "implies",
    ]  # fmt: skip
    assert (again["citations-TOTAL_FORMS"], again["citations-INITIAL_FORMS"]) == ("3", "2")
    assert [again[f"law_links-{row}-law"] for row in range(2)] == [str(each["law"].pk), str(law.pk)]
    ann_browses.post(f"{address}?proposal=P0001", again | {"text": "In May."}, follow=True)
    now = Proposal.objects.get().proposed
    assert (now["text"], now["laws"], [one["number"] for one in now["cites"]]) == (
        "In May.",
        ["a-law", "b-law"],
        ["1", "4"],
    )
    assert [one["number"] for one in proposed["cites"]] == ["1", "3"]
    assert claim.citations.count() == 2


def test_going_on_counts_from_what_is_public_by_now(ann_browses, ben, each, proposal):
    rewrite(each["claim"], kind="done")
    address = f"{reverse(CHANGE, args=[each['claim'].pk])}?proposal=P0001"
    form = opened(ann_browses, address)
    assert (form["kind"], form["text"]) == ("done", "The law was adopted in May.")
    ann_browses.post(address, form)
    proposal = Proposal.objects.get()
    assert (proposal.public["kind"], proposal.proposed["kind"], proposal.proposed["note"]) == (
        "done", "done", "As printed.",
    )  # fmt: skip


def test_a_proposal_that_does_not_fit_by_now_cannot_be_gone_on_with_and_says_why(ann, ann_browses, each):
    public = written(each["reform"])
    propose("reform", "a-reform", public, public | {"topics": ["a-topic", "gone"]}, by=ann)
    address = reverse("admin:reforms_reform_change", args=[each["reform"].pk])
    answer = ann_browses.get(f"{address}?proposal=P0001", follow=True)
    assert said(answer) == ["No topic is called “gone”."]
    assert answer.request["PATH_INFO"] == Proposal.objects.get().get_absolute_url()


@pytest.mark.parametrize("whose", ["another's", "of-another-record", "answered", "nothing"])
def test_only_ones_own_open_proposal_on_this_record_is_gone_on_with(
    ann_browses, ben_browses, each, proposal, ann, whose
):
    client, claim = ann_browses, each["claim"]
    if whose == "another's":
        client = ben_browses
    elif whose == "of-another-record":
        claim = Claim.objects.get(ref="C0002")
    elif whose == "answered":
        withdraw(proposal, by=ann)
    name = "P0009" if whose == "nothing" else "P0001"
    address = f"{reverse(CHANGE, args=[claim.pk])}?proposal={name}"
    form = opened(client, address)
    assert form["text"] == claim.text
    client.post(address, form | {"text": "Mine."})
    proposal.refresh_from_db()
    assert proposal.proposed["text"] == "The law was adopted in May."
    assert Proposal.objects.get(ref="P0002").proposed["text"] == "Mine."


def test_it_is_withdrawn_by_its_author_only(ann_browses, ben_browses, proposal):
    refused = answer(ben_browses, proposal, "withdraw")
    assert "A proposal is withdrawn by who made it." in in_words(refused)
    answer(ann_browses, proposal, "withdraw")
    assert state() == "withdrawn"


@pytest.mark.parametrize("button", ["approve", "send_back", "withdraw"])
def test_what_was_answered_is_not_answered_again(ann, ann_browses, ben_browses, proposal, button):
    page = ben_browses.get(proposal.get_absolute_url())
    withdraw(proposal, by=ann)
    client = ann_browses if button == "withdraw" else ben_browses
    refused = answer(client, proposal, button, page, reason="A reason.")
    assert "P0001 is withdrawn already." in in_words(refused)
    assert (state(), text()) == ("withdrawn", "Something was decided.")


def test_whoever_may_only_look_answers_nothing(each, proposal):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_proposal", "view_claim"]))
    client = browser(reader)
    page = client.get(proposal.get_absolute_url())
    assert 'name="answer"' not in page.content.decode()
    for button in ("approve", "send_back"):
        assert answer(client, proposal, button, page, seen="x", reason="Mine.").status_code == 403
    assert (state(), text()) == ("waiting", "Something was decided.")


def test_one_that_fails_half_way_does_not_spoil_another_in_the_same_change(ann, ben, each):
    reform, mark = written(each["reform"]), written(each["noclaim"])
    twin = [*reform["milestones"], {"ref": "M0002", "stage": "announced", "claim": "C0003"}]
    rewrite(each["discrepancy"])
    Claim.objects.create(ref="C0003", text="About something else.", kind="done")
    wrong = propose("reform", "a-reform", reform, reform | {"title": "B", "milestones": twin}, by=ann)
    right = propose("noclaim", "a-source#4", mark, mark | {"note": "Applause."}, by=ann)
    with change_set(by=ben, reason="Looked at both."):
        with pytest.raises(ValidationError, match="The claim C0003 does not name this reform among its own"):
            approve(wrong, by=ben)
        approve(right, by=ben)
    assert (Reform.objects.get().title, NoClaim.objects.get().note) == ("A reform", "Applause.")
    assert Reform.history.count() == 1


def test_the_page_of_a_proposal_on_what_is_gone_still_opens(ann, ben_browses, each):
    mark = written(each["noclaim"])
    proposal = propose("noclaim", "a-source#4", mark, mark | {"note": "Applause."}, by=ann)
    each["noclaim"].delete()
    page = ben_browses.get(proposal.get_absolute_url())
    assert [(one.what, one.act) for one in page.context["meanwhile"]] == [
        ("paragraph", "removed"),
        ("reason", "removed"),
    ]
    refused = answer(ben_browses, proposal, "approve", page)
    assert "a-source#4 is no longer there, so this proposal cannot be approved." in in_words(refused)


def test_a_proposal_has_a_history_of_its_own(ann_browses, ben, proposal, ann):
    send_back(proposal, by=ben, reason="In which May?")
    page = ann_browses.get(reverse("admin:reforms_proposal_history", args=[proposal.pk]))
    assert "In which May?" in in_words(page)
    assert 'name="version"' not in page.content.decode()
