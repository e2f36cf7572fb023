"""Taking in a source in the admin."""

import pytest
from django.urls import reverse

from reforms.opened import seal
from sources.models import Paragraph, Source
from tests.admin_forms import errors
from tests.factories import make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    return make_source("Heading\n\nThe law was adopted, the\u00a0law.").paragraphs.get(number=2)


def test_a_paragraph_is_found_by_its_name_and_by_its_words(admin_client, paragraph):
    url = reverse("admin:autocomplete")
    field = {"app_label": "reforms", "model_name": "citation", "field_name": "paragraph"}
    for term in ("a-source#2", "a-source 2", "A source ¶2", "adopted", "a-source adopted"):
        found = admin_client.get(url, field | {"term": term}).json()["results"]
        assert [one["text"] for one in found] == ["a-source#2 The law was adopted, the\u00a0law."], term


def test_a_pasted_text_is_previewed_accepted_and_then_read_only(admin_client, admin_user):
    text = "A title\r\n\r\n\u00a0First «line».\r\n- item\r\n"
    data = {"slug": "new-source", "name": "New source", "text": text, "show": "full"}
    response = admin_client.post(reverse("admin:sources_source_add"), data)
    assert response.status_code == 302, response.context["errors"]
    source = Source.objects.get()
    assert (source.accepted, source.text) == (False, "A title\n\n\u00a0First «line».\n- item\n")
    assert not Paragraph.objects.exists()

    accept = reverse("admin:sources_source_accept", args=[source.pk])
    page = admin_client.get(accept).content.decode()
    assert "\u00a0First «line»." in page
    kinds = {"kind-1": "heading 1", "kind-2": "paragraph", "kind-3": "list_item", "text_sha256": source.text_sha256}
    assert admin_client.post(accept, kinds).status_code == 302
    assert list(source.paragraphs.values_list("number", "kind", "level", "text")) == [
        (1, "heading", 1, "A title"),
        (2, "paragraph", None, "\u00a0First «line»."),
        (3, "list_item", None, "- item"),
    ]
    assert source.history.first().change_set.by == admin_user

    change = reverse("admin:sources_source_change", args=[source.pk])
    page = admin_client.get(change).content.decode()
    assert '<textarea name="text"' not in page
    assert 'name="slug"' not in page
    again = data | {"name": "Renamed", "text": "Other.", "slug": "other", "opened": seal(source)}
    source.refresh_from_db()
    assert admin_client.post(change, again).status_code == 200  # it was accepted since
    assert admin_client.post(change, again | {"opened": seal(source)}).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.slug, source.text[:7]) == ("Renamed", "new-source", "A title")
    assert admin_client.get(accept).status_code == 404
    assert admin_client.get(reverse("admin:sources_source_delete", args=[source.pk])).status_code == 403


def test_what_is_accepted_is_the_text_that_was_previewed(admin_client):
    data = {"slug": "new-source", "name": "New", "text": "One.", "show": "full"}
    admin_client.post(reverse("admin:sources_source_add"), data)
    source = Source.objects.get()
    seen = {"kind-1": "paragraph", "text_sha256": source.text_sha256}
    change = reverse("admin:sources_source_change", args=[source.pk])
    assert admin_client.post(change, data | {"text": "Uno.", "opened": seal(source)}).status_code == 302
    response = admin_client.post(reverse("admin:sources_source_accept", args=[source.pk]), seen)
    assert "The text was changed meanwhile." in response.content.decode()
    assert not Paragraph.objects.exists()


def test_a_long_text_can_be_accepted(admin_client):
    text = "\n".join(f"Line {number} of a long report." for number in range(1200))
    admin_client.post(
        reverse("admin:sources_source_add"), {"slug": "long", "name": "Long", "text": text, "show": "full"}
    )
    source = Source.objects.get()
    kinds = {f"kind-{number}": "paragraph" for number in range(1, 1201)} | {"text_sha256": source.text_sha256}
    assert admin_client.post(reverse("admin:sources_source_accept", args=[source.pk]), kinds).status_code == 302
    assert source.paragraphs.count() == 1200


def test_a_text_that_is_here_already_is_refused_with_its_name(admin_client):
    make_source("One.", "first-source")
    data = {"slug": "new-source", "name": "New", "text": "One.", "show": "full"}
    response = admin_client.post(reverse("admin:sources_source_add"), data)
    assert "This document is here already: First source (first-source)." in errors(response)


def test_a_text_without_paragraphs_is_refused(admin_client):
    data = {"slug": "new-source", "name": "New", "text": " \u00a0 ", "show": "full"}
    response = admin_client.post(reverse("admin:sources_source_add"), data)
    assert "The text holds no paragraph." in errors(response)


def test_a_kind_can_be_reconsidered_but_not_the_words(admin_client, paragraph):
    url = reverse("admin:sources_paragraph_change", args=[paragraph.pk])
    data = {"kind": "heading", "level": "2", "text": "Other", "number": "7", "change_reason": "A heading."}
    data["opened"] = seal(paragraph)
    assert admin_client.post(url, data).status_code == 302
    paragraph.refresh_from_db()
    assert (paragraph.kind, paragraph.level, paragraph.number, paragraph.text[:7]) == ("heading", 2, 2, "The law")
    assert paragraph.history.first().change_set.reason == "A heading."
