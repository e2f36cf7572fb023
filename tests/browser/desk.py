"""What curators do in the admin, with a mouse and a keyboard: steps that read as a story."""

from playwright.sync_api import expect

PLACE = "kazinform 20"  # as one types it to find a paragraph
PASSWORD = "a long enough word"


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

    def drafts(self, text, words, *, kind="provision"):
        """Fill in a new claim that cites `words`, pasted, of the paragraph in PLACE. Return its reference."""
        self.opens("/admin/reforms/claim/add/")
        self.page.locator("#id_text").fill(text)
        self.page.locator("#id_kind").select_option(kind)
        self.page.get_by_role("button", name="Add another Citation").click()
        self.page.locator(".field-paragraph .select2-selection:visible").click()
        self.page.locator(".select2-search__field").fill(PLACE)
        self.page.get_by_role("option").filter(has_text="kazinform-three-packages#20").click()
        self.page.locator("#id_citations-0-quote").fill(words)
        self.page.locator("#id_change_reason").fill("Read the report.")
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
