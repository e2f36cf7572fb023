"""A reader's walk in a real browser: from the first page to the very words, to the claim, and back."""

import pytest

from tests.browser.watching import Watch, fits

WIDTHS = {"desk": 1320, "phone": 375}
FIRST_LINES = ["/", "/reforms/", "/packages/", "/laws/", "/claims/", "/discrepancies/", "/sources/", "/about/"]


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS.keys())
def watched(request, page, live_server, knowledge):
    """A page of the browser that must stay quiet, and must ask no other host for anything."""
    page.set_viewport_size({"width": request.param, "height": 900})
    watch = Watch(page)
    yield page
    watch.check(live_server.url)


def follow(page, link):
    """Follow a link and see that the page it leads to fits the window."""
    link.click()
    page.wait_for_load_state()
    assert fits(page), page.url


def in_view(page, element):
    """Whether some of the element stands inside the window."""
    box = element.bounding_box()
    return box["y"] + box["height"] > 0 and box["y"] < page.viewport_size["height"]


def test_the_walk_from_package_to_words_to_claim_and_back(watched, live_server):
    page = watched
    page.goto(live_server.url)
    assert fits(page)
    follow(page, page.locator(".rows a.name").first)
    follow(page, page.locator(".items a.name").first)
    claim = page.locator(".claim").first
    claim.locator("summary").click()
    quote = claim.locator(".quote").first
    words = quote.locator("mark").text_content()
    citation = quote.locator("a.cite")
    address = citation.get_attribute("href")
    follow(page, citation)
    assert page.url == live_server.url + address
    lit = page.locator("mark.on", has_text=words).first
    assert lit.text_content() == words
    assert in_view(page, lit)
    follow(page, page.locator(".card.on a.said").first)
    assert page.locator("h1").text_content()
    follow(page, page.locator(f'a.cite[href="{address}"]').first)
    assert page.url == live_server.url + address
    assert in_view(page, page.locator(f"#{address.partition('#')[2]}"))


def test_words_in_the_text_lead_to_their_claim_in_the_margin(watched, live_server):
    page = watched
    page.goto(f"{live_server.url}/sources/kazinform-three-packages/")
    follow(page, page.locator(".words mark a").first)
    card = page.locator(".card:has(:target)")
    assert card.count() == 1
    assert in_view(page, card)


def test_every_list_fits_the_window(watched, live_server):
    for path in FIRST_LINES:
        watched.goto(live_server.url + path)
        assert fits(watched), path


def test_the_first_key_leads_past_the_menu(watched, live_server):
    watched.goto(live_server.url)
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.textContent") == "Skip to the content"
    watched.keyboard.press("Enter")
    assert watched.evaluate("document.activeElement.id") == "content"
