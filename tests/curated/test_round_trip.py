"""Whatever a base holds leaves as text and comes back the same: random bases, byte for byte."""

from contextlib import contextmanager
from io import StringIO

import pytest
import yaml
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reforms.curated.compiling import compile_folders
from reforms.curated.dumping import files
from reforms.curated.emitting import emit
from reforms.curated.gathering import made_entries
from reforms.curated.reading import Problems, read
from reforms.curated.records import KNOWLEDGE
from reforms.curated.schema import CLAIMS, SHAPES
from reforms.curated.serialising import to_json
from reforms.digests import stored_digests
from reforms.loading import load
from reforms.models import Citation, Claim, Counter, Discrepancy, Load, Milestone, Proposal
from sources.models import Source
from tests.curated.drawing import ANY, NASTY, Drawn, Full
from tests.curated.worlds import World

TRIALS = settings(
    deadline=None, derandomize=True, database=None, max_examples=8, suppress_health_check=list(HealthCheck)
)


# What no key of an entry shows to have been there.
FEATURES = {
    "a source that waits to be accepted": lambda: Source.objects.filter(accepted=False),
    "a claim that cites nothing": lambda: Claim.objects.filter(citations=None),
    "a claim merged over two steps": lambda: Claim.objects.filter(merged_into__merged_into__isnull=False),
    "a web page with a text of its own": lambda: Source.objects.filter(format="html").exclude(sha256=F("text_sha256")),
    "a plain text with another text than what was received": (
        lambda: Source.objects.filter(format="text").exclude(sha256=F("text_sha256"))
    ),
    "a document that is its own text": lambda: Source.objects.exclude(format="text").filter(sha256=F("text_sha256")),
    "a citation carried by one before it": lambda: Citation.objects.filter(carried_by__number__lt=F("number")),
    "a citation carried over two steps": lambda: Citation.objects.filter(carries__carries__isnull=False),
    "an answered proposal": lambda: Proposal.objects.filter(state__in=["approved", "withdrawn"]),
    "a proposal of something new": lambda: Proposal.objects.unanswered().filter(public__isnull=True),
} | {
    f"a claim that is {state}": lambda state=state: Claim.objects.filter(state=state) for state in Claim.State.values
}  # fmt: skip


@contextmanager
def taken_back():
    """Undo what is stored inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def clear():
    """Leave nothing of the knowledge, nor of what was given out or loaded."""
    histories = [model.history.model for model in KNOWLEDGE]
    for model in [Load, *histories, *reversed(KNOWLEDGE), Counter]:
        model.objects.all().order_by()._raw_delete(using="default")


def given_out():
    """The numbers that come next: of each kind of reference, and of the citations of each claim."""
    references = {model.PREFIX: model.next_ref() for model in (Claim, Milestone, Discrepancy, Proposal)}
    citations = [Citation(claim=claim) for claim in Claim.objects.all()]
    for citation in citations:
        citation.take_number()
    return references | {citation.claim.ref: citation.number for citation in citations}


def next_numbers():
    with taken_back():
        return given_out()


def dump(folder):
    """Dump what is stored into `folder`, and return every file."""
    call_command("dump_knowledge", to=str(folder), stdout=StringIO())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def compiled(folder):
    """Return the fixture that is compiled from `folder`, and the files that what was compiled should stand in."""
    compilation = compile_folders(folder / "curated", folder / "texts")
    made, counters = compilation.records.made, compilation.counters()
    return to_json(made, counters), files(made_entries(made, counters))


def curated(written):
    return {name.removeprefix("curated/"): data for name, data in written.items() if name.startswith("curated/")}


def wanted():
    """Every key that an entry of any kind may have, by the file that it stands in."""
    return {(name, key) for name, shape in [*SHAPES.items(), ("claims", CLAIMS)] for key in keys(shape)}


def keys(shape):
    return {*shape.order(), *(f"{key}.{inner}" for key, one in shape.inner.items() for inner in keys(one))}


def keys_in(entry):
    inner = {
        f"{key}.{name}" for key, value in entry.items() if isinstance(value, list)
        for item in value if isinstance(item, dict) for name in keys_in(item)
    }  # fmt: skip
    return {*entry, *inner}


def keys_in_files(written, folder):
    return {
        (name.split("/")[0], key)
        for name in curated(written)
        for entry in read(folder / "curated" / name, folder, Problems())
        for key in keys_in(entry)
    }


def go_round(chooser, folder):
    """Make a base, let it leave and come back, and return what it had: keys of entries, and features."""
    with taken_back():
        World(chooser)
        before, following = stored_digests(), next_numbers()
        written = dump(folder / "one")
        fixture, form = compiled(folder / "one")
        had = keys_in_files(written, folder / "one") | {name for name, asked in FEATURES.items() if asked().exists()}
        clear()
        (folder / "knowledge_base.json").write_text(fixture, encoding="utf-8")
        load(folder / "knowledge_base.json")
        assert form == curated(written)
        assert stored_digests() == before
        assert next_numbers() == following
        assert dump(folder / "two") == written  # and from the same bytes follows the same fixture
    return had


@pytest.mark.django_db
def test_bases_with_everything_in_them_come_back_the_same(tmp_path):
    had = set().union(*(go_round(Full(seed), tmp_path / str(seed)) for seed in (0, 9, 37)))
    assert (wanted() | FEATURES.keys()) - had == set(), "no base had any of these"


@pytest.mark.django_db
@TRIALS
@given(st.data())
def test_any_base_comes_back_the_same(tmp_path_factory, data):
    go_round(Drawn(data.draw), tmp_path_factory.mktemp("trial"))


@settings(TRIALS, max_examples=300)
@given(text=st.text(ANY) | st.sampled_from(NASTY) | st.lists(st.sampled_from(NASTY), max_size=3).map("".join))
def test_every_text_is_read_as_it_was_written(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("text")
    entry = {"ref": text, "list": [text], "inner": [{"ref": text}]}
    (folder / "one.yaml").write_bytes((lines := emit(entry)).encode())
    assert read(folder / "one.yaml", folder, Problems()) == [entry]
    assert yaml.safe_load(lines) == [entry], "another reader takes it for something else than a text"
    assert lines.count("\n") == 5, "a text stands on one line"
