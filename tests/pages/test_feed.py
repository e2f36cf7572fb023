"""The feed of changes: what became public, changed or went, in words; and nothing of what nobody may read."""

import re
from xml.etree import ElementTree

import pytest
from django.contrib.auth import get_user_model

from reforms.merging import merge
from reforms.models import Claim, DiscrepancyClaim
from reforms.publishing import publish, retract, submit
from reforms.undoing import undo
from sources.changes import ChangeSet, change_set
from tests.factories import cite, make_claim, make_discrepancy, make_source

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<script>alert('&amp;')</script> ]]>\x0b \x01é"


@pytest.fixture
def source():
    return make_source("\n".join(f"Sentence {number} of the text." for number in range(60)), "report")


@pytest.fixture
def claim(source):
    """C0001, published with the reason “Published C0001.”."""
    return make_claim(source.paragraphs.get(number=1), ref="C0001", text="Members fell.")


@pytest.fixture
def entries(client):
    """Give the entries of the feed, newest first: what each element holds, by its name."""

    def get():
        response = client.get("/feeds/changes/")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
        return [
            {part.tag.removeprefix(ATOM): part.get("href") or "".join(part.itertext()) for part in one}
            for one in root.iter(f"{ATOM}entry")
        ]

    return get


@pytest.fixture
def titles(entries):
    return lambda: [entry["title"] for entry in entries()]


