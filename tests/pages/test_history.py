"""The history of a claim, on its own page: what readers saw change since it was published, in words, and no more."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from reforms.merging import merge
from reforms.models import Actor, Claim, ClaimActor
from reforms.publishing import publish, retract, send_back, submit
from reforms.undoing import undo
from sources.changes import ChangeSet, change_set
from tests.factories import cite, make_claim, make_event, make_law, make_reform

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(read):
    """Give the history of C0001, newest first: each step as its lines of plain text, without its time."""

    def steps(ref="C0001"):
        part = read(f"/claims/{ref}/history/").partition('<ol class="history">')[2].partition("</ol>")[0]
        part = re.sub(r"<time.*?</time>", "", part)
        heads = re.split(r'<p class="meta">', part)[1:]
        return [[" ".join(re.sub("<[^>]+>", " ", line).split()) for line in lines_of(head)] for head in heads]

    return steps


def lines_of(step):
    lines = re.split(r"</(?:p|b)>\n|</li>", step)
    return [line for line in lines if re.sub("<[^>]+>", "", line).strip()]


def shown(read):
    """All that readers see of C0001."""
    return read("/claims/C0001/") + read("/claims/C0001/history/")


def edit(claim, by=None, reason="An edit.", made=ChangeSet.Kind.EDIT, **fields):
    """Change fields of `claim` in a change set of its own."""
    for name, value in fields.items():
        setattr(claim, name, value)
    with change_set(by=by, reason=reason, kind=made):
        claim.save()


def test_a_claim_that_was_only_published_says_when_by_whom_and_why(source, aigerim, read):
    claim = make_claim(source.paragraphs.get(number=1), ref="C0001", published=False)
    submit(claim, by=aigerim, reason="Ready.")
    publish(claim, reason="Read and found right.")
    ChangeSet.objects.filter(reason="Read and found right.").update(at="2026-01-02T03:04:05Z")
    page = read("/claims/C0001/history/")
    assert '<b>Published</b> <time datetime="2026-01-02T03:04:05Z">2 January 2026, 03:04 UTC</time>' in page
    assert "<span>nobody named</span>" in page
    assert '<p class="why">Read and found right.</p>' in page


def test_steps_are_told_from_the_newest_with_the_full_name_else_the_user_name(claim, aigerim, told):
    edit(claim, aigerim, "It is the number of members.", note="Of parties.")
    edit(claim, get_user_model().objects.create(username="daniyar"), "", note="Of each party.")
    assert told() == [
        ["Changed daniyar", "No reason was given.", "Note changed", "before Of parties .", "after Of each party ."],
        ["Changed Aigerim Seitkali", "It is the number of members.", "Note added: Of parties."],
        ["Published nobody named", "Published C0001."],
    ]


def test_words_are_told_before_and_after_with_those_that_differ_marked(claim, read):
    edit(claim, text="Members of a party rose.", kind="figure")
    page = read("/claims/C0001/history/")
    assert "<small>before</small> <span>Members <del>fell</del>.</span>" in page
    assert "<small>after</small> <span>Members <ins>of a party rose</ins>.</span>" in page
    assert "<b>Kind changed</b>" in page
    edit(claim, text="Those of a party  rose.")
    page = read("/claims/C0001/history/")
    assert "<small>before</small> <span><del>Members</del> of a party<del> </del>rose.</span>" in page
    edit(claim, text="Theirs, as was said, did.")
    page = read("/claims/C0001/history/")
    assert "<small>before</small> <span><del>Those of a party  rose</del>.</span>" in page
    edit(claim, text="Theirs, as was said, did so.")
    assert "<small>after</small> <span>Theirs, as was said, did <ins>so</ins>.</span>" in read("/claims/C0001/history/")
    assert "<span><ins>figure</ins></span>" in page


def test_citations_that_come_change_and_go_are_told_by_their_number(claim, source, told):
    with change_set(reason="A second source."):
        second = cite(claim, source.paragraphs.get(number=2), "said again", stance="context")
    with change_set(reason="It denies it."):
        second.stance = "disputes"
        second.save()
    with change_set(reason="Not needed."):
        second.delete()
    assert told()[:3] == [
        ["Changed nobody named", "Not needed.", "Citation 2 removed: “said again” (The report ¶2 disputes)"],
        ["Changed nobody named", "It denies it.", "Citation 2: stance changed", "before context", "after disputes"],
        ["Changed nobody named", "A second source.", "Citation 2 added: “said again” (The report ¶2 context)"],
    ]


def test_what_is_usual_is_said_where_a_citation_departs_from_it_and_a_paragraph_is_named_as_such(claim, source, told):
    citation = claim.citations.get()
    citation.paragraph, citation.start, citation.end = source.paragraphs.get(number=2), 0, 6
    citation.quote, citation.strength = "It was", "implies"
    with change_set(reason="Moved."):
        citation.save()
    assert told()[0][2:] == [
        "Citation 1: paragraph changed", "before The report ¶ 1", "after The report ¶ 2",
        "Citation 1: quote changed", "before from 40,000 to 20,000", "after It was",
        "Citation 1: strength changed", "before states", "after implies",
    ]  # fmt: skip


def test_what_a_claim_names_is_told_by_name(claim, source, told):
    reform, law = (
        make_reform("election-of-akims", title="Election of akims"),
        make_law("law-on-akims", name="Law on akims"),
    )
    make_claim(source.paragraphs.get(number=2), reforms=[reform], laws=[law])
    actor = Actor.objects.create(slug="someone", name="Some One", kind="person")
    event = make_event(claim, "address", title="Address of the President")
    with change_set(reason="It names these."):
        ClaimActor.objects.create(claim=claim, actor=actor, part="says", office="Minister")
        claim.reform_links.create(reform=reform)
        claim.law_links.create(law=law)
        claim.event_links.create(event=event)
    claim.law_links.get().delete()
    assert [step[2:] for step in told()] == [
        ["Law removed: Law on akims"],
        [
            "Reform added: Election of akims",
            "Law added: Law on akims",
            "Event added: Address of the President",
            "Actor added: Some One, says, Minister",
        ],
        [],
    ]


def test_a_mark_of_doubt_comes_and_goes_in_the_history(claim, told):
    edit(claim, taint="Its text changed on 2026-01-02, and the words it stands on did not.")
    edit(claim, taint="")
    words = "Its text changed on 2026-01-02, and the words it stands on did not."
    assert [step[2:] for step in told()] == [[f"Mark of doubt removed: {words}"], [f"Mark of doubt added: {words}"], []]


def test_nothing_is_told_of_drafts_and_reviews(source, aigerim, read, told):
    claim = make_claim(source.paragraphs.get(number=1), ref="C0001", text="A first attempt.", published=False)
    edit(claim, reason="A secret attempt.", text="A second attempt.")
    submit(claim, reason="A secret wish.")
    send_back(claim, reason="A secret refusal.")
    submit(claim, reason="A secret wish again.")
    publish(claim, by=aigerim, reason="At last.")
    assert told() == [["Published Aigerim Seitkali", "At last."]]
    assert not re.search("secret|first attempt", shown(read))


def test_a_claim_retracted_and_published_again_is_set_against_the_words_that_were_public_last(claim, read, told):
    edit(claim, reason="Clearer.", text="Members fell by half.")
    retract(claim, reason="It was misread.")
    edit(claim, reason="A secret repair.", text="Members fell by a third.")
    edit(claim, reason="A secret draft.", state="draft", retraction_reason="", note="In secret.")
    edit(claim, reason="A secret repair again.", text="Members fell by half, as said.", note="")
    submit(claim, reason="A secret wish.")
    publish(claim, reason="Read anew.")
    assert [step[:2] for step in told()] == [
        ["Published again nobody named", "Read anew."],
        ["Retracted nobody named", "It was misread."],
        ["Changed nobody named", "Clearer."],
        ["Published nobody named", "Published C0001."],
    ]
    assert told()[0][2:] == ["Text changed", "before Members fell by half.", "after Members fell by half , as said ."]
    assert not re.search("secret|third", shown(read))


def test_an_undone_publication_an_undone_edit_and_an_undone_merge_are_told(claim, source, aigerim, told):
    published = ChangeSet.objects.get(reason="Published C0001.")
    taken = undo(published, by=aigerim, reason="Too early.")
    undo(taken, by=aigerim, reason="It was time.")
    claim.refresh_from_db()
    edit(claim, reason="Clearer.", note="Of parties.")
    undo(ChangeSet.objects.get(reason="Clearer."), by=aigerim, reason="It was clear.")
    into = make_claim(source.paragraphs.get(number=2), ref="C0002")
    merge(Claim.objects.get(pk=claim.pk), into, reason="The same.")
    undo(ChangeSet.objects.get(reason="The same."), by=aigerim, reason="Not the same.")
    assert [step[:2] for step in told()] == [
        ["Published again Aigerim Seitkali", "Not the same."],
        ["Merged into C0002 nobody named", "The same."],
        ["Changed back Aigerim Seitkali", "It was clear."],
        ["Changed nobody named", "Clearer."],
        ["Published again Aigerim Seitkali", "It was time."],
        ["Taken back Aigerim Seitkali", "Too early."],
        ["Published nobody named", "Published C0001."],
    ]


def test_a_load_is_told_as_such(source, told):
    with change_set(kind=ChangeSet.Kind.LOAD, reason="Loaded knowledge_base.json."):
        claim = Claim.objects.create(ref="C0001", text="Members fell.", kind="figure", state="published")
        cite(claim, source.paragraphs.get(number=1), "from 40,000 to 20,000")
    edit(claim, reason="Updated from knowledge_base.json.", made="load", text="Members rose.")
    taken = {"state": "retracted", "retraction_reason": "Misread."}
    edit(claim, reason="Updated from knowledge_base.json.", made="load", **taken)
    edit(claim, reason="Updated once more.", made="load", state="published", retraction_reason="")
    assert [step[:2] for step in told()] == [
        ["Published again the shipped knowledge", "Updated once more."],
        ["Retracted the shipped knowledge", "Misread."],
        ["Changed with the shipped knowledge the shipped knowledge", "Updated from knowledge_base.json."],
        ["Loaded with the shipped knowledge the shipped knowledge", "Loaded knowledge_base.json."],
    ]


def test_what_came_before_the_history_begins_is_not_told_as_a_publication(claim, told, tmp_path):
    call_command("dumpdata", "reforms.claim", "reforms.citation", natural_foreign=True, output=tmp_path / "all.json")
    claim.history.all().delete()
    claim.citations.get().history.all().delete()
    call_command("loaddata", tmp_path / "all.json", verbosity=0)
    assert told() == []
    edit(claim, reason="A note.", note="Of parties.")
    assert told() == [["First recorded; what came before is not known nobody named", "A note."]]


def test_an_event_that_readers_do_not_see_is_not_named(claim, read, told):
    draft = make_claim(ref="C0009", published=False)
    with change_set(reason="Names what nobody may know."):
        claim.event_links.create(event=make_event(draft, "secret-event", title="A secret meeting"))
    assert told() == [["Published nobody named", "Published C0001."]]
    assert "secret" not in shown(read)


def test_words_that_may_not_be_shown_any_more_are_not_told_in_the_history(claim, source, read, told):
    source.show = "cited"
    source.save()
    with change_set(reason="A second source."):
        second = cite(claim, source.paragraphs.get(number=2), "said again")
    assert told()[0][2] == "Citation 2 added: “said again” (The report ¶2)"
    with change_set(reason="Not needed."):
        second.delete()
    assert told()[0][2] == "Citation 2 removed: “not shown: rights” (The report ¶2)"
    assert told()[1][2] == "Citation 2 added: “not shown: rights” (The report ¶2)"
    assert "said again" not in shown(read)


def test_nothing_in_the_history_is_taken_for_markup(claim, read):
    user = get_user_model().objects.create(username="<script>", first_name="<script>")
    edit(claim, user, "<script>why</script>", text="<script>what</script>", note="<script>", taint="<script>")
    assert "<script>" not in shown(read)


def test_the_history_costs_the_same_for_2_changes_and_for_20(claim, source, count_queries):
    costs = []
    for changes in (2, 20):
        for number in range(changes):
            edit(claim, text=f"Members fell, {changes} {number}.")
            paragraph = source.paragraphs.get(number=1 + number % 3)
            cite(claim, paragraph, paragraph.text[: 5 + changes - 2])
            claim.citations.last().delete()
        costs.append(count_queries("/claims/C0001/history/"))
    assert costs[0] == costs[1]
    assert costs[0] <= 15
