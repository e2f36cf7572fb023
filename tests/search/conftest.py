"""What tests of the search share: asking, with what is found named as readers would name it."""

import pytest

from reforms.search.engine import ask, drawn


@pytest.fixture
def find(db):
    """Ask; return the names of what was found, in order: C0001, a-law, a-source#2."""

    def find(text, kinds=(), sources=()):
        answer = ask(text, sources=[source.pk for source in sources])
        found = drawn(answer.of(kinds, [source.pk for source in sources]))
        return [f"{one.name}#{one.number}" if one.number else one.name for one in found]

    return find