def edit(record, reason="An edit.", **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    with change_set(reason=reason):
        record.save()


def test_an_entry_says_what_when_by_whom_and_why_and_leads_there(source, entries):
    by = get_user_model().objects.create(username="aigerim", first_name="Aigerim", last_name="Seitkali")
    claim = make_claim(source.paragraphs.get(number=1), ref="C0001", text="Members fell.", published=False)
    submit(claim)
    publish(claim, by=by, reason="Read and found right.")
    made = ChangeSet.objects.get(reason="Read and found right.")
    ChangeSet.objects.filter(pk=made.pk).update(at="2026-01-02T03:04:05Z")
    assert entries() == [
        {
            "title": "C0001 was published: Members fell.",
            "link": "http://testserver/claims/C0001/",
            "updated": "2026-01-02T03:04:05+00:00",
            "author": "Aigerim Seitkali",
            "id": f"tag:testserver,2026-01-02:change/{made.pk}",
            "summary": "<p>Read and found right.</p><ul><li>"
            '<a href="http://testserver/claims/C0001/">C0001 was published</a>: Members fell.</li></ul>',
        }
    ]


def test_the_life_of_a_claim_is_told_newest_first_in_the_words_that_are_public_now(claim, source, titles):
    edit(claim, text="Members fell by half.")
    with change_set(reason="A second source."):
        cite(claim, source.paragraphs.get(number=2), "Sentence")
    edit(claim, reason="Nothing that is read.")
    retract(claim, reason="It was misread.")
    edit(claim, reason="A secret draft.", state="draft", retraction_reason="", text="Members fell by a third.")
    submit(claim, reason="A secret wish.")
    publish(claim, reason="Read anew.")
    assert titles() == [
        "C0001 was published again: Members fell by a third.",
        "C0001 was retracted: Members fell by a third.",
        "C0001 was changed: Members fell by a third.",
        "C0001 was changed: Members fell by a third.",
        "C0001 was published: Members fell by a third.",
    ]


def test_of_a_claim_that_is_gone_only_that_it_went_and_why_is_told(claim, client, titles):
    edit(claim, reason="A wrong correction.", text="Members rose.")
    retract(claim, reason="It was misread.")
    assert titles() == ["C0001 was retracted"]
    text = client.get("/feeds/changes/").content.decode()
    assert "It was misread." in text
    assert not re.search("Members|wrong correction", text)


def test_drafts_and_reviews_are_told_to_nobody(source, client, titles):
    draft = make_claim(source.paragraphs.get(number=1), text="A secret.", published=False)
    edit(draft, reason="A secret attempt.", text="A secret again.")
    submit(draft, reason="A secret wish.")
    make_discrepancy(draft, make_claim(source.paragraphs.get(number=2), text="Open."), title="A secret clash")
    assert titles() == ["C0002 was published: Open."]
    assert "secret" not in client.get("/feeds/changes/").content.decode().lower()


def test_a_merge_an_undo_and_an_undone_publication_are_told(claim, source, titles):
    by = get_user_model().objects.create(username="aigerim")
    into = make_claim(source.paragraphs.get(number=2), ref="C0002", text="It fell.")
    merge(claim, into, reason="The same.")
    undo(ChangeSet.objects.get(reason="The same."), by=by, reason="Not the same.")
    undo(ChangeSet.objects.get(reason="Published C0002."), by=by, reason="Too early.")
    assert titles()[0] == "C0002 was taken back"
    assert titles()[1].startswith("C0001 was published again: Members fell.")
    assert titles()[2].startswith("C0001 was merged into C0002")


def test_a_discrepancy_is_told_from_when_all_its_claims_were_public(claim, source, titles):
    other = make_claim(source.paragraphs.get(number=2), ref="C0002", text="Members rose.", published=False)
    with change_set(reason="Seen."):
        differ = make_discrepancy(claim, other, title="Rose or fell")
    edit(differ, reason="A secret title.", title="Fell or rose")
    submit(other)
    publish(other)
    edit(differ, reason="Clearer.", explanation="They do not fit at all.")
    with change_set(reason="Seen too."):
        make_discrepancy(claim, title="One alone", kind="misprint")
    assert titles() == [
        "D0002 was recorded: One alone",
        "D0001 was changed: Fell or rose",
        "C0002 was published: Members rose.",
        "C0001 was published: Members fell.",
    ]
    retract(claim, reason="Wrong.")
    assert titles() == ["C0001 was retracted", "C0002 was published: Members rose."]
    assert DiscrepancyClaim.objects.count() == 3


def test_several_records_of_one_change_set_are_one_entry(source, entries):
    claims = [make_claim(source.paragraphs.get(number=number), published=False) for number in (1, 2, 3)]
    for one in claims:
        submit(one)
    with change_set(reason="Read together."):
        for one in claims:
            publish(one)
    (entry,) = entries()
    assert entry["title"] == "C0001 was published: Something was decided., and 2 more"
    assert entry["link"] == "http://testserver/claims/"
    assert entry["summary"].count("<li>") == 3


def test_a_load_of_many_records_is_one_entry_by_their_numbers(source, entries):
    with change_set(kind=ChangeSet.Kind.LOAD, reason="Loaded knowledge_base.json."):
        claims = [make_claim(paragraph, text="Loaded.") for paragraph in source.paragraphs.all()[:25]]
        make_claim(source.paragraphs.get(number=30), published=False)
        make_discrepancy(claims[0], kind="misprint")
    (entry,) = entries()
    assert entry["title"] == "Loaded with the shipped knowledge: 25 claims, 1 discrepancy"
    assert entry["summary"] == "<p>Loaded knowledge_base.json.</p><p>25 claims, 1 discrepancy</p>"
    assert entry["link"] == "http://testserver/claims/"


def test_of_very_many_records_only_what_was_public_by_then_is_counted(source, client, entries):
    with change_set(reason="A secret import."):
        claims = [make_claim(paragraph, published=False) for paragraph in source.paragraphs.all()[:25]]
    with change_set(reason="Read together."):
        for one in claims[:22]:
            submit(one)
            publish(one)
    assert [entry["title"] for entry in entries()] == ["Changed: 22 claims"]
    assert "secret" not in client.get("/feeds/changes/").content.decode()
    with change_set(reason="All misread."):
        for one in claims[:21]:
            retract(one, reason="Misread.")
    assert [entry["title"] for entry in entries()] == ["Changed: 21 claims", "Changed: 1 claim"]


def test_hostile_words_stay_words(source, entries):
    claim = make_claim(source.paragraphs.get(number=1), ref="C0001")
    edit(claim, reason=HOSTILE, text=HOSTILE)
    readable = "<script>alert('&amp;')</script> ]]> é"
    escaped = "&lt;script&gt;alert(&#x27;&amp;amp;&#x27;)&lt;/script&gt; ]]&gt; é"
    first = entries()[0]
    assert first["title"] == f"C0001 was changed: {readable}"
    assert first["summary"].startswith(f"<p>{escaped}</p>")
    assert f": {escaped}</li>" in first["summary"]


def test_the_last_fifty_are_told_for_the_same_number_of_queries(source, claim, count_queries, entries):
    make_discrepancy(claim, kind="misprint")
    few = count_queries("/feeds/changes/")
    for number in range(60):
        edit(claim, note=f"Note {number}.")
    make_discrepancy(claim, kind="misprint")
    assert count_queries("/feeds/changes/") == few <= 15
    assert len(entries()) == 50


def test_who_knows_the_latest_is_told_so(claim, client):
    known = client.get("/feeds/changes/")["ETag"]
    again = client.get("/feeds/changes/", headers={"if-none-match": known})
    assert (again.status_code, again.content) == (304, b"")
    edit(claim, note="A note.")
    assert client.get("/feeds/changes/", headers={"if-none-match": known}).status_code == 200


def test_an_empty_ledger_has_an_empty_feed(entries):
    assert Claim.objects.count() == 0
    assert entries() == []


def test_every_page_names_the_feed(client):
    text = client.get("/about/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" title="What changed" href="/feeds/changes/">' in text
    assert '<a href="/feeds/changes/">Follow changes</a>' in text
