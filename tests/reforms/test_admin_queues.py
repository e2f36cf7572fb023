"""The first page of the admin: what waits, the most harmful first, each with a list of exactly that."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reforms import coverage
from reforms.admin.queues import desk
from reforms.curated.writing import written
from reforms.models import AuditRun, Finding, NoClaim, Proposal
from reforms.proposing import propose, send_back
from sources.changes import change_set
from sources.models import ChangeSet, Source
from tests.admin_forms import in_words
from tests.factories import make_claim, make_reform, make_source, make_world, word
from tests.reforms.conftest import browser
from tests.reforms.waiting import submitted

pytestmark = pytest.mark.django_db
CLAIMS, FINDINGS = "/admin/reforms/claim/", "/admin/reforms/finding/?answered=no&severity="
PROPOSALS, SOURCES = "/admin/reforms/proposal/?state__exact=", "/admin/sources/source/"


def begun(by, **fields):
    """A draft that `by` wrote."""
    with change_set(by=by, reason="Read it."):
        return make_claim(published=False, **fields)


def fill(ann, ben, rows=1):
    """Put so many into every queue; the last of them differ by one."""
    last = AuditRun.objects.create(seconds=1)
    for at in range(rows):
        for severity in ("broken", "doubtful", "unfinished"):
            Finding.objects.create(run=last, rule=f"is_{severity}", severity=severity, record=f"C{at}", message="Look.")
        name = word(at)
        old = make_source(f"It was said.\nThey clap {name}.", f"old-{name}")
        claim = make_claim(old.paragraphs.get(number=1), "was", taint="Its text changed.")
        source = make_source(f"It is said.\nThey clap {name}.", f"new-{name}", supersedes=old)
        public = written(claim)
        propose("claim", claim.ref, public, public | {"note": "One."}, by=ann)
        send_back(propose("claim", claim.ref, public, public | {"note": "Two."}, by=ann), by=ben, reason="Why?")
        submitted(ann, source.paragraphs.get(number=1), "It")
        begun(ann, reforms=[make_reform(f"reform-{name}")])
        received = Source(slug=f"received-{name}", name="Received")
        received.receive(f"A line {name}.".encode())
        received.save()


def shown(context):
    """The harms in their order, with the number and the address of each queue."""
    return [(harm, [(queue.count, queue.url) for queue in queues]) for harm, queues in context["groups"]]


def test_what_waits_is_ordered_by_harm_and_each_leads_to_exactly_that(ann, ben, ann_browses):
    fill(ann, ben, 2)
    response = ann_browses.get("/admin/")
    assert shown(response.context) == [
        ("Public and wrong", [(2, f"{FINDINGS}broken")]),
        ("Public and in doubt", [
            (2, f"{CLAIMS}doubts/"), (2, f"{CLAIMS}editions/"), (2, f"{FINDINGS}doubtful"),
        ]),
        ("Somebody waits for it", [
            (2, f"{PROPOSALS}waiting"), (2, f"{CLAIMS}?state__exact=in_review"), (2, f"{PROPOSALS}sent_back"),
        ]),
        ("Unfinished", [
            (2, f"{CLAIMS}?state__exact=draft&begun=me"), (2, f"{SOURCES}?accepted__exact=0"),
            (2, f"{SOURCES}?open=newest"), (2, f"{FINDINGS}unfinished"), (4, f"{CLAIMS}?about=newest"),
        ]),
    ]  # fmt: skip
    for _, queues in response.context["groups"]:
        for queue in queues:
            page = ann_browses.get(queue.url)
            assert f"{queue.count} {queue.label}" in in_words(response)
            assert page.status_code == 200, queue.url
            assert listed(page) in (queue.count, None), queue.url


def listed(page):
    """How many records a list holds, None where it is a page of its own."""
    context = page.context
    if "cl" in context:
        return context["cl"].result_count
    return context["page"].paginator.count if "page" in context else None


def test_lists_hold_what_was_counted_and_nothing_else(ann, ben, ann_browses):
    with change_set(by=ben, reason="Read it."):
        paragraph = make_source("It is said, they say.").paragraphs.get()
    mine, others = begun(ann), begun(ben)
    about = make_claim(paragraph, "It", reforms=[make_reform()])
    retracted = make_claim(retraction_reason="Wrong.", state="retracted")
    waits = submitted(ann, paragraph, "they")
    lists = {
        query: {claim.ref for claim in ann_browses.get(f"{CLAIMS}?{query}").context["cl"].queryset}
        for query in (
            "state__exact=draft&begun=me",
            "begun=me",
            "begun=x",
            "about=no-reform",
            "about=newest",
            "about=x",
        )
    }
    everything = {claim.ref for claim in (mine, others, about, retracted, waits)}
    assert lists == {
        "state__exact=draft&begun=me": {mine.ref}, "begun=me": {mine.ref, waits.ref}, "begun=x": everything,
        "about=no-reform": {mine.ref, others.ref, waits.ref}, "about=newest": {mine.ref, others.ref, waits.ref},
        "about=x": everything,
    }  # fmt: skip


def test_open_paragraphs_are_counted_of_sources_that_are_to_be_read(ann, ann_browses):
    few = make_source("It is said.\nThey clap.\nThey say so.", "few", {3: ("caption", None)}, name="Few")
    make_claim(few.paragraphs.get(number=1))
    many = make_source("Heading\nOne.\nTwo.\nThree.", "many", {1: ("heading", 1)}, name="Many")
    NoClaim.objects.create(paragraph=many.paragraphs.get(number=2), reason="rhetoric")
    read = make_source("All is said.", "read")
    make_claim(read.paragraphs.get())
    old = make_source("It was said.", "old")
    make_source("By.", "newer", {1: ("byline", None)}, supersedes=old)
    found = desk(ann)
    assert [(row["source__name"], row["open"], row["first"]) for row in found["worst"]] == [
        ("Many", 2, 3),
        ("Few", 1, 2),
    ]
    page = ann_browses.get("/admin/").content.decode()
    assert '<a href="/sources/many/#p3">Many ¶3</a>' in page
    lists = {
        value: {source.slug for source in ann_browses.get(f"{SOURCES}?open={value}").context["cl"].queryset}
        for value in ("newest", "any", "x")
    }
    everything = {"few", "many", "read", "old", "newer"}
    assert lists == {"newest": {"few", "many"}, "any": {"few", "many"}, "x": everything}
    assert found["worst_url"] == f"{SOURCES}?open=newest"


def test_only_the_newest_are_looked_through_and_the_page_says_so(ann, ann_browses, monkeypatch):
    for name in ("coverage.NEWEST_SOURCES", "admin.queues.NEWEST_SOURCES", "admin.waiting.NEWEST_SOURCES"):
        monkeypatch.setattr(f"reforms.{name}", 1)
    for name in ("admin.queues.NEWEST_CLAIMS", "admin.waiting.NEWEST_CLAIMS"):
        monkeypatch.setattr(f"reforms.{name}", 2)
    make_source("It is said.\nThey clap.", "old"), make_source("They clap again.", "new")
    assert [row["source__slug"] for row in desk(ann)["worst"]] == ["new"]
    make_claim(), make_claim()
    assert "2 claims about no reform Nothing" in in_words(ann_browses.get("/admin/"))
    make_claim()
    told = in_words(ann_browses.get("/admin/"))
    assert "1 source with open paragraphs of the 1 newest" in told
    assert "2 claims about no reform of the 2 newest" in told
    lists = [
        [str(record) for record in ann_browses.get(address).context["cl"].queryset]
        for address in (f"{SOURCES}?open=newest", f"{CLAIMS}?about=newest")
    ]
    assert lists == [["New"], ["C0002 Something was decided.", "C0003 Something was decided."]]


def test_what_is_open_is_what_the_reader_says_is_open():
    make_world(2)
    rows = coverage.most_open()
    sources = coverage.source_coverage(Source.objects.all())
    assert rows
    assert {row["source__slug"]: row["open"] for row in rows} == {one.slug: one.open_count for one in sources}


def test_nothing_waits_is_one_quiet_line_with_all_the_lists(ann_browses):
    response = ann_browses.get("/admin/")
    assert response.context["groups"] == []
    assert (
        "Nothing waits: no broken findings of the audit, no records in doubt, no citations that need a person, "
        "no doubtful findings of the audit, no proposals to answer, no claims in review, no proposals sent back, "
        "no drafts of mine, no sources not accepted yet, no sources with open paragraphs, "
        "no unfinished findings of the audit, no claims about no reform. The audit has not run here yet: run it."
    ) in in_words(response).replace(" ,", ",").replace(" .", ".")
    for queue in response.context["empty"]:
        assert ann_browses.get(queue.url).status_code == 200, queue.url


def test_the_latest_changes_say_who_when_and_why_and_lead_to_what_was_changed(ann, ben, ann_browses):
    ben.first_name, ben.last_name = "Ben", "Bek"
    ben.save()
    begun(ann)
    make_claim()
    begun(ben)
    ChangeSet.objects.update(at=timezone.now())
    page = ann_browses.get("/admin/")
    assert [(change.who, change.reason) for change in page.context["changes"]] == [
        ("Ben Bek", "Read it."),
        ("nobody named", ""),
        ("ann", "Read it."),
    ]
    newest = page.context["changes"][0]
    assert f'<a href="/admin/sources/changeset/{newest.pk}/change/">Read it.</a>' in page.content.decode()
    assert f"Read it. Ben Bek, {newest.at.day} " in in_words(page)


@pytest.mark.parametrize(
    ("permissions", "lists"),
    [
        (["view_claim"], [f"{CLAIMS}doubts/", f"{CLAIMS}?state__exact=in_review"]),
        (["view_proposal"], [f"{PROPOSALS}waiting", f"{PROPOSALS}sent_back"]),
        (["view_finding"], [f"{FINDINGS}broken", f"{FINDINGS}doubtful", f"{FINDINGS}unfinished"]),
        (["view_source"], [f"{SOURCES}?accepted__exact=0", f"{SOURCES}?open=newest"]),
        (["view_changeset"], []),
    ],
    ids=str,
)
def test_one_sees_only_what_one_may_look_at(ann, ben, permissions, lists):
    fill(ann, ben)
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    page = browser(user).get("/admin/")
    seen = [queue.url for _, queues in page.context["groups"] for queue in queues]
    seen += [queue.url for queue in page.context["empty"]]
    if permissions == ["view_claim"]:
        others = [f"{CLAIMS}editions/", f"{CLAIMS}?state__exact=draft&begun=me", f"{CLAIMS}?about=newest"]
        assert set(seen) == {*lists, *others}
    else:
        assert seen == lists
    told = in_words(page)
    assert ("Go on reading" in told) == (permissions == ["view_source"])
    assert ("Recently changed" in told) == (permissions == ["view_changeset"])
    assert ("The audit ran last on" in told) == (permissions == ["view_finding"])


def test_who_may_see_nothing_is_shown_nothing(db):
    page = browser(User.objects.create_user("nobody", is_staff=True)).get("/admin/")
    assert (page.context["groups"], page.context["empty"], page.context["worst"]) == ([], [], [])
    assert "What waits" not in in_words(page)


def test_the_first_page_costs_the_same_for_few_and_for_many(ann, ben):
    user = User.objects.create_user("cara", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=["Contributor", "Reviewer", "Editor"]))
    client = browser(user)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/admin/").status_code == 200
        return len(seen)

    fill(ann, ben)
    few = queries()
    Finding.objects.all().delete()
    AuditRun.objects.all().delete()
    for model in (Proposal,):
        model.objects.all().delete()
    make_world(3)
    for at in range(12):
        begun(user)
        submitted(ann, make_source(f"Said {at} times.", f"said-{word(at)}").paragraphs.get())
    AuditRun.objects.create(seconds=1)
    assert queries() == few
    assert few <= 10


def test_only_who_may_add_sources_is_led_to_it(ann_browses):
    reviewer = User.objects.create_user("rob", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="Reviewer"))
    pages = [client.get("/admin/").content.decode() for client in (ann_browses, browser(reviewer))]
    assert ['href="/admin/sources/source/add/" class="addlink">Add source<' in page for page in pages] == [True, False]
