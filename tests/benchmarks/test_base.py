"""The synthetic base: always the same, and one that the ledger itself would take."""

from hashlib import sha256

import pytest

from api import querysets
from benchmarks.base import NotEmpty, make
from benchmarks.subjects import Base
from reforms.models import Citation, Claim, Milestone, PackageItem
from sources.models import Paragraph, Source


def digest(base):
    """A digest of the rows of all that is made in turn."""
    made = sha256()
    for kind in base.KINDS:
        for row in getattr(base, kind)():
            made.update(repr(row).encode())
    return made.hexdigest()


def test_the_same_seed_gives_the_same_rows_and_another_one_others():
    assert digest(Base(2)) == digest(Base(2))
    assert digest(Base(2)) != digest(Base(2, seed=2))


def test_what_is_shared_grows_with_the_sources():
    small, large = Base(10), Base(20)
    assert [small.count("claim"), large.count("claim")] == [975, 1951]
    assert [len(list(base.source())) for base in (small, large)] == [10, 20]


@pytest.mark.django_db
def test_the_base_is_public_and_its_words_are_found():
    assert make(2) > 1000
    assert Source.objects.accepted().count() == 2
    assert Paragraph.objects.count() == 80
    assert Claim.objects.public().count() == 195
    assert Citation.objects.broken().count() == 0
    assert not Claim.objects.filter(citations=None).exists()
    for kind in ("package", "reform", "law", "discrepancy", "milestone", "parameter", "event", "actor"):
        assert querysets.public(kind).exists(), kind
    for record in [*Milestone.objects.all()[:20], *PackageItem.objects.all()]:
        record.clean()


@pytest.mark.django_db
def test_nothing_is_added_to_what_is_there():
    make(1)
    with pytest.raises(NotEmpty):
        make(1)
