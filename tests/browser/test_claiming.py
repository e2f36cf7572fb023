"""A curator works through a source in the reader: words are chosen by mouse and by keys, and claimed on one page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from reforms.models import Citation, Claim, Proposal
from tests.browser.desk import PASSWORD, Curator
from tests.browser.watching import Watch, fits
from tests.factories import make_claim, make_source

ODD = "👩‍👩‍👧 A café́ 😀: the law\u00a0passed, the law stood."
TEXT = f"Heading\n{ODD}\nIt is in force, they say.\nThey clap.\nThe last one is open."
SOURCE = "/sources/a-source/"

# Lay a range over the words from one UTF-16 offset to another in the text of a paragraph, as a drag does.
RECTS = """([number, start, end]) => {
    const words = document.querySelector(`#p${number} .words`);
    const at = (offset) => {
        const texts = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
        while (texts.nextNode() && offset > texts.currentNode.length) offset -= texts.currentNode.length;
        return [texts.currentNode, offset];
    };
    const range = document.createRange();
    range.setStart(...at(start));
    range.setEnd(...at(end));
    words.scrollIntoView({ block: "center" });
    const boxes = [...range.getClientRects()];
    const [first, last] = [boxes[0], boxes.at(-1)];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
}"""


@pytest.fixture(autouse=True)
def strict_templates():
    """Not here: the admin's own templates ask for optional names."""


