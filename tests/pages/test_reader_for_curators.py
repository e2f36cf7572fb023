"""What the reader has for those who may claim words, and that nobody else gets a byte or a query of it."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reforms.claiming import add_evidence, chosen, mark, new_claim
from reforms.models import Claim
from tests.factories import make_claim, make_source

pytestmark = pytest.mark.django_db
URL = "/sources/a-source/"
TRACES = ("claiming", "claim-here", "in-hand", "walk-open", "saved", "/admin/", "C0002", "P0001")


def member(group, **fields):
    user = User.objects.create_user(f"{group}-{len(fields)}", **({"is_staff": True} | fields))
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client, user


@pytest.fixture
def source(db):
    """Paragraph 2 is cited, 3 in hand, 4 proposed to be marked, 5 open."""
    _, ann = member("Contributor")
    made = make_source("Heading\nIt passed.\n😀 It stood.\nThey clap.\nOpen.", kinds={1: ("heading", 1)})
    paragraphs = {paragraph.number: paragraph for paragraph in made.paragraphs.all()}
    make_claim(paragraphs[2], "passed")
    claim = Claim(text="It stood & stands.", kind="done")
    new_claim(chosen(paragraphs[3], "stood"), claim, by=ann, submitted=True)
    mark(paragraphs[4], reason="rhetoric", by=ann)
    return made


def test_readers_and_those_who_may_not_claim_get_nothing_of_it(client, source):
    reviewer, _ = member("Reviewer")
    outsider, _ = member("Contributor", is_staff=False)
    for reader in (client, outsider, reviewer):
        page = reader.get(URL)
        text = page.content.decode().replace(f'<a href="/admin/sources/source/{source.pk}/change/">', "")
        assert [trace for trace in TRACES if trace in text] == []
        assert page.context["desk"] is None
        assert text.count("<script") == 3
        assert "js/reader.js" in text


def test_an_anonymous_reader_costs_no_query_more_for_what_is_in_hand(count_queries, source):
    before = count_queries(URL)
    claim = Claim(text="It is open.", kind="done")
    new_claim(chosen(source.paragraphs.get(number=5), "Open"), claim, by=None)
    assert count_queries(URL) == before
    assert before <= 15


def test_a_curator_sees_where_to_claim_each_paragraph_and_what_is_in_hand_there(source):
    curator, _ = member("Contributor", first_name="C")
    page = curator.get(URL)
    text = page.content.decode()
    assert text.count('class="claim-here"') == 5
    assert '<a class="claim-here" href="/admin/reforms/claim/claiming/?at=a-source%233">' in text
    claim = Claim.objects.get(ref="C0002")
    assert (
        f'<li data-start="5" data-end="10"><a href="/admin/reforms/claim/{claim.pk}/review/">C0002</a> in review: '
        "<q>stood</q></li>"
    ) in text
    assert "P0001</a> would mark it: no claim</li>" in text
    assert (page.context["desk"].open, page.context["desk"].begun) == (3, 2)
    assert "3 open, 2 in hand" in text
    assert "js/claiming.js" in text
    assert '<script type="module" src="/static/js/reader.js">' not in text
    assert curator.get("/admin/reforms/claim/claiming/?at=a-source%233").status_code == 200


def test_the_words_of_a_paragraph_are_its_text_alone_so_that_offsets_in_it_count(source):
    curator, _ = member("Contributor", first_name="C")
    text = curator.get(URL).content.decode()
    assert '<p class="words">It <mark><a href="#k2-C0001">passed</a></mark>.</p>' in text
    assert '<p class="words">😀 It stood.</p>' in text


def test_a_curator_costs_the_same_however_much_is_in_hand(source):
    curator, ann = member("Contributor", first_name="C")
    public = Claim.objects.get(ref="C0001")
    costs = []
    for number in range(4):
        new_claim(chosen(source.paragraphs.get(number=5), "Open"), Claim(text=f"{number}.", kind="done"), by=ann)
        add_evidence(chosen(source.paragraphs.get(number=3), "It stood."[number:]), public, by=ann)
        with CaptureQueriesContext(connection) as seen:
            assert curator.get(URL).status_code == 200
        costs.append(len(seen))
    assert costs == costs[:1] * 4
