"""`make screenshots`: the pictures of docs/curating.md, taken on the way from a new article to public claims.

Two people do what the document tells, on the real pages, so that a picture never shows what is not there. What the
pages call their steps stands in tests/browser/desk.py.
"""

from pathlib import Path

from django.contrib.auth.models import Group, User
from django.urls import reverse

from reforms.models import Claim, Proposal
from reforms.publishing import publish, submit
from sources.changes import change_set
from sources.models import Paragraph
from tests.browser.desk import ADD_SOURCE, PASSWORD, Curator
from tests.factories import cite

DESK = {"width": 1320, "height": 900}
LONGEST = 1120  # pixels of a page that are shown
GROUPS = {"ann": ["Contributor", "Reviewer", "Editor"], "ben": ["Contributor", "Reviewer"]}
PEOPLE = {"ann": ("Ann", "Akhmetova"), "ben": ("Ben", "Bekov")}
PLACE = {"source__slug": "kazinform-three-packages", "number": 20}
NOTIFICATION = "introduced a ‘notification’ principle"
SLUG = "public-councils-article"
ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Public councils get a say in budgets</title><meta name="author" content="S. Omarova">
</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Public councils get a say in budgets</h1><p>By S. Omarova</p>
<p>The law on public councils was amended on 2 June 2021. Every council now hears the draft budget of its region.
It may return the draft once, and has to say why.</p>
<p>The law on peaceful assemblies of May 25, 2020 introduced a ‘notification’ principle, the author recalls.</p>
<p>Few readers will have noticed.</p></article><footer><p>All rights reserved.</p></footer></body></html>"""
NEWER = ARTICLE.replace("on 2 June 2021", "on 3 June 2021").replace("Few readers", "Not many readers")
HEARD = "Every council now hears the draft budget of its region."


class Pictures:
    """Takes them: `folder` is where they are kept, `kept` makes a picture small."""

    def __init__(self, folder, kept):
        self.folder, self.kept = folder, kept

    def take(self, name, page, *, whole=True):
        page.evaluate("document.fonts.ready")
        height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
        clip = {"x": 0, "y": 0, "width": DESK["width"], "height": height}
        shape = {"full_page": True, "clip": clip} if whole else {}
        picture = self.kept(page.screenshot(animations="disabled", **shape))
        (self.folder / f"desk-{name}.png").write_bytes(picture)
        print(f"docs/screenshots/desk-{name}.png: {len(picture) // 1000} kB", flush=True)


def curator(browser, address, name):
    """Somebody who is logged in, in a browser of their own."""
    first, last = PEOPLE[name]
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, first_name=first, last_name=last)
    user.groups.set(Group.objects.filter(name__in=GROUPS[name]))
    page = browser.new_context(viewport=DESK, reduced_motion="reduce", locale="en-GB").new_page()
    page.set_default_timeout(15_000)
    person = Curator(page, address, name)
    person.logs_in()
    return person


def stored(text, words, *, by, state="in_review"):
    """Store a claim on `words` that `by` wrote."""
    author = User.objects.get(username=by)
    with change_set(by=author, reason="Read the report."):
        claim = Claim(ref=Claim.next_ref(), text=text, kind="provision")
        claim.full_clean()
        claim.save()
        cite(claim, Paragraph.objects.get(**PLACE), words)
    if state != "draft":
        submit(claim, by=author)
    if state == "published":
        publish(claim)
    return claim


def take_all(browser, address, pictures, scratch):
    """Take every picture of the document, in the order of its text."""
    ann, ben = (curator(browser, address, name) for name in PEOPLE)
    of_an_article(ann, ben, pictures, Path(scratch))
    of_the_forms(ann, ben, pictures)
    of_editions(ann, pictures, Path(scratch))
    of_a_sheet(ann, pictures, Path(scratch))
    ann.opens("/admin/reforms/finding/")
    ann.presses("Run the audit now")
    pictures.take("audit", ann.page)
    ann.opens("/admin/")
    pictures.take("queues", ann.page)
    of_a_locked_login(browser, address, pictures)


def of_an_article(ann, ben, pictures, scratch):
    """Bring it in, look at its paragraphs, claim its words, publish."""
    article = scratch / "article.html"
    article.write_text(ARTICLE)
    ann.opens(ADD_SOURCE)
    pictures.take("import", ann.page)
    ann.brings(article, name="Public councils article", slug=SLUG)
    ann.page.locator("#paragraphs").evaluate("heading => heading.scrollIntoView()")
    pictures.take("preview", ann.page, whole=False)
    ann.accepts()
    heard = Paragraph.objects.get(source__slug=SLUG, text__contains=HEARD).number
    recalls = Paragraph.objects.get(source__slug=SLUG, text__contains="‘notification’").number
    ann.reads(SLUG)
    ann.selects(heard, HEARD)
    pictures.take("toolbar", ann.page, whole=False)
    ann.reads(SLUG)
    ann.selects(recalls, NOTIFICATION)
    ann.page.keyboard.press("n")
    ann.page.locator("#id_text").wait_for()
    pictures.take("claiming", ann.page)
    ann.reads(SLUG)
    ann.claims(heard, HEARD, "Every public council hears the draft budget of its region.")
    ben.opens("/admin/reforms/claim/?state__exact=in_review")
    ben.follows("Review")
    pictures.take("review", ben.page)
    ben.presses("Publish")


def of_the_forms(ann, ben, pictures):
    """A claim by hand, refused, changed, in doubt, retracted; its history, and undoing."""
    ann.fills_in("The law introduced a notification principle for assemblies.", NOTIFICATION)
    pictures.take("draft", ann.page)
    ann.presses("Save")
    ann.presses("Submit for review")
    claim = Claim.objects.order_by("-pk").first()
    ben.reviews(claim.ref)
    ben.says_why("It is about all assemblies: say so.", "Send back")
    ann.edits(claim.ref)
    pictures.take("sent-back", ann.page)
    ben.edits(claim.ref, text="The law of 2020 introduced a notification principle.")
    ann.page.locator("#id_text").fill("The law introduced a notification principle for all assemblies.")
    ann.presses("Save")
    ben.presses("Save")
    pictures.take("collision", ben.page)
    ann.reviews(claim.ref)
    ann.follows("History")
    pictures.take("history", ann.page)

    public = stored("The law introduced notification of assemblies.", NOTIFICATION, by="ann", state="published")
    ann.edits(public.ref, text="The law introduced a notification principle.", change_reason="As printed.")
    ann.presses("Propose this change")
    proposal = Proposal.objects.latest("pk")
    ben.opens(proposal.get_absolute_url())
    pictures.take("proposal", ben.page)
    ben.presses("Approve")
    ben.opens(reverse("admin:reforms_doubts"))
    pictures.take("doubt", ben.page)
    ann.reviews(public.ref)
    pictures.take("retract", ann.page)
    words = ("dated May 25, 2020", "organizing and holding", "which replaced")
    ben.takes_all([stored(f"It says “{one}”.", one, by="ann").ref for one in words], "Publish")
    ann.opens("/admin/sources/changeset/")
    ann.page.locator("#result_list tbody a").first.click()
    pictures.take("undo", ann.page)


def of_editions(ann, pictures, scratch):
    """A newer edition of the article, and the citation that needs a person."""
    newer = scratch / "newer.html"
    newer.write_text(NEWER.replace(HEARD, "Each council now hears the draft budget of its own region."))
    ann.brings(newer, name="Public councils article, corrected", slug=f"{SLUG}-corrected")
    ann.supersedes(SLUG)
    ann.accepts()
    ann.opens("/admin/reforms/claim/editions/")
    pictures.take("editions", ann.page)


def of_a_sheet(ann, pictures, scratch):
    """Claims exported, one of them edited, and what would change."""
    ann.opens("/admin/reforms/claim/?state__exact=draft")
    sheet = ann.exports(scratch / "claims.csv")
    text = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(text.replace("notification principle", "principle of notification"), encoding="utf-8-sig")
    ann.opens("/admin/reforms/claim/import/")
    ann.page.locator("input[type=file]").set_input_files(sheet)
    ann.presses("Show what would change")
    pictures.take("sheet", ann.page)


def of_a_locked_login(browser, address, pictures):
    page = browser.new_page(viewport=DESK)
    for _ in range(6):
        page.goto(f"{address}/admin/login/")
        if not page.get_by_label("Username").count():
            break
        page.get_by_label("Username").fill("ben")
        page.get_by_label("Password").fill("forgotten")
        page.get_by_role("button", name="Log in").click()
    pictures.take("locked-out", page)
