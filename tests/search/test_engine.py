"""The same words find the same records in the same order on both databases: all tests here run on each of them."""

import pytest

from reforms.models import Actor, ActorAlias, Claim, Package, PackageItem, Parameter, ParameterChange
from reforms.search import matching
from reforms.search.engine import ask
from sources.models import Source
from tests.factories import make_claim, make_discrepancy, make_event, make_law, make_reform, make_source

TEXT = """Elections of akims
Voters elect the akims of villages in direct elections, says Tokaev.
The number of members fell from 40,000 to 20,000; the President K. Tokayev signed it.
A café in Қостанай — naïve Straße, e.g. “smart” quotes/slashes and snake_case.
The villages of akims elect no direct voter. Direct. Elections.
"""


@pytest.fixture(scope="module")
def world_of_the_module(kept):
    source = make_source(TEXT, "report", name="The report", title="Democracy step by step")
    note = make_source("Akims are elected.\n", "note", name="The note")
    reform = make_reform("election-of-akims", title="How akims are chosen", summary="Voters choose them.")
    law = make_law("law-on-assemblies", name="Law on assemblies", title="On the procedure of rallies", number="333-VI")
    actor = Actor.objects.create(slug="tokayev", name="Kassym-Jomart Tokayev", kind="person")
    for name in ("Tokaev", "Tokayev", "Kassym-Zhomart Tokayev"):
        ActorAlias.objects.create(actor=actor, name=name)
    house = Actor.objects.create(slug="mazhilis", name="Mazhilis", kind="body")
    ActorAlias.objects.create(actor=house, name="lower house")
    hidden = Actor.objects.create(slug="hidden", name="Nobody Known", kind="person")
    ActorAlias.objects.create(actor=hidden, name="akims")
    about = {"reforms": [reform], "laws": [law], "actors": [actor, house]}
    second, third = source.paragraphs.filter(number__in=[2, 3])
    first = make_claim(second, "Voters elect the akims", text="Akims of villages are elected directly.", **about)
    make_claim(third, "from 40,000 to 20,000", text="The lower chamber, the Mazhilis, halved it.", **about)
    make_claim(note.paragraphs.get(), "Akims are elected.", text="Notes say that akims are elected.")
    make_claim(text="A draft about akims.")
    make_event(first, "address", title="Address on voters")
    members = Parameter.objects.create(slug="members", name="Members of a party", reform=reform)
    ParameterChange.objects.create(parameter=members, claim=first, before="40,000", after="20,000")
    package = Package.objects.create(slug="second-package", name="Second package", summary="Of rallies.")
    PackageItem.objects.create(package=package, position=1, reform=reform, claim=first)
    make_discrepancy(first, title="Which villages", explanation="Sources differ about rallies.")


@pytest.fixture
def world(db, world_of_the_module):
    """A report of five paragraphs and a note, three public claims and a draft, and one of every kind."""


FOUND = {
    "akims": ["election-of-akims", "C0003", "C0001", "report#1", "note#1", "report#5", "report#2"],
    "AKIM": ["election-of-akims", "C0003", "C0001", "report#1", "note#1", "report#5", "report#2"],
    "elected akims": ["C0003", "C0001", "note#1", "report#5", "report#2"],
    '"elections of akims"': ["report#1"],
    '"direct elections"': ["report#5", "report#2"],
    '"akims elect no"': ["report#5"],
    '"akim"': [],
    "akims -elect": ["election-of-akims", "report#1"],
    "akims -elect*": ["election-of-akims"],
    'villages -"direct elections"': ["D0001", "C0001"],
    "vot*": ["address", "election-of-akims", "report#5", "report#2"],
    "40,000": ["report#3"],
    "40 000": ["report#3"],
    '"000 to"': ["report#3"],
    "cafe": ["report#4"],
    "CAFÉ қостанай": ["report#4"],
    "naive": ["report#4"],
    "straße": ["report#4"],
    "snake": ["report#4"],
    "quotes/slashes": ["report#4"],
    "e.g.": ["report#4"],
    "rallies": ["second-package", "law-on-assemblies", "D0001"],
    "333-VI": ["law-on-assemblies"],
    "democracy": ["report"],
    "members party": ["members"],
    "C0001": ["C0001"],
    "c0001": ["C0001"],
    "D0001": ["D0001"],
    "D00*": ["D0001"],
    "election-of-akims": ["election-of-akims"],
    "law-on-assemblies": ["law-on-assemblies"],
    "second-package": ["second-package"],
    "draft": [],
    "village-of": [],
    "-akims": [],
    "": [],
}


@pytest.mark.parametrize("text", FOUND, ids=repr)
def test_words_find_these_records_in_this_order(world, find, text):
    assert find(text) == FOUND[text]


SPELLINGS = {
    "Tokaev": (["tokayev", "report#2", "report#3"], ["Tokayev"]),
    "tokayev": (["tokayev", "report#2", "report#3"], ["Tokaev"]),
    '"Tokaev"': (["tokayev", "report#2"], []),
    "Kassym-Jomart Tokayev": (["tokayev", "report#2", "report#3"], ["Tokaev", "Tokayev"]),
    "Zhomart": (["tokayev"], ["jomart"]),
    "lower house": (["mazhilis", "C0002"], ["Mazhilis"]),
    "mazhilis": (["mazhilis", "C0002"], ["lower house"]),
    "voters -Tokayev": (["address", "election-of-akims", "report#5"], ["Tokaev"]),
    "Nobody": ([], []),
}


