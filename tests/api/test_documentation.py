"""docs/api.md and the filters say the same, in both directions."""

import re

from django.conf import settings

from api.backends import StrictFilterBackend
from api.filtering import Field
from api.lookups import Choice
from api.ordering import ORDERING_HELP
from api.pagination import COUNT_HELP, CURSOR_HELP, SIZE_HELP
from api.urls import QUESTIONS, RESOURCES


def sections():
    """Heading of docs/api.md to the text under it."""
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()
    parts = re.split(r"^##? (.+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def rows(section):
    """Name in the first column of the table in a section to the rest of its row."""
    return dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", section, flags=re.MULTILINE))


def field_row(name, field):
    """The row that documents a field."""
    choices = f" One of {', '.join(f'`{choice}`' for choice in field.choices)}." if isinstance(field, Choice) else ""
    return f"| `{name}` | {field.kind}{', null' if field.none else ''} | {field.help_text}{choices} |"


def order_line(view):
    """The line that documents by what a list can be ordered."""
    return f"Order: {', '.join(f'`{name}`' for name in view.filterset_class.orderings)}."


def test_every_field_is_documented_with_its_kind_and_choices_and_no_other_is():
    documented = sections()
    for resource, view in (RESOURCES | QUESTIONS).items():
        fields = view.filterset_class.fields
        assert fields, "swept nothing"
        found = [line for line in documented[resource].splitlines() if line.startswith("| `")]
        assert found == [field_row(name, field) for name, field in fields.items()]


def test_every_order_is_documented_and_no_other_is():
    documented = sections()
    for resource, view in (RESOURCES | QUESTIONS).items():
        lines = re.findall(r"^Order: .+$", documented[resource], flags=re.MULTILINE)
        assert lines == ([order_line(view)] if view.filterset_class.orderings else [])


def test_the_look_ups_of_every_kind_are_documented_and_no_others_are():
    found: dict[str, set[str]] = {}
    for view in (RESOURCES | QUESTIONS).values():
        for name, field in view.filterset_class.fields.items():
            suffixes = {suffix for suffix in field.filters() if suffix != "__isnull"}
            assert found.setdefault(field.kind, suffixes) == suffixes, name
    look_ups = {kind: set(re.findall(r"`x(\w*)`", row)) for kind, row in rows(sections()["Filters"]).items()}
    assert look_ups == found | {"null": {"__isnull"}}


def test_the_documented_resources_are_those_that_are_there_in_the_same_order():
    headings = list(sections())
    assert headings[headings.index("The resources and their filters") + 1 :] == [*RESOURCES, *QUESTIONS]


def test_the_parameters_of_lists_are_documented_in_their_own_words():
    expected = {"ordering": ORDERING_HELP, "page_size": SIZE_HELP, "cursor": CURSOR_HELP, "count": COUNT_HELP}
    assert rows(sections()["Lists"]) == expected


def test_openapi_describes_every_filter_with_its_choices():
    for resource, view in RESOURCES.items():
        described = {one["name"]: one for one in StrictFilterBackend().get_schema_operation_parameters(listing(view))}
        filters = view.filterset_class.base_filters
        assert described.keys() == filters.keys() | {"ordering"}, resource
        for name, one in filters.items():
            assert described[name]["description"] == one.help_text
            assert described[name].get("explode", True) is not name.endswith("__in")
    assert described["ordering"]["schema"]["items"]["enum"] == ["slug", "-slug", "name", "-name"]
    claims = {
        one["name"]: one for one in StrictFilterBackend().get_schema_operation_parameters(listing(RESOURCES["claims"]))
    }
    kinds = ["proposed", "planned", "adopted", "provision", "done", "figure", "assessment", "allegation"]
    assert claims["kind"]["schema"] == {"type": "string", "enum": kinds}
    assert claims["kind__in"]["schema"] == {
        "type": "array", "items": {"type": "string", "enum": kinds}, "minItems": 1, "maxItems": 500,
    }  # fmt: skip


def listing(view):
    """The view, as it lists."""
    return view(action="list")


def test_the_modules_hold_the_same_resources_in_the_same_order():
    for module, part in (("serializers", "serializer_class"), ("views", None)):
        source = (settings.BASE_DIR / "api" / f"{module}.py").read_text()
        classes = [getattr(view, part) if part else view for view in RESOURCES.values()]
        places = [source.index(f"class {one.__name__}(") for one in classes]
        assert places == sorted(places)


def test_every_field_says_what_it_asks_for():
    for view in RESOURCES.values():
        for field in view.filterset_class.fields.values():
            assert isinstance(field, Field)
            assert re.fullmatch(r"[A-Z].+[.]", field.help_text), field.help_text
