"""docs/api.md and the filters say the same, in both directions."""

import re

import pytest
from django.conf import settings

from api.pagination import CURSOR_HELP, SIZE_HELP
from api.urls import QUESTIONS, RESOURCES


def tables():
    """Heading of docs/api.md to what its table says: name in the first column to text in the second."""
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()
    parts = re.split(r"^##? (.+)\n", text, flags=re.MULTILINE)[1:]
    return {
        heading: dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", body, flags=re.MULTILINE))
        for heading, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_filter_is_documented_in_its_own_words_and_no_other_is():
    documented = tables()
    for resource, view in (RESOURCES | QUESTIONS).items():
        filters = view.filterset_class.base_filters
        assert filters, "swept nothing"
        assert documented[resource] == {name: one.extra["help_text"] for name, one in filters.items()}


def test_the_documented_resources_are_those_that_are_there_in_the_same_order():
    headings = list(tables())
    assert headings[headings.index("The resources and their filters") + 1 :] == [*RESOURCES, *QUESTIONS]


def test_the_parameters_of_lists_are_documented_in_their_own_words():
    assert tables()["Lists"] == {"page_size": SIZE_HELP, "cursor": CURSOR_HELP}


@pytest.mark.parametrize(
    ("module", "part"), [("filters", "filterset_class"), ("serializers", "serializer_class"), ("views", None)]
)
def test_the_modules_hold_the_same_resources_in_the_same_order(module, part):
    source = (settings.BASE_DIR / "api" / f"{module}.py").read_text()
    classes = [getattr(view, part) if part else view for view in RESOURCES.values()]
    places = [source.index(f"class {one.__name__}(") for one in classes]
    assert places == sorted(places)
