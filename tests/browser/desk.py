"""What curators do in the admin, with a mouse and a keyboard: steps that read as a story."""

from contextlib import contextmanager

from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from tests.browser.watching import Watch

PLACE = "kazinform 20"  # as one types it to find a paragraph
PASSWORD = "a long enough word"
# What the pages of the walk from a new article to public claims call their steps.
ADD_SOURCE, RECEIVE = "/admin/sources/source/add/", "Receive, and look at it"
SPLIT, JOIN = "Split at the line ends", "Join to the one before"
ACCEPT = "Accept these paragraphs"
MARK = "Propose the mark"
TAKES_PLACE, SAYS_IT_NOT = "These words take its place", "The newer edition does not say it"
NEXT = "Next in review"
ENDS = """([number, words]) => {
    const place = document.querySelector(`#p${number} .words`);
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let at = place.textContent.indexOf(words), to = at + words.length, passed = 0;
    while (texts.nextNode()) {
        const { length } = texts.currentNode;
        if (at >= passed && at < passed + length) range.setStart(texts.currentNode, at - passed);
        if (to > passed && to <= passed + length) range.setEnd(texts.currentNode, to - passed);
        passed += length;
    }
    place.scrollIntoView({ block: "center" });
    const boxes = [...range.getClientRects()], first = boxes[0], last = boxes.at(-1);
    return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
}"""


@contextmanager
def at_the_desk(groups, address, new_context, *, expected, patience=10_000):
    """Log in one Curator for each name of `groups` (name to groups), each in a browser of their own, and give them.

    At the end their browsers must have stayed quiet but for `expected`, and have asked no other host for anything.
    """
    watches, found = [], []
    for name, own in groups.items():
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=own))
        page = new_context().new_page()
        page.set_default_timeout(patience)
        watches.append(Watch(page))
        found.append(Curator(page, address, name))
        found[-1].logs_in()
    yield found
    for watch in watches:
        watch.check(address, expected=expected)


