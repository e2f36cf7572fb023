"""The page of a draft in the admin: deciding kinds and borders, alone and in two, until it is accepted or discarded."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from reforms.admin import drafting
from reforms.near import Near
from sources.models import Paragraph, Source
from sources.receiving import kinds_of, receive
from tests.admin_forms import in_words, opened, said
from tests.factories import make_source

pytestmark = pytest.mark.django_db
TEXT = "A title\n\nThe first. The second.\n- item\nThe end"


@pytest.fixture
def draft():
    return receive(TEXT.encode(), slug="a-draft", name="A draft")


@pytest.fixture
def page(draft):
    return reverse("admin:sources_source_accept", args=[draft.pk])


def test_splitting_keeps_what_was_chosen_elsewhere_and_leads_back_to_the_place(admin_client, admin_user, draft, page):
    typed = {"kind-1": "heading 1", "title": "A title", "text-2": "The first.\r\nThe second.", "act": "split 2"}
    response = admin_client.post(page, opened(admin_client, page) | typed)
    assert response.url == f"{page}?page=1#p2"
    draft.refresh_from_db()
    assert draft.text == "A title\n\nThe first.\nThe second.\n- item\nThe end"
    assert kinds_of(draft)[:2] == [("heading", 1), ("paragraph", None)]
    assert draft.title == "A title"
    change = draft.history.first().change_set
    assert (change.by, change.reason) == (admin_user, "Changed the draft of the source a-draft.")
    assert "Undo the last change of borders" in in_words(admin_client.get(page))
    admin_client.post(page, opened(admin_client, page) | {"act": "undo"})
    draft.refresh_from_db()
    assert (draft.text, draft.title, kinds_of(draft)[0]) == (TEXT, "A title", ("heading", 1))


def test_a_paragraph_is_joined_to_the_one_before(admin_client, draft, page):
    typed = {"kind-2": "notice", "act": "join 3"}
    assert admin_client.post(page, opened(admin_client, page) | typed).url == f"{page}?page=1#p2"
    draft.refresh_from_db()
    assert draft.text == "A title\n\nThe first. The second. - item\nThe end"
    assert kinds_of(draft)[1] == ("notice", None)
    admin_client.post(page, opened(admin_client, page) | {"act": "again"})
    draft.refresh_from_db()
    assert draft.text == TEXT
    assert [kind for kind, _ in kinds_of(draft)] == ["paragraph", "paragraph", "list_item", "paragraph"]


def test_the_kind_of_several_is_set_at_once_by_ticks_and_numbers(admin_client, draft, page):
    data = opened(admin_client, page) | {"ticked": ["1"], "span": "3–4", "several": "heading 2", "act": "kinds"}
    assert admin_client.post(page, data).status_code == 302
    draft.refresh_from_db()
    assert kinds_of(draft) == [("heading", 2), ("paragraph", None), ("heading", 2), ("heading", 2)]


def test_several_that_follow_each_other_are_joined_at_once(admin_client, page, draft):
    data = opened(admin_client, page) | {"ticked": ["1"], "span": "3, 4", "act": "together"}
    assert admin_client.post(page, data).status_code == 302
    draft.refresh_from_db()
    assert draft.text == "A title\n\nThe first. The second.\n- item The end"


def test_changing_kinds_alone_writes_no_row_of_a_history_that_does_not_keep_them(admin_client, draft, page):
    admin_client.post(page, opened(admin_client, page) | {"kind-1": "byline"})
    draft.refresh_from_db()
    assert kinds_of(draft)[0] == ("byline", None)
    assert draft.history.count() == 1


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"text-2": "The first. The third."}, "Paragraph 2: only spaces and line ends may be changed."),
        ({"kind-1": "poem"}, "“poem” is no kind of paragraph."),
        ({"act": "kinds", "span": "3-9", "several": "notice"}, "“3-9” names no paragraphs from 1 to 4."),
        ({"act": "kinds", "span": "9-3 x", "several": "notice"}, "“9-3 x” names no paragraphs from 1 to 4."),
        ({"act": "kinds", "several": "notice"}, "tick paragraphs, or name them as in “12-20, 25”."),
        ({"act": "kinds", "ticked": ["99"], "several": "notice"}, "There is no paragraph 99: the last is 4."),
        ({"act": "together", "span": "1, 3"}, "paragraphs are joined where one follows the other."),
        ({"name": ""}, "Nothing was saved. Mend what is marked below."),
        ({"published": "May"}, "Mend what is marked below."),
        ({"slug": "two-2"}, "Mend what is marked below."),
        ({"supersedes": "nowhere"}, "There is no accepted source with this slug."),
        ({"supersedes": "a-draft"}, "There is no accepted source with this slug."),
        ({"supersedes": "older"}, "Another source supersedes that one already."),
        ({"act": "newer older"}, "Another source supersedes that one already."),
        ({"seen": "other"}, "Nothing was saved: somebody changed this draft since you opened it."),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(admin_client, draft, page, typed, refused):
    make_source("Newer.", "newer", supersedes=make_source("Older.", "older"))
    mine = {"note": "Mine.", "kind-4": "caption", "text-3": "-  item"}
    response = admin_client.post(page, opened(admin_client, page) | mine | typed)
    assert response.status_code == 200
    assert refused in in_words(response)
    rows, fields = response.context["rows"], {field.name: field.value() for field, _ in response.context["fields"]}
    assert (fields["note"], rows[3].chosen, rows[2].typed) == ("Mine.", "caption", "-  item")
    draft.refresh_from_db()
    assert (draft.text, draft.note, kinds_of(draft)[3]) == (TEXT, "", ("paragraph", None))


@pytest.mark.parametrize("act", ["join 1", "join 99", "join x", "split ٣", "page x", "page " + "9" * 30, "nothing", ""])
def test_an_act_that_is_none_saves_the_draft(admin_client, draft, page, act):
    response = admin_client.post(page, opened(admin_client, page) | {"act": act, "note": "Kept."}, follow=True)
    assert said(response) == ["The draft is saved."]
    draft.refresh_from_db()
    assert (draft.text, draft.note) == (TEXT, "Kept.")


def test_of_two_who_decide_the_second_is_stopped_and_keeps_what_was_chosen(admin_client, draft, page):
    first = second = opened(admin_client, page)
    admin_client.post(page, first | {"kind-1": "heading 1", "title": "Of the first"})
    response = admin_client.post(page, second | {"kind-2": "notice", "title": "Of the second", "act": "accept"})
    assert "somebody changed this draft since you opened it" in in_words(response)
    assert "Stored now: Of the first" in in_words(response)
    assert [row.stored_as for row in response.context["rows"]] == ["heading 1", "paragraph", "", ""]
    assert not Paragraph.objects.exists()
    again = second | {"kind-1": "heading 1", "kind-2": "notice", "title": "Of the second"}
    admin_client.post(page, again | {"seen": response.context["seen"]})
    draft.refresh_from_db()
    assert (draft.title, kinds_of(draft)[:2]) == ("Of the second", [("heading", 1), ("notice", None)])


def test_where_borders_were_changed_meanwhile_the_second_is_told_what_is_not_chosen_any_more(admin_client, draft, page):
    first = second = opened(admin_client, page)
    admin_client.post(page, first | {"act": "join 4"})
    response = admin_client.post(page, second | {"kind-3": "notice", "note": "Mine."})
    assert response.context["lost"] == [("notice", "- item"), ("paragraph", "The end")]
    assert [row.text for row in response.context["rows"]] == ["A title", "The first. The second.", "- item The end"]
    draft.refresh_from_db()
    assert draft.note == ""
    assert "Mine." in response.content.decode()


def test_a_draft_that_was_accepted_or_discarded_meanwhile_is_not_saved(admin_client, draft, page):
    data = opened(admin_client, page)
    admin_client.post(page, data | {"act": "accept"})
    assert said(admin_client.post(page, data | {"name": "Other"}, follow=True))[-1].startswith("A draft is accepted.")
    draft.refresh_from_db()
    assert (draft.name, draft.paragraphs.count()) == ("A draft", 4)
    other = receive(b"Other.")
    page = reverse("admin:sources_source_accept", args=[other.pk])
    data = opened(admin_client, page)
    discard = reverse("admin:sources_source_delete", args=[other.pk])
    assert f'href="{discard}"' in admin_client.get(page).content.decode()
    assert "Are you sure" in in_words(admin_client.get(discard))
    assert admin_client.post(discard, {"post": "yes"}).status_code == 302
    assert not Source.objects.filter(pk=other.pk).exists()
    assert admin_client.post(page, data).status_code == 404


def test_what_is_near_stands_beside_it_and_one_button_makes_it_the_edition_before(
    admin_client, draft, page, monkeypatch
):
    older = make_source("The first. The second.", "older", name="Older edition")
    asked = []

    def near(text, leaving_out):
        asked.append((text, leaving_out))
        return [Near(older, 87.4)]

    monkeypatch.setattr("reforms.admin.drafting.near_sources", near)
    response = admin_client.get(page)
    assert asked == [(TEXT, [draft.pk])]
    assert "Older edition older shares 87% of its paragraphs." in in_words(response)
    act = {"act": "newer older", "note": "Kept."}
    assert admin_client.post(page, opened(admin_client, page) | act).status_code == 302
    draft.refresh_from_db()
    assert (draft.supersedes, draft.note) == (older, "Kept.")
    assert "This is a newer edition of it." in in_words(admin_client.get(page))


def test_a_newer_edition_that_is_called_as_the_one_before_gets_a_name_that_tells_them_apart(admin_client, draft, page):
    make_source("Older.", "older", name="A draft")
    act = {"act": "newer older", "name": "A draft"}
    assert admin_client.post(page, opened(admin_client, page) | act).status_code == 302
    draft.refresh_from_db()
    assert (draft.supersedes.slug, draft.name) == ("older", "A draft, newer edition")


def test_the_same_text_received_in_another_form_is_told(admin_client, draft, page):
    twin = Source(slug="a-twin", name="A twin", format="pdf", received=b"%PDF", sha256="0" * 64, text=draft.text)
    twin.text_sha256 = draft.text_sha256
    twin.save()
    assert "The same text is here already, received as PDF: A twin (a-twin) ." in in_words(admin_client.get(page))


def test_what_reading_found_is_shown(admin_client, draft, page):
    draft.draft |= {"notes": ["Page 3 has no text."], "repeated": [4], "found": [
        {"name": "title", "value": "<b>T</b>", "where": "its title", "taken": False},
        {"name": "keywords", "value": "law", "where": "its head", "taken": True},
    ]}  # fmt: skip
    draft.save()
    page = in_words(admin_client.get(page))
    assert "To look at Page 3 has no text." in page
    assert "Title not taken <b>T</b> its title Keywords taken law its head" in page
    assert page.count("repeated on most pages") == 1


def test_a_long_document_is_looked_at_page_by_page_and_accepted_as_a_whole(admin_client, django_assert_max_num_queries):
    text = "\n".join(f"Line {number} of a long report." for number in range(1200))
    draft = receive(text.encode(), slug="long", name="Long")
    page = reverse("admin:sources_source_accept", args=[draft.pk])
    with django_assert_max_num_queries(12):
        first = opened(admin_client, page)
    assert ("kind-500" in first, "kind-501" in first) == (True, False)
    response = admin_client.post(page, first | {"kind-1": "heading 1", "act": "page 3"})
    assert response.url == f"{page}?page=3"
    last = opened(admin_client, response.url) | {"kind-1200": "notice", "act": "accept"}
    assert admin_client.post(response.url, last).status_code == 302
    assert list(draft.paragraphs.exclude(kind="paragraph").values_list("number", "kind", "level")) == [
        (1, "heading", 1), (1200, "notice", None),
    ]  # fmt: skip
    assert draft.paragraphs.count() == 1200


@pytest.mark.parametrize(("group", "answer"), [("Editor", 200), ("Reviewer", 403), ("Contributor", 403)])
def test_only_editors_work_on_drafts(draft, page, group, answer):
    user = User.objects.create_user("member", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    assert client.get(page).status_code == client.post(page, {"act": "accept"}).status_code == answer
    assert client.get("/admin/sources/source/add/").status_code == answer
    assert client.get(reverse("admin:sources_source_received", args=[draft.pk])).status_code == 200
    change = client.get(reverse("admin:sources_source_change", args=[draft.pk]))
    assert change.status_code == (302 if group == "Editor" else 200)
    assert not Paragraph.objects.exists()


def test_a_document_is_read_again_while_nobody_has_to_wait(admin_client, draft, page, monkeypatch):
    outside, within = len(connection.savepoint_ids), []
    read = drafting.read_again
    monkeypatch.setattr(
        drafting, "read_again", lambda one: within.append(len(connection.savepoint_ids) - outside) or read(one)
    )
    assert admin_client.post(page, opened(admin_client, page) | {"act": "again"}).status_code == 302
    assert within == [0]


def test_a_slug_that_somebody_took_just_now_is_refused_in_words(admin_client, draft, page, monkeypatch):
    def taken(source, held):
        raise IntegrityError("duplicate key")

    monkeypatch.setattr(drafting, "_save", taken)
    answer = admin_client.post(page, opened(admin_client, page) | {"slug": "another", "act": ""})
    assert "somebody took the same slug" in in_words(answer)
