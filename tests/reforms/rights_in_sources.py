"""Who may bring sources in, claim their words in the reader, and settle what a newer edition left behind."""

from django.urls import reverse

from sources.models import Source
from tests.factories import make_source
from tests.reforms.members import adding, at
from tests.reforms.trying import tries


def claiming(each):
    """The address at which words of a source are claimed."""
    return f"/admin/reforms/claim/claiming/?at={each['source'].slug}%232&quote=the+law"


@tries("claim words in the reader")
def claim_words(me, each):
    return me.fills(claiming(each), text="It is a law.", kind="provision", act="draft", offers='value="draft"')


@tries("add words in the reader to a public claim")
def add_words(me, each):
    return me.fills(claiming(each), evidence="C0002", offers='id="find"')


@tries("mark a paragraph in the reader as carrying no claim")
def mark_in_the_reader(me, each):
    make_source("They clap again.", slug="another-source")
    address = "/admin/reforms/claim/claiming/?at=another-source%231"
    return me.fills(address, reason="rhetoric", act="mark", offers='value="mark"')


@tries("say what becomes of words in a newer edition")
def settle_a_citation(me, each):
    make_source("Another text.", "newer-edition", supersedes=each["source"])
    citation = each["claim"].citations.get()
    data = {"citation": citation.pk, "act": "leave", "why": "It is left out."}
    address = reverse("admin:reforms_claim_editions")
    return me.posts(address, data, offered='value="leave"' in me.page(address))


@tries("add a source")
def add_a_source(me, each):
    return me.fills(adding("source", "sources"), slug="new-source", name="A new source", text="They clap.")


@tries("split, join and name the kinds of a draft’s paragraphs")
def change_a_draft_of_a_source(me, each):
    source = Source(slug="new-source", name="A new source")
    source.receive(b"They clap.\nAll of them.")
    source.save()
    return me.fills(at(source, "accept"), act="join 2", offers='value="join 2"')


@tries("accept a source")
def accept_a_source(me, each):
    source = Source(slug="new-source", name="A new source")
    source.receive(b"They clap.")
    source.save()
    return me.fills(at(source, "accept"), act="accept", offers='value="accept">Accept these paragraphs')