class Curator:
    """Somebody at the curator's desk, in a browser of their own."""

    def __init__(self, page, address, name):
        self.page, self.address, self.name = page, address, name

    def opens(self, path):
        self.page.goto(self.address + path)

    def logs_in(self):
        self.opens("/admin/")
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.presses("Log in")
        self.sees("The curator's desk")

    def presses(self, button):
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.page.wait_for_load_state()

    def follows(self, link):
        self.page.get_by_role("link", name=link, exact=True).first.click()
        self.page.wait_for_load_state()

    def sees(self, text):
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    def sees_no(self, button):
        expect(self.page.get_by_role("button", name=button, exact=True)).to_have_count(0)

    def fills_in(self, text, words, *, kind="provision"):
        """Fill in a new claim that cites `words`, pasted, of the paragraph in PLACE."""
        self.opens("/admin/reforms/claim/add/")
        self.page.locator("#id_text").fill(text)
        self.page.locator("#id_kind").select_option(kind)
        self.page.get_by_role("button", name="Add another Citation").click()
        self.page.locator(".field-paragraph .select2-selection:visible").click()
        self.page.locator(".select2-search__field").fill(PLACE)
        self.page.get_by_role("option").filter(has_text="kazinform-three-packages#20").click()
        self.page.locator("#id_citations-0-quote").fill(words)
        self.page.locator("#id_change_reason").fill("Read the report.")

    def drafts(self, text, words, *, kind="provision"):
        """Save such a claim. Return its reference."""
        self.fills_in(text, words, kind=kind)
        self.presses("Save")
        self.sees("The next step")
        return self.page.locator("h1").text_content().removeprefix("Review ")

    def reviews(self, ref):
        """Find a claim in the list, and open its review page."""
        self.opens(f"/admin/reforms/claim/?q={ref}")
        self.follows("Review")
        self.sees(ref)

    def edits(self, ref, **fields):
        """Open the form of a claim and type into it; nothing is sent yet."""
        self.reviews(ref)
        self.page.get_by_role("link", name="Edit", exact=True).or_(
            self.page.get_by_role("link", name="Propose a change", exact=True)
        ).click()
        for name, text in fields.items():
            self.page.locator(f"#id_{name}").fill(text)

    def says_why(self, reason, button):
        """Give a reason in the box of `button`, and press it."""
        box = self.page.locator("form", has=self.page.get_by_role("button", name=button, exact=True))
        box.get_by_label("Reason").fill(reason)
        self.presses(button)

    def takes_all(self, refs, action):
        """Select the claims among those in review, and run `action` on them."""
        self.opens("/admin/reforms/claim/?state__exact=in_review")
        for ref in refs:
            self.page.get_by_role("row", name=ref).get_by_role("checkbox").check()
        self.page.get_by_label("Action:").select_option(label=action)
        self.presses("Go")

    def finds_public(self, ref):
        """Return what readers get of a claim: (status of its page, its text in the API or the status there)."""
        response = self.page.goto(f"{self.address}/claims/{ref}/")
        answer = self.page.request.get(f"{self.address}/api/v1/claims/{ref}/")
        return response.status, answer.json()["text"] if answer.ok else answer.status

    # From a new article to public claims.

    def brings(self, file, **fields):
        """Import a file as a draft. `fields`: its name and slug."""
        self.opens(ADD_SOURCE)
        self.page.locator("input[type=file]").set_input_files(file)
        for name, value in fields.items():
            self.page.locator(f"#id_{name}").fill(value)
        self.presses(RECEIVE)

    def splits(self, number, before):
        """Split paragraph `number` of the draft before these words."""
        row = self.page.locator(f"li#p{number}")
        row.locator("summary").click()
        box = row.locator("textarea")
        box.fill(box.input_value().replace(f" {before}", f"\n{before}"))
        row.get_by_role("button", name=SPLIT).click()
        self.page.wait_for_load_state()

    def decides(self, number, kind):
        self.page.locator(f"[name=kind-{number}]").select_option(kind)

    def supersedes(self, slug):
        """Say in the draft of which source it is a newer edition."""
        self.page.locator("[name=supersedes]").fill(slug)

    def accepts(self):
        self.presses(ACCEPT)
        self.sees("Accepted")

    def reads(self, slug):
        self.opens(f"/sources/{slug}/")

    def selects(self, number, words):
        """Select `words` of paragraph `number` with the mouse."""
        left, top, right, bottom = self.page.evaluate(ENDS, [number, words])
        mouse = self.page.mouse
        mouse.move(left, top)
        mouse.down()
        mouse.move(right, bottom, steps=4)
        mouse.up()
        expect(self.page.get_by_role("toolbar")).to_be_visible()

    def claims(self, number, words, text, *, kind="provision"):
        """Make a claim on selected words and submit it, by keys where there are some. One is back in the text then."""
        self.selects(number, words)
        self.page.keyboard.press("n")
        self.page.locator("#id_text").fill(text)
        self.page.locator(f"[name=kind][value={kind}]").check()
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_url("**/sources/**")

    def adds(self, number, words, ref):
        """Add selected words as evidence to the claim `ref`."""
        self.selects(number, words)
        self.page.keyboard.press("e")
        self.page.locator("#find").fill(ref)
        self.page.get_by_role("button", name=f"Add to {ref}").first.click()
        self.page.wait_for_url("**/sources/**")

    def marks(self, number, reason="rhetoric"):
        """Mark a paragraph as carrying no claim, by keys from its place in the text."""
        self.page.goto(f"{self.page.url.partition('#')[0]}#p{number}")
        self.page.keyboard.press("m")
        self.page.locator(f"[name=reason][value={reason}]").check()
        self.presses(MARK)
        self.page.wait_for_url("**/sources/**")

    def goes_on(self):
        """Open the next claim in review, which has the focus."""
        expect(self.page.get_by_role("link", name=NEXT)).to_be_focused()
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def exports(self, path):
        """Export the list that is open, to `path`. Return it."""
        with self.page.expect_download() as saving:
            self.page.get_by_role("link", name="Export to CSV").click()
        saving.value.save_as(path)
        return path
