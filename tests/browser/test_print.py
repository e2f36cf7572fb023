"""On paper: no navigation, black on white, what is folded stands open, and links and cards are footnotes."""

import pytest
from playwright.sync_api import expect

REFORM = "/reforms/abolition-of-the-death-penalty/"


@pytest.fixture
def printed(page, live_server, knowledge):
    """A page in the dark, as it goes to paper."""
    page.emulate_media(media="print", color_scheme="dark")

    def go(path):
        page.goto(live_server.url + path)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        return page

    return go


def test_a_printed_reform_has_its_quotes_and_addresses_as_footnotes_and_no_navigation(printed, live_server):
    page = printed(REFORM)
    for gone in ("header.site", "footer.site", "main nav", "form.as-of"):
        expect(page.locator(gone).first).to_be_hidden()
    colours = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    number = page.locator(".grounds .cite[data-note]").first.get_attribute("data-note")
    entry = page.locator(".footnotes li").nth(int(number) - 1)
    expect(entry.locator("blockquote").first).to_be_visible()
    assert entry.text_content().endswith("/")
    assert live_server.url + "/claims/C" in entry.text_content()
    assert page.locator(f"text=printed from {live_server.url}{REFORM}").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("[data-note], .footnotes li").count() == 0


def test_printing_numbers_the_links_and_puts_the_page_back(page, live_server, knowledge):
    page.goto(live_server.url + "/claims/C0001/")
    page.evaluate(
        "addEventListener('beforeprint', () => { window.noted = document.querySelectorAll('[data-note]').length })"
    )
    page.pdf()
    assert page.evaluate("window.noted") > 0
    assert page.locator("[data-note]").count() == 0


def test_a_printed_claim_has_one_number_that_leads_to_its_words(printed, live_server):
    page = printed(REFORM)
    claim = page.locator("article.claim").first
    assert claim.locator("[data-note]").count() == claim.locator(".said a[data-note]").count() == 1
    number = claim.locator(".said a").first.get_attribute("data-note")
    entry = page.locator(".footnotes > ol > li").nth(int(number) - 1)
    expect(entry.locator("blockquote").first).to_be_visible()
    ref = claim.locator(".ref").last.text_content()
    assert entry.text_content().endswith(f" {live_server.url}/claims/{ref}/")


def test_a_printed_discrepancy_is_its_head_and_its_address_and_on_its_own_page_the_words(printed, live_server):
    page = printed(REFORM)
    expect(page.locator(".dispute h3").first).to_be_visible()
    assert page.locator(".dispute .sides:visible").count() == 0
    ref = page.locator("article.dispute").first.get_attribute("id")
    assert f"{live_server.url}/discrepancies/{ref}/" in page.locator(".footnotes").text_content()
    expect(printed(f"/discrepancies/{ref}/").locator(".sides blockquote").first).to_be_visible()


def test_nothing_to_press_is_printed(printed):
    assert printed("/claims/C0001/").locator("button:visible").count() == 0


def test_without_a_script_what_is_folded_stands_open_and_no_bare_path_is_printed(browser, live_server, knowledge):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.emulate_media(media="print")
    page.goto(live_server.url + REFORM)
    expect(page.locator(".grounds .evidence blockquote").first).to_be_visible()
    after = page.locator(".evidence a.cite").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert after == "none"
    page.context.close()
