"""Taking in a source in the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reforms.opened import seal
from sources.models import Paragraph, Source
from tests.admin_forms import in_words, opened, said
from tests.factories import make_source

pytestmark = pytest.mark.django_db
ADD = "/admin/sources/source/add/"


@pytest.fixture
def paragraph():
    return make_source("Heading\n\nThe law was adopted, the\u00a0law.").paragraphs.get(number=2)


def accepting(source):
    return reverse("admin:sources_source_accept", args=[source.pk])


def file(data, name="report.txt"):
    return SimpleUploadedFile(name, data)


def test_a_paragraph_is_found_by_its_name_and_by_its_words(admin_client, paragraph):
    url = reverse("admin:autocomplete")
    field = {"app_label": "reforms", "model_name": "citation", "field_name": "paragraph"}
    for term in ("a-source#2", "a-source 2", "A source ¶2", "adopted", "a-source adopted"):
        found = admin_client.get(url, field | {"term": term}).json()["results"]
        assert [one["text"] for one in found] == ["a-source#2 The law was adopted, the\u00a0law."], term


def test_a_pasted_text_is_looked_at_accepted_and_then_read_only(admin_client, admin_user):
    data = {"slug": "new-source", "name": "New source", "text": "A title\r\n\r\n\u00a0First «line».\r\n- item\r\n"}
    response = admin_client.post(ADD, data)
    source = Source.objects.get()
    assert response.url == accepting(source)
    assert (source.accepted, source.text) == (False, "A title\n\n\u00a0First «line».\n- item\n")
    assert bytes(source.received) == source.text.encode()
    assert not Paragraph.objects.exists()

    page = opened(admin_client, accepting(source))
    assert [page[f"kind-{n}"] for n in (1, 2, 3)] == ["paragraph", "paragraph", "list_item"]
    assert page["text-2"] == "\u00a0First «line»."
    assert admin_client.post(accepting(source), page | {"kind-1": "heading 1", "act": "accept"}).status_code == 302
    assert list(source.paragraphs.values_list("number", "kind", "level", "text")) == [
        (1, "heading", 1, "A title"),
        (2, "paragraph", None, "\u00a0First «line»."),
        (3, "list_item", None, "- item"),
    ]
    source.refresh_from_db()
    assert source.draft == {}
    last = source.history.first().change_set
    assert (last.by, last.reason) == (admin_user, "Accepted the source new-source.")


def test_an_accepted_source_changes_in_nothing_but_what_is_known_of_it(admin_client, paragraph):
    source = paragraph.source
    change = reverse("admin:sources_source_change", args=[source.pk])
    page = admin_client.get(change).content.decode()
    assert '<textarea name="text"' not in page
    assert 'name="slug"' not in page
    assert '<a href="/sources/a-source/">Read it, and claim its words</a>' in page
    data = {"name": "Renamed", "text": "Other.", "slug": "other", "show": "full", "opened": seal(source)}
    assert admin_client.post(change, data).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.slug, source.text[:7]) == ("Renamed", "a-source", "Heading")
    assert admin_client.get(accepting(source)).url == change
    assert said(admin_client.get(change))[-1] == "Renamed is accepted. Nothing of it changes any more."
    assert admin_client.get(reverse("admin:sources_source_delete", args=[source.pk])).status_code == 403


def test_a_file_is_received_with_its_name_and_called_after_its_words(admin_client):
    admin_client.post(ADD, {"file": file("\ufeffКонституциялық реформа\nЗаң.".encode(), "Қазақша.txt")})
    source = Source.objects.get()
    assert (source.file_name, source.slug, source.name) == ("Қазақша.txt", "qazaqsha", "Қазақша")


def test_who_opens_a_draft_gets_to_its_page(admin_client):
    admin_client.post(ADD, {"text": "One."})
    source = Source.objects.get()
    assert admin_client.get(reverse("admin:sources_source_change", args=[source.pk])).url == accepting(source)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({}, "Choose a file, or paste the text."),
        ({"text": " \u00a0 "}, "Choose a file, or paste the text."),
        ({"text": "One.", "file": b"Two."}, "Choose a file or paste a text, not both."),
        ({"file": b""}, "A file: The submitted file is empty."),
        ({"file": b"caf\xe9 \x81\x8d\x8f\x90\x9d\x00"}, "Nothing was stored."),
        ({"text": "One.", "slug": "source-2020"}, "Slug: A slug is lower-case words joined by “-”"),
        ({"text": "One.", "slug": "a-source"}, "Slug: Source with this Slug already exists."),
        ({"text": "One.", "name": "N" * 101}, "Name: Ensure this value has at most 100 characters"),
        ({"text": "a\0b"}, "Null characters are not allowed."),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_is_refused_is_refused_in_words_and_what_was_typed_stays(admin_client, paragraph, typed, refused):
    files = {"file": file(typed["file"])} if "file" in typed else {}
    typed = {"text": "", "slug": "", "name": "My name"} | {key: typed[key] for key in typed if key != "file"}
    response = admin_client.post(ADD, typed | files)
    assert response.status_code == 200
    assert refused in in_words(response)
    assert ("choose it again" in in_words(response)) == bool(files)
    assert {name: response.context["form"][name].value() for name in typed} == typed
    assert Source.objects.count() == 1


def test_a_file_that_is_too_large_is_not_read(admin_client, monkeypatch):
    monkeypatch.setattr("sources.reading.document.MOST_BYTES", 3)
    monkeypatch.setattr("reforms.admin.importing.receive", None)
    assert "MB, and was not read." in in_words(admin_client.post(ADD, {"file": file(b"Four")}))
    assert not Source.objects.exists()


def test_the_same_document_is_refused_with_a_link_to_the_first(admin_client, paragraph):
    twin = {"text": paragraph.source.text}
    page = admin_client.post(ADD, twin)
    assert "This document is here already: A source (a-source)" in in_words(page)
    assert f'href="/admin/sources/source/{paragraph.source.pk}/change/"' in page.content.decode()
    admin_client.post(ADD, {"text": "One.", "name": "First"})
    page = admin_client.post(ADD, {"text": "One.", "name": "Second"})
    assert "here already: First (one) , a draft that waits to be accepted." in in_words(page)
    assert f'href="{accepting(Source.objects.get(slug="one"))}"' in page.content.decode()
    assert page.context["form"]["name"].value() == "Second"


def test_what_was_received_is_given_back_and_never_shown(admin_client):
    data = b"<script>alert(1)</script>\nWords."
    admin_client.post(ADD, {"file": file(data, "a page.txt")})
    response = admin_client.get(reverse("admin:sources_source_received", args=[Source.objects.get().pk]))
    assert response.content == data
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''a%20page.txt"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_was_received_is_for_those_who_keep_the_ledger(client, paragraph):
    address = reverse("admin:sources_source_received", args=[paragraph.source.pk])
    assert client.get(address).url.startswith("/admin/login/")


def test_drafts_come_first_in_the_list_and_can_be_had_alone(admin_client, paragraph):
    admin_client.post(ADD, {"text": "One.", "slug": "zebra"})
    address = reverse("admin:sources_source_changelist")
    listed = lambda query: [one.slug for one in admin_client.get(address + query).context["cl"].result_list]  # noqa: E731
    assert listed("") == ["zebra", "a-source"]
    assert listed("?accepted__exact=0") == ["zebra"]
    assert listed("?accepted__exact=1") == ["a-source"]


def test_a_kind_can_be_reconsidered_but_not_the_words(admin_client, paragraph):
    url = reverse("admin:sources_paragraph_change", args=[paragraph.pk])
    data = {"kind": "heading", "level": "2", "text": "Other", "number": "7", "change_reason": "A heading."}
    data["opened"] = seal(paragraph)
    assert admin_client.post(url, data).status_code == 302
    paragraph.refresh_from_db()
    assert (paragraph.kind, paragraph.level, paragraph.number, paragraph.text[:7]) == ("heading", 2, 2, "The law")
    assert paragraph.history.first().change_set.reason == "A heading."


@pytest.mark.parametrize(
    "query", [{"q": "x" * 60_000}, {"id__in": "9" * 30}, {"received": "x"}], ids=["long", "large", "bytes"]
)
@pytest.mark.parametrize("page", ["/admin/sources/source/", "/admin/reforms/claim/export/"])
def test_what_no_database_can_ask_is_no_error_of_the_server(admin_client, page, query):
    assert admin_client.get(page, query).status_code in (200, 302, 400)


def test_what_is_not_sent_in_utf8_is_refused(admin_client):
    body = b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\nA \\ud800 b\r\n--B--\r\n'
    kind = "multipart/form-data; boundary=B; charset=raw_unicode_escape"
    assert admin_client.post("/admin/sources/source/add/", body, content_type=kind).status_code == 400
