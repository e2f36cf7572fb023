"""The reader in a real browser: words and claims light each other, keys walk, and all is there without a script."""

import gzip

import pytest

from tests.browser.watching import Watch, fits

LONG = "/sources/kazinform-three-packages/"


@pytest.fixture
def reader(page, live_server, knowledge):
    """The long report on a desk, which must stay quiet and ask no other host."""
    page.set_viewport_size({"width": 1320, "height": 900})
    watch = Watch(page)
    page.goto(live_server.url + LONG)
    yield page
    watch.check(live_server.url)


@pytest.fixture
def bare(browser, live_server, knowledge):
    """A phone whose browser runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


def lit(page, name):
    """The claims and the first of the words that have the class `name`."""
    return page.evaluate(
        """name => [...document.querySelectorAll(`.card.${name} .ref`)].map(one => one.textContent)
        .concat([...document.querySelectorAll(`.words a.${name}`)].slice(0, 1).map(one => one.textContent))""",
        name,
    )


def in_view(page, selector):
    box = page.locator(selector).bounding_box()
    return box and box["y"] >= 0 and box["y"] < page.viewport_size["height"]


def at(page):
    return page.evaluate("location.hash")


def test_words_light_their_claims_and_a_claim_its_words_by_pointer_and_by_focus(reader):
    words = reader.locator("#p20 .words a:not([data-k])").first
    ref = words.get_attribute("href").partition("-")[2]
    words.hover()
    assert lit(reader, "near")[0] == ref
    reader.mouse.move(0, 0)
    assert lit(reader, "near") == []
    words.focus()
    assert lit(reader, "near")[0] == ref
    reader.locator(f"#k20-{ref}").focus()
    assert lit(reader, "near")[:2] == [ref, words.text_content()]
    reader.locator("#p21 .said").first.hover()
    assert reader.locator("#p21 .words a.near").count() > 0


def test_words_of_several_claims_light_all_of_them_and_lead_to_each_in_turn(reader):
    words = reader.locator("#p20 .words a[data-k]").first
    refs = words.get_attribute("data-k").split()
    words.hover()
    beside = [ref for ref in refs if reader.locator(f"#k20-{ref}").is_visible()]
    assert set(beside) <= set(lit(reader, "near"))
    for ref in [*refs, refs[0]]:
        words.click()
        assert at(reader) == f"#k20-{ref}"
        assert lit(reader, "chosen")[0] == ref
        assert in_view(reader, f"#k20-{ref}")


def test_keys_and_buttons_walk_through_cited_paragraphs_but_not_while_typing(reader):
    cited = reader.evaluate("[...document.querySelectorAll('.row.cited')].map(one => `#${one.id}`)")
    walked = []
    for _ in range(3):
        reader.keyboard.press("j")
        walked.append(at(reader))
    assert walked == cited[cited.index(walked[0]) :][:3]
    assert walked[0] in cited[:2]
    reader.keyboard.press("k")
    assert at(reader) == walked[1]
    assert in_view(reader, walked[1])
    reader.locator(".walk button").last.click()
    assert at(reader) == walked[2]
    reader.locator(".walk button").last.click()
    assert at(reader) == cited[cited.index(walked[2]) + 1]
    before = at(reader)
    reader.locator("header input[type=search]").press("j")
    assert at(reader) == before


def test_the_outline_says_which_section_one_is_in(reader, live_server):
    reader.goto(f"{live_server.url}{LONG}#p90")
    reader.wait_for_selector(".outline a[aria-current]")
    current = reader.locator(".outline a[aria-current]")
    assert current.count() == 1
    section = int(current.get_attribute("href").removeprefix("#p"))
    headings = reader.evaluate("[...document.querySelectorAll('.outline ol a')].map(one => Number(one.hash.slice(2)))")
    assert section == max(number for number in headings if number <= 90)


def test_the_link_that_is_copied_is_that_of_the_paragraph_or_of_the_claim(reader, live_server):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for place, link in (("#p21", "#p21"), ("#k20-C0032", "?claim=C0032#p20")):
        reader.goto(f"{live_server.url}{LONG}{place}")
        copy = reader.locator(".copy", has=reader.locator("button:not([data-copy])"))  # the other copies how to cite
        copy.get_by_role("button").click()
        copy.locator("[role=status]:has-text('Copied')").wait_for()
        assert reader.evaluate("navigator.clipboard.readText()") == f"{live_server.url}{LONG}{link}"


def test_on_a_phone_without_a_script_claims_open_under_their_paragraph(bare, live_server):
    bare.goto(f"{live_server.url}{LONG}?claim=C0043#p20")
    summary = bare.locator("#p21 .margin > summary")
    card = bare.locator("#p21 .card").first
    assert (summary.text_content(), card.is_visible()) == ("8 claims", False)
    summary.click()
    assert card.is_visible()
    bare.locator("#p20 .words mark a").last.click()
    target = bare.locator("#p20 .card:has(:target)")
    assert target.is_visible()
    assert target.bounding_box()["y"] < 800


def test_on_a_desk_without_a_script_claims_stand_beside_their_paragraph_and_uncited_words_can_be_shown(
    bare, live_server
):
    bare.set_viewport_size({"width": 1320, "height": 900})
    bare.goto(f"{live_server.url}{LONG}#p20")
    words, card = bare.locator("#p20 .words"), bare.locator("#p20 .card").first
    assert card.bounding_box()["x"] > words.bounding_box()["x"] + words.bounding_box()["width"]
    assert not bare.locator(".walk").is_visible()
    bare.locator("#uncited").check()
    assert bare.locator("#p20 .words").evaluate("one => getComputedStyle(one).fontWeight") == "650"


@pytest.mark.parametrize("width", [320, 375, 1320])
def test_the_long_report_fits_the_window(page, live_server, knowledge, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}{LONG}#p120")
    assert fits(page)
    assert in_view(page, "#p120")


def test_the_long_report_is_light(client, knowledge):
    page = client.get(LONG).content
    assert len(page) < 400_000
    assert len(gzip.compress(page)) < 60_000