@pytest.mark.parametrize("text", SPELLINGS, ids=repr)
def test_one_spelling_of_a_name_finds_the_others(world, find, text):
    assert (find(text), ask(text).also) == SPELLINGS[text]


def test_titles_stand_before_texts_and_an_exact_name_before_titles(db, find):
    first, second = make_source("Alpha.\nBeta.").paragraphs.all()
    law, reform = make_law("beta", name="A law"), make_reform("alpha-b", title="Beta and more", summary="Gamma.")
    other = make_reform("alpha-c", title="Gamma", summary="Beta.")
    make_claim(first, laws=[law], reforms=[reform, other], text="Beta in a claim.", ref="C0901")
    make_claim(second, text="Beta.", ref="C0902")
    assert find("beta") == ["beta", "alpha-b", "alpha-c", "C0902", "C0901", "a-source#2"]


def test_an_exact_reference_stands_first(db, find):
    first = make_source("C0902 is named in C0902.").paragraphs.get()
    make_claim(first, text="It is not C0902.", ref="C0901")
    make_claim(first, "C0902 is", text="A text that is longer than the others are.", ref="C0902")
    assert find("C0902") == ["C0902", "C0901", "a-source#1"]


def test_kinds_and_sources_narrow_and_are_counted(world, find):
    report, note = Source.objects.get(slug="report"), Source.objects.get(slug="note")
    assert find("akims", kinds=["claim"]) == ["C0003", "C0001"]
    assert find("akims", sources=[note]) == ["C0003", "note#1"]
    assert find("akims", kinds=["claim", "reform"], sources=[report]) == ["C0001"]
    answer = ask("akims")
    assert answer.kinds() == {"reform": 1, "claim": 2, "paragraph": 4}
    assert answer.kinds([note.pk]) == {"claim": 1, "paragraph": 1}
    assert answer.sources() == {report.pk: 4, note.pk: 2}
    assert answer.sources(["claim"]) == {report.pk: 1, note.pk: 1}


def test_where_there_is_too_much_the_chosen_source_is_looked_at_alone(world, find, monkeypatch):
    monkeypatch.setattr(matching, "MOST_HITS", 1)
    note = Source.objects.get(slug="note")
    assert ask("akims").more
    assert find("akims", sources=[note]) == ["C0003", "note#1"]


def test_it_is_said_that_there_may_be_more_where_what_is_not_public_was_looked_at(world, monkeypatch):
    for number in range(3):
        make_claim(text=f"A hidden draft {number}.")
    assert not ask("hidden draft").more
    monkeypatch.setattr(matching, "MOST_HITS", 3)
    assert ask("hidden draft").hits == []
    assert ask("hidden draft").more


@pytest.mark.parametrize("state", ["draft", "in_review", "retracted", "merged"])
def test_only_what_is_public_is_found(world, find, state):
    reason = {"retraction_reason": "Misread."} if state == "retracted" else {}
    into = {"merged_into": Claim.objects.get(ref="C0002")} if state == "merged" else {}
    Claim.objects.filter(ref="C0001").update(state=state, **reason, **into)
    assert find("akims") == ["election-of-akims", "C0003", "report#1", "note#1", "report#5", "report#2"]
    assert find("villages") == ["report#5", "report#2"]
    assert find("address") == find("members party") == find("second-package") == []
    Claim.objects.filter(ref="C0002").update(state="draft")
    assert find("election-of-akims", kinds=["reform"]) == find("Zhomart") == find("rallies") == []


def test_a_source_that_shows_cited_paragraphs_only_yields_no_others(world, find):
    Source.objects.filter(slug="report").update(show="cited")
    assert find("akims", kinds=["paragraph"]) == ["note#1", "report#2"]
    Claim.objects.filter(ref="C0001").update(state="draft")
    assert find("akims", kinds=["paragraph"]) == ["note#1"]
    assert Source.objects.get(slug="report").pk not in ask("akims").sources(["paragraph"])


def test_words_of_a_source_that_is_not_accepted_are_not_found(db, find):
    waiting = Source(slug="waiting", name="Waiting for words")
    waiting.receive(b"Not yet.")
    waiting.save()
    assert find("waiting") == []


HOSTILE = ['"', '""', "*", "-", "-*", '"*', "(", "a AND", "NOT", "NEAR(", "title:", "^a", "{", "a:*", "'; DROP TABLE x",
           "%", "_", "\\", "\x00", "a\x00b", "🤔", "🤔akims", "\ud7ff\uffff", "é" * 300, "x" * 10_000, "- " * 5000,
           '"a ' * 3000, "a|b&c!d", "<script>", "١٢٣", "ﷺ", "İ", "\u0301", "ⅷ ½", "𝔞kims"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_whatever_is_typed_is_answered(world, find, text):
    assert isinstance(find(text), list)


def test_a_long_word_and_a_long_text_are_kept_and_found(db, find):
    word = "abc" * 1000
    make_source(f"Before {word} after.\n" + "the law " * 20_000 + "ending\n", "long")
    assert find(word) == find('"before ' + word + '"') == find("after") == ["long#1"]
    assert find('"law the law"') == ["long#2"]
    assert find("ending") == []  # after the first 100,000 characters


def test_a_phrase_is_found_far_down_a_long_text(db, find):
    make_source("the word " * 5000 + "the very end of it\n" + "the end very\n", "long")
    assert find('"the very end"') == ["long#1"]
