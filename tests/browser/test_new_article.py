"""From an article that nobody here has seen to public claims, and on to its changed edition: two people at the desk."""

import pytest
from playwright.sync_api import expect

from reforms.editions import needs_person
from reforms.models import Citation, Claim, NoClaim, Proposal
from sources.models import Paragraph, Source
from tests.browser.desk import SAYS_IT_NOT, TAKES_PLACE, at_the_desk
from tests.documents import docx_file, html_page, pdf_file

PEOPLE = {"ann": ["Contributor", "Reviewer", "Editor"], "ben": ["Contributor", "Reviewer"]}
TITLE = "Public councils get a say in budgets"
AMENDED = "The law on public councils was amended on 2 June 2021."
HEARD = "Every council now hears the draft budget of its region."
RECALLED = "The law on peaceful assemblies introduced a ‘notification’ principle, the author recalls 📜."
SMALL_TALK = "Few readers will have noticed."
MOVED = "Each council hears the draft budget of its own region."
PARAGRAPHS = [f"{AMENDED} {HEARD}", RECALLED, SMALL_TALK]
CHANGED = [AMENDED, MOVED, RECALLED, SMALL_TALK]
EXISTING = "C0142"  # of the shipped knowledge: the notification principle


def written(folder, kind, paragraphs):
    """Write the article as a file of one kind. Return its path."""
    made = {
        "html": lambda: html_page(paragraphs, title=TITLE, body="", around=(f"<h1>{TITLE}</h1>", "")),
        "pdf": lambda: pdf_file([[TITLE, *paragraphs]], title=TITLE),
        "docx": lambda: docx_file([("Heading 1", TITLE), *paragraphs], title=TITLE),
    }
    path = folder / f"article-{len(paragraphs)}.{kind}"
    path.write_bytes(made[kind]())
    return path


@pytest.fixture(autouse=True)
def strict_templates():
    """Not here: the admin's own templates ask for optional names."""


@pytest.fixture
def people(knowledge, live_server, new_context):
    """Ann, an Editor too, and Ben, logged in. Their browsers stay quiet, and ask no other host for anything."""
    with at_the_desk(PEOPLE, live_server.url, new_context, expected=["status of 404"], patience=30_000) as found:
        yield found


def number_of(slug, words):
    return Paragraph.objects.get(source__slug=slug, text__contains=words).number


def in_the_api(curator, slug):
    """The quotes of the public citations of a source, as the API gives them: {claim: [quote]}."""
    answer = curator.page.request.get(f"{curator.address}/api/v1/citations/?source={slug}")
    found = {}
    for one in answer.json()["results"]:
        found.setdefault(one["claim"], []).append(one["quote"])
    return found


@pytest.mark.parametrize("kind", ["html", "pdf", "docx"])
def test_an_article_is_brought_in_split_claimed_reviewed_and_carried_to_its_next_edition(people, tmp_path, kind):
    ann, ben = people

    # Bring it in, and split what is two paragraphs.
    ann.brings(written(tmp_path, kind, PARAGRAPHS), name="Public councils article", slug="public-councils")
    rows = ann.page.locator("ol.paragraphs > li")
    at = next(n for n in range(1, rows.count() + 1) if AMENDED in rows.nth(n - 1).inner_text())
    ann.splits(at, HEARD)
    ann.accepts()
    assert [one.text for one in Source.objects.get(slug="public-councils").paragraphs.filter(number__gte=at)] == [
        AMENDED, HEARD, RECALLED, SMALL_TALK,
    ]  # fmt: skip

    # The first page leads to what is open; claim, add evidence, mark.
    ann.opens("/admin/")
    ann.page.get_by_role("link", name="Public councils article ¶").click()
    ann.page.wait_for_load_state()
    assert "/sources/public-councils/#p" in ann.page.url
    ann.claims(at, AMENDED, "The law on public councils was amended on 2 June 2021.", kind="done")
    ann.claims(at + 1, "Every council now hears the draft budget", "Every public council hears the draft budget.")
    amended, heard = Claim.objects.order_by("-pk")[:2][::-1]
    assert [claim.state for claim in (amended, heard)] == ["in_review", "in_review"]
    ann.adds(at + 2, "introduced a ‘notification’ principle", EXISTING)
    ann.marks(at + 3)
    evidence, mark = Proposal.objects.order_by("pk")
    assert (evidence.name, mark.name) == (EXISTING, f"public-councils#{at + 3}")
    assert in_the_api(ann, "public-councils") == {}

    # A second person works the queue: publishes, goes on by one key, approves.
    ben.opens("/admin/")
    ben.follows("2 claims in review")
    ben.page.get_by_role("row", name=amended.ref).get_by_role("link", name="Review").click()
    ben.presses("Publish")
    ben.sees(f"{amended.ref} is published. Readers see it now.")
    ben.goes_on()
    expect(ben.page.locator("h1")).to_have_text(f"Review {heard.ref}")
    ben.presses("Publish")
    ben.sees("Nothing else waits for your review.")
    for proposal in (evidence, mark):
        ben.opens(proposal.get_absolute_url())
        ben.presses("Approve")
        ben.sees(f"{proposal.ref} is approved.")
    quotes = {
        amended.ref: [AMENDED],
        heard.ref: ["Every council now hears the draft budget"],
        EXISTING: ["introduced a ‘notification’ principle"],
    }
    assert in_the_api(ben, "public-councils") == quotes
    assert NoClaim.objects.get(paragraph__source__slug="public-councils").paragraph.number == at + 3
    assert ben.finds_public(heard.ref) == (200, "Every public council hears the draft budget.")

    # A changed edition: what stands there word for word is carried over, the rest needs a person.
    ann.brings(written(tmp_path, kind, CHANGED), name="Public councils, corrected", slug="public-councils-corrected")
    ann.supersedes("public-councils")
    ann.accepts()
    assert in_the_api(ann, "public-councils-corrected") == {
        amended.ref: [AMENDED],
        EXISTING: ["introduced a ‘notification’ principle"],
    }
    waits = Citation.objects.get(claim=heard)
    assert list(needs_person()) == [waits]
    ann.opens("/admin/")
    ann.follows("1 citation that needs a person")
    ann.sees(waits.ref)
    expect(ann.page.get_by_role("button", name=SAYS_IT_NOT)).to_be_visible()
    ann.page.get_by_label("Its words, character for character").fill("Each council hears the draft budget")
    ann.page.get_by_label("Paragraph of").fill(str(number_of("public-councils-corrected", MOVED)))
    ann.presses(TAKES_PLACE)
    proposal = Proposal.objects.latest("pk")
    ben.opens(proposal.get_absolute_url())
    ben.presses("Approve")
    assert list(needs_person()) == []
    assert in_the_api(ben, "public-councils-corrected")[heard.ref] == ["Each council hears the draft budget"]
    assert in_the_api(ben, "public-councils") == quotes
