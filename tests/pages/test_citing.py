"""The pages of claims and sources say how they are cited, and lead to other forms."""

import html
import re

import pytest

from tests.factories import make_claim, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]
LABELS = ["Data (JSON)", "BibTeX", "RIS", "CSL-JSON", "Plain text", "Web Annotation"]


@pytest.fixture
def pages(db):
    make_claim(make_source("It was & is so.", "report", title="Q&A", published="2021-06~").paragraphs.get())
    return {"/claims/C0001/": "/api/v1/claims/C0001/", "/sources/report/": "/api/v1/sources/report/"}


def test_the_page_and_the_api_say_the_same_words_to_cite_it_by(pages, read):
    for page, api in pages.items():
        (words,) = re.findall(r'<p class="to-cite" id="to-cite">(.*?)</p>', read(page), re.DOTALL)
        assert html.unescape(words) + "\n" == read(f"{api}?format=text")


def test_each_link_to_another_form_leads_to_it_and_the_head_names_the_same_ones(pages, read, client):
    for page in pages:
        text = read(page)
        forms = text.partition('<nav class="forms"')[2].partition("</nav>")[0]
        links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', forms)
        assert [label for _url, label in links] == LABELS
        heads = re.findall(r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="(/api/[^"]+)">', text)
        assert [(url, label) for _type, label, url in heads] == links
        for media_type, _label, url in heads:
            response = client.get(html.unescape(url))
            assert response.status_code == 200
            assert response["Content-Type"].removesuffix("; charset=utf-8") == html.unescape(media_type)
