"""Every kind of page in a real browser: for every eye and hand, on every width, quiet, and without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import expect

from reforms.urls import urlpatterns
from tests.browser.addresses import KINDS, LONG, NO_PAGES, PAGES, REFUSALS
from tests.browser.watching import Watch, fits

DESK, PHONE = {"width": 1320, "height": 900}, {"width": 375, "height": 812}
LOOKS = [("light", DESK), ("dark", DESK), ("dark", PHONE), ("light", PHONE)]  # unfolded on the phone
AXE = {"resultTypes": ["violations"], "preload": False, "rules": {"target-size": {"enabled": True}}}
# What is far from the window is laid out in full only when it comes near.
DRAW = """for (const one of document.querySelectorAll("main *"))
    if (getComputedStyle(one).contentVisibility === "auto") one.style.contentVisibility = 'visible'"""
# Everything folded, although a script closes one card when another opens.
OPEN = """addEventListener("toggle", event => event.stopImmediatePropagation(), true);
    for (const folded of document.querySelectorAll("details")) folded.open = true"""
LINKS = "links => links.filter(link => link.checkVisibility()).map(link => link.getAttribute('href'))"


@pytest.fixture
def opened(new_context, live_server, knowledge):
    """Open a page of a browser with these qualities."""

    def opened(**qualities):
        page = new_context(**qualities).new_page()
        page.set_default_timeout(30_000)
        return page

    return opened


def visit(page, address):
    """Open an address, which answers as it should."""
    assert page.goto(address).status == REFUSALS.get(address, 200), address


def violations(page):
    """Return what axe finds: for each rule, in how many places, and the first of them."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{one['id']}, {len(one['nodes'])} times: {one['nodes'][0]['target']}" for one in found]


def test_every_kind_of_page_has_an_address_here():
    assert urlpatterns, "swept nothing"
    assert KINDS.keys() | NO_PAGES == {pattern.name for pattern in urlpatterns}
    for name, addresses in KINDS.items():
        assert {resolve(address.partition("?")[0]).url_name for address in addresses} == {name}


def test_axe_finds_nothing_in_the_light_and_in_the_dark_on_a_desk_and_on_a_phone(opened):
    page, found = opened(), []
    for address in PAGES:
        visit(page, address)
        page.evaluate(DRAW)
        for scheme, size in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            if size == PHONE:
                page.evaluate(OPEN)
            found += [f"{address}, {scheme}, {size['width']}: {line}" for line in violations(page)]
    assert found == [], "\n".join(found)


def test_nothing_scrolls_sideways_is_said_in_the_console_or_asked_of_others(opened, live_server):
    page, wide, said = opened(viewport={"width": 320, "height": 900}), [], {}
    watch = Watch(page)
    for address in PAGES + LONG:
        visit(page, address)
        if not fits(page):
            wide.append(address)
        if lines := watch.unexpected([f"status of {REFUSALS.get(address)}"]):
            said[address] = lines
        watch.said.clear()
    assert (wide, said) == ([], {})
    watch.check(live_server.url)


def test_every_page_works_without_a_script(opened):
    scripted, plain, lost = opened(), opened(java_script_enabled=False), {}
    for address in PAGES:
        for page in (scripted, plain):
            visit(page, address)
        assert plain.locator("h1").text_content().strip() == scripted.locator("h1").text_content().strip()
        links = [set(page.locator("a").evaluate_all(LINKS)) for page in (scripted, plain)]
        if missing := links[0] - links[1]:
            lost[address] = missing
        if grounds := plain.locator("main details.grounds:visible").all()[:1]:
            grounds[0].locator("summary").click()
            expect(grounds[0].locator(".evidence blockquote").first, address).to_be_visible()
    assert lost == {}
