"""What readers come for, by mouse and by keyboard: from a question to the words that answer it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.watching import Watch

FAR = 250  # more keys than any page has places for before its first record


@pytest.fixture
def page(page, live_server, knowledge):
    """A quiet page of the browser, as wide as a desk."""
    page.set_viewport_size({"width": 1320, "height": 900})
    page.set_default_timeout(20_000)
    watch = Watch(page)
    yield page
    watch.check(live_server.url)


def tab_to(page, element):
    """Press Tab until the element has the focus."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The keyboard does not reach {element}.")


def enter(page, link):
    """Go to a link with the keyboard, and through it."""
    tab_to(page, link)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def past_the_menu(page):
    """Skip to the content, with the first link of the page."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def sees_lit(page, words):
    """The reader stands at these words, and they are lit."""
    lit = page.locator("mark.on").filter(has_text=words[:30]).first
    expect(lit).to_be_in_viewport()
    assert "/sources/" in page.url


def test_a_search_on_the_first_page_finds_words_and_leads_to_them(page):
    page.goto("/")
    page.get_by_role("search").get_by_role("searchbox").fill("akims")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=akims$"))
    expect(page.locator(".hit mark").first).to_have_text(re.compile("akim", re.IGNORECASE))
    page.locator(".facets").get_by_role("link", name="Words of the sources").click()
    page.locator(".hit.paragraph a.cite").first.click()
    expect(page.locator(".row:target")).to_be_in_viewport()
    expect(page.locator(".row:target .words")).to_contain_text("akims")


def test_reforms_are_narrowed_and_widened_again_by_chips(page):
    page.goto("/reforms/")
    all_of_them = page.locator("main .kicker").filter(has_text="reforms").first.text_content()
    page.locator(".facets").get_by_role("link", name="Elections", exact=True).click()
    expect(page).to_have_url(re.compile(r"topic=elections"))
    chip = page.locator(".chips a").filter(has_text="Elections")
    expect(page.locator(".facets a[aria-current]").filter(has_text="Elections")).to_be_visible()
    assert page.locator("main .kicker").filter(has_text="reform").first.text_content() != all_of_them
    chip.click()
    expect(page.locator(".chips a")).to_have_count(0)
    assert "topic" not in page.url
    expect(page.locator("main .kicker").filter(has_text="reforms").first).to_have_text(all_of_them)


def test_a_stage_opens_its_words_by_keyboard_and_they_lead_to_the_text(page):
    page.goto("/reforms/direct-election-of-rural-akims/")
    stage = page.locator(".track details.grounds").first
    evidence = stage.locator(".evidence")
    past_the_menu(page)
    tab_to(page, stage.locator("summary"))
    page.keyboard.press("Enter")
    expect(evidence).to_be_visible()
    page.keyboard.press("Escape")
    expect(evidence).to_be_hidden()
    expect(stage.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    words = evidence.locator(".quote mark").first.text_content()
    enter(page, evidence.locator("a.cite").first)
    sees_lit(page, words)


def test_words_that_open_low_in_a_narrow_window_come_into_view(page):
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto("/reforms/direct-election-of-rural-akims/")
    grounds = page.locator("aside details.grounds").first
    grounds.evaluate("grounds => scrollBy(0, grounds.getBoundingClientRect().bottom - innerHeight)")
    grounds.locator("summary").click()
    expect(grounds.locator(".evidence.over")).to_be_in_viewport(ratio=1)


def test_a_claim_leads_to_each_source_that_tells_it(page):
    page.goto("/claims/C0300/")
    links = page.locator(".passage a.cite")
    places = {link.get_attribute("href").partition("?")[0]: link.get_attribute("href") for link in links.all()}
    assert len(places) == 2
    for place in places.values():
        page.goto("/claims/C0300/")
        page.locator(f'.passage a.cite[href="{place}"]').first.click()
        sees_lit(page, "")


def test_a_discrepancy_shows_both_words_and_leads_to_both(page):
    page.goto("/discrepancies/?kind=contradiction")
    page.locator(".dispute h2 a").first.click()
    expect(page).to_have_url(re.compile(r"/discrepancies/D\d{4}/$"))
    quotes = page.locator(".sides .quote")
    assert quotes.count() > 1
    for number in range(2):
        words = quotes.nth(number).locator("mark").text_content()
        quotes.nth(number).locator("a.cite").click()
        sees_lit(page, words)
        page.go_back()


def test_the_keyboard_alone_leads_from_the_first_page_to_the_words(page):
    page.goto("/")
    past_the_menu(page)
    enter(page, page.locator(".rows a.name").first)
    past_the_menu(page)
    enter(page, page.locator(".items a.name").first)
    past_the_menu(page)
    claim = page.locator(".claim").first
    tab_to(page, claim.locator("summary"))
    page.keyboard.press("Enter")
    quote = claim.locator(".quote").first
    words = quote.locator("mark").text_content()
    enter(page, quote.locator("a.cite"))
    sees_lit(page, words)