@pytest.fixture
def ann(transactional_db, live_server, new_context):
    """Ann, a Contributor, in the reader of a source with a public claim; her browser stays quiet."""
    user = User.objects.create_user("ann", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Contributor"))
    source = make_source(TEXT, kinds={1: ("heading", 1)})
    make_claim(source.paragraphs.get(number=3), "in force", text="It is in force.")
    page = new_context(viewport={"width": 1320, "height": 900}).new_page()
    page.set_default_timeout(15_000)
    watch = Watch(page)
    curator = Curator(page, live_server.url, "ann")
    curator.logs_in()
    curator.opens(SOURCE)
    yield curator
    watch.check(live_server.url)


def drags(page, number, words):
    """Select `words` of a paragraph with the mouse."""
    text = page.locator(f"#p{number} .words").text_content()
    units = [len(part.encode("utf-16-le")) // 2 for part in (text.partition(words)[0], words)]
    left, top, right, bottom = page.evaluate(RECTS, [number, units[0], sum(units)])
    page.mouse.move(left + 1, top)
    page.mouse.down()
    page.mouse.move(right - 1, bottom, steps=4)
    page.mouse.up()


def presses(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def is_back(page, number):
    """The reader, at the paragraph."""
    page.wait_for_url(f"**{SOURCE}#p{number}")
    expect(page.locator(f"#p{number}")).to_be_in_viewport()
    page.locator(".walk-open:not([hidden])").wait_for()


def violations(page, within):
    """What axe finds `within` a part of the page: the rest is the admin's own, or every reader's."""
    found = Axe().run(page, context=within, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_words_after_an_emoji_are_dragged_over_claimed_and_one_is_back(ann):
    page = ann.page
    drags(page, 2, "the law stood")
    toolbar = page.get_by_role("toolbar")
    expect(toolbar).to_be_visible()
    assert violations(page, ".claiming") == []
    presses(page, "n")
    page.wait_for_url("**/claiming/?**")
    expect(page.locator(".whole mark")).to_have_text("the law stood")
    expect(page.locator("#id_text")).to_be_focused()
    assert violations(page, ".desk") == []
    page.keyboard.type("The law stood.")
    presses(page, "Tab", "ArrowRight", "Control+Enter")
    is_back(page, 2)
    ann.sees("C0002 is in review: a second person publishes it.")
    citation = Citation.objects.get(claim__ref="C0002")
    assert (citation.start, citation.end, citation.quote) == (33, 46, "the law stood")
    assert citation.paragraph.text[33:46] == "the law stood"
    assert Claim.objects.get(ref="C0002").state == "in_review"
    expect(page.locator("#p2 .in-hand")).to_contain_text("C0002 in review: the law stood")
    underlined = page.evaluate("[...CSS.highlights.get('in-hand')].map((range) => range.toString())")
    assert underlined == ["the law stood"]
    assert [violations(page, part) for part in (".saved", ".walk-open", "#p2 .place")] == [[], [], []]
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".saved")).to_have_count(0)


def test_cited_words_which_are_links_are_selected_too_and_added_as_evidence_by_a_click(ann):
    page = ann.page
    drags(page, 3, "in force, they")
    page.get_by_role("toolbar").get_by_role("button", name="Add as evidence").click()
    page.wait_for_url("**/claiming/?**for=evidence**")
    expect(page.get_by_role("button", name="Add to C0001")).to_be_focused()
    presses(page, "1")
    is_back(page, 3)
    ann.sees("P0001 waits for a second person: C0001 would cite these words.")
    cites = Proposal.objects.get().proposed["cites"]
    assert [cite["quote"] for cite in cites] == ["in force", "in force, they"]


def test_a_reference_typed_beside_the_candidates_is_looked_for_and_chooses_none_of_them(ann):
    page = ann.page
    drags(page, 3, "in force, they")
    presses(page, "e")
    page.wait_for_url("**/claiming/?**for=evidence**")
    expect(page.get_by_role("button", name="Add to C0001")).to_be_focused()
    page.keyboard.type("C0001")
    expect(page.locator("#find")).to_be_focused()
    expect(page.locator("#find")).to_have_value("C0001")
    page.locator("#found").get_by_role("button", name="Add to C0001").wait_for()
    presses(page, "Enter")
    expect(page.locator("#found").get_by_role("button", name="Add to C0001")).to_be_focused()
    assert not Proposal.objects.exists()


def test_a_source_is_worked_through_by_the_keyboard_alone(ann):
    page = ann.page
    presses(page, "o", "o", "n")
    page.wait_for_url("**/claiming/?at=a-source%234&for=claim")
    expect(page.locator("#id_text")).to_be_focused()
    expect(page.locator("#id_quote")).to_have_value("They clap.")
    presses(page, "Escape")
    is_back(page, 4)
    presses(page, "m")
    page.wait_for_url("**/claiming/?at=a-source%234&for=mark")
    expect(page.locator("#id_reason_0")).to_be_focused()
    presses(page, "Space", "Control+Enter")
    is_back(page, 4)
    ann.sees("P0001 waits for a second person: ¶4 would carry no claim.")
    presses(page, "o")
    assert page.url.endswith("#p5")
    presses(page, "o")
    ann.sees("No open paragraph further on that nobody has in hand.")
    presses(page, "Shift+O")
    assert page.url.endswith("#p2")
    page.locator(".walk-open button").last.click()
    assert page.url.endswith("#p5")
    page.locator("#p5 .claim-here").focus()
    presses(page, "Enter")
    page.wait_for_url("**/claiming/?at=a-source%235")
    page.locator("#id_quote").fill("last one")
    page.locator("#id_text").fill("Half a claim")
    presses(page, "Control+Enter")
    ann.sees("This field cannot be blank.")
    expect(page.locator("#id_text")).to_have_value("Half a claim")
    expect(page.locator(".whole mark")).to_have_text("last one")
    page.get_by_label("done").check()
    page.get_by_role("button", name="Save as a draft").click()
    is_back(page, 5)
    assert Citation.objects.get(claim__state="draft").quote == "last one"


def test_a_selection_over_several_paragraphs_says_what_to_do_and_a_whole_one_counts_as_one(ann):
    page = ann.page
    page.locator("#p4 .words").click(click_count=3)
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.evaluate("""() => getSelection().setBaseAndExtent(
        document.querySelector('#p3 .words'), 0, document.querySelector('#p4 .words'), 1)""")
    ann.sees("These words stand in several paragraphs.")
    expect(page.get_by_role("toolbar")).to_have_count(0)
    presses(page, "n")
    assert page.url.endswith(SOURCE)
    presses(page, "Escape")
    expect(page.locator(".claiming-said")).to_be_empty()


def test_on_a_phone_the_toolbar_stands_at_the_bottom_and_everything_fits(ann):
    page = ann.page
    page.set_viewport_size({"width": 375, "height": 800})
    drags(page, 2, "the law stood")
    toolbar = page.get_by_role("toolbar")
    expect(toolbar).to_be_visible()
    box = toolbar.bounding_box()
    assert (box["x"], round(box["y"] + box["height"]), box["width"]) == (0, 800, 375)
    assert fits(page)
    toolbar.get_by_role("button", name="New claim").click()
    page.wait_for_url("**/claiming/?**")
    assert fits(page)
    page.emulate_media(color_scheme="dark")
    assert violations(page, ".desk") == []


def test_without_a_script_the_links_and_forms_do_it_all(ann, browser, live_server):
    context = browser.new_context(java_script_enabled=False, storage_state=ann.page.context.storage_state())
    page = context.new_page()
    page.goto(live_server.url + SOURCE)
    page.locator("#p4 .claim-here").click()
    page.locator("#find").fill("force")
    page.locator("#find").press("Enter")
    page.get_by_role("button", name="Add to C0001").click()
    expect(page.locator(".saved")).to_contain_text("P0001 waits for a second person")
    assert page.url.endswith("/sources/a-source/#p4")
    context.close()
