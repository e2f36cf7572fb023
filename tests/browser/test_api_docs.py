"""The page on which a person reads what the API can be asked, and asks it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.watching import Watch, fits

# Swagger UI looks for a field of its own for each format of a parameter, and says where it takes a plain one.
NO_FIELD_OF_ITS_OWN = "Could not find component: JsonSchema_string_"
# Of all but what Swagger UI draws, which brings a <main> of its own.
OPTIONS = {"resultTypes": ["violations"], "rules": {"landmark-no-duplicate-main": {"enabled": False}}}


@pytest.fixture
def docs(page, live_server, knowledge):
    """The page, quiet, as wide as a desk."""
    page.set_default_timeout(30_000)
    watch = Watch(page)
    page.goto("/api/v1/docs/")
    yield page
    watch.check(live_server.url, expected=[NO_FIELD_OF_ITS_OWN])


def test_a_request_is_read_tried_and_answered_on_the_page(docs):
    asked = docs.locator("#operations-topics-topics_list")
    asked.locator(".opblock-summary-control").click()
    asked.get_by_role("button", name="Try it out").click()
    asked.get_by_role("button", name="Execute").click()
    answer = asked.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text('"slug": "children-and-youth"')


def test_the_page_fits_a_phone_and_its_own_words_are_for_everybody(docs):
    expect(docs.locator(".opblock").first).to_be_visible()
    docs.set_viewport_size({"width": 320, "height": 900})
    assert fits(docs)
    found = Axe().run(docs, context={"exclude": ["#swagger"]}, options=OPTIONS)
    assert [one["id"] for one in found.response["violations"]] == []
