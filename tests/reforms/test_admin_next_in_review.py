"""Claims in review: who waits longest first, and from one to the next."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reforms.models import Claim
from reforms.opened import seal
from reforms.publishing import send_back as send_claim_back
from reforms.publishing import submit
from reforms.waiting import in_review, next_in_review
from sources.changes import change_set
from tests.admin_forms import in_words
from tests.factories import make_source, word
from tests.reforms.conftest import browser
from tests.reforms.waiting import submitted

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/reforms/claim/"


def test_claims_in_review_are_listed_with_the_moment_they_were_submitted_the_oldest_first(ann, ann_browses):
    paragraph = make_source("It is said, they say, so it is.").paragraphs.get()
    second, first = submitted(ann, paragraph, "It", days=2), submitted(ann, paragraph, "they", days=5)
    third = submitted(ann, paragraph, "so it is", days=1)
    assert [claim.ref for claim in in_review()] == [first.ref, second.ref, third.ref]
    page = ann_browses.get(f"{CLAIMS}?state__exact=in_review")
    assert [claim.ref for claim in page.context["cl"].result_list] == [first.ref, second.ref, third.ref]
    assert "In review since" in in_words(page)
    assert "In review since" not in in_words(ann_browses.get(CLAIMS))
    since = timezone.now() - timedelta(days=5)
    note = f"3 claims in review the first since {since.day} {since:%B %Y}"
    assert note in in_words(ann_browses.get("/admin/"))


def test_an_edit_does_not_make_a_claim_wait_anew_and_a_second_submission_does(ann, ben):
    paragraph = make_source("It is said, they say.").paragraphs.get()
    claim = submitted(ann, paragraph, "It", days=5)
    with change_set(by=ann, reason="Shorter."):
        claim.text = "It was decided."
        claim.save()
    assert timezone.now() - in_review().get().submitted > timedelta(days=4)
    send_claim_back(claim, by=ben, reason="Why?")
    submit(claim, by=ann)
    assert timezone.now() - in_review().get().submitted < timedelta(days=1)


@pytest.fixture
def queue(ann):
    """Three claims in review that Ann wrote, in their order."""
    paragraph = make_source("It is said, they say, so it is.").paragraphs.get()
    return [
        submitted(ann, paragraph, quote, days=3 - at) for at, quote in enumerate(["It is said", "they say", "so it"])
    ]


def review(claim):
    return reverse("admin:reforms_claim_review", args=[claim.pk])


def goes(client, claim, way):
    data = {"seen": seal(claim), "way": way, "reason": "Read it."}
    return client.post(review(claim), data, follow=True)


def following(page):
    return page.context["following"] and page.context["following"].ref


def test_a_reviewer_steps_from_one_claim_to_the_next(ben_browses, queue):
    first, second, third = queue
    assert [following(ben_browses.get(review(claim))) for claim in queue] == [second.ref, third.ref, first.ref]
    page = ben_browses.get(review(second))
    assert f"Next in review: {third.ref} 2 wait" in in_words(page)
    assert f'<a class="button" rel="next" href="{review(third)}">' in page.content.decode()


@pytest.mark.parametrize("way", ["publish", "send_back"])
def test_after_an_answer_the_next_in_review_is_one_key_away(ben_browses, queue, way):
    first, second, third = queue
    page = goes(ben_browses, second, way)
    assert page.redirect_chain == [(f"{review(second)}?next={third.ref}", 302)]
    assert f"Next in review: {third.ref} 2 wait" in in_words(page)
    assert f'href="{review(third)}" autofocus>' in page.content.decode()
    assert following(goes(ben_browses, third, way)) == first.ref
    page = goes(ben_browses, first, way)
    assert "Nothing else waits for your review." in in_words(page)
    assert 'rel="next"' not in page.content.decode()


def test_what_was_answered_meanwhile_is_not_the_next_one(ben_browses, queue):
    first, second, third = queue
    goes(ben_browses, third, "publish")
    assert following(ben_browses.get(f"{review(second)}?next={third.ref}")) == first.ref
    assert following(ben_browses.get(f"{review(second)}?next={second.ref}")) == first.ref
    assert following(ben_browses.get(f"{review(second)}?next={'9' * 5000}")) == first.ref


def test_a_refused_answer_does_not_lead_on(ben_browses, queue):
    data = {"seen": seal(queue[0]), "way": "send_back", "reason": ""}
    page = ben_browses.post(review(queue[0]), data)
    assert "autofocus" not in page.content.decode()
    assert following(page) == queue[1].ref


def test_ones_own_claims_are_not_next_unless_one_works_alone(ann, ben, queue, settings):
    own = submitted(ben, make_source("They clap.", "another").paragraphs.get())
    assert next_in_review(queue[2], ben) == (queue[0], 2)
    assert next_in_review(own, ben) == (queue[0], 3)
    assert next_in_review(queue[2], ann) == (own, 1)
    settings.ONE_PERSON_TEAM = True
    assert next_in_review(queue[2], ben) == (own, 3)


def test_who_does_not_review_is_led_nowhere(ann, queue):
    user = User.objects.create_user("cara", is_staff=True)
    user.groups.set(Group.objects.filter(name="Contributor"))
    page = browser(user).get(review(queue[0]))
    assert following(page) is None
    assert "Next in review" not in in_words(page)


def test_a_review_page_costs_the_same_however_many_wait(ben_browses, queue, ann):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert ben_browses.get(review(queue[0])).status_code == 200
        return len(seen)

    few = queries()
    for at in range(9):
        submitted(ann, make_source(f"Said {at} times.", f"said-{word(at)}").paragraphs.get())
    assert queries() == few
    assert Claim.objects.filter(state="in_review").count() == 12
