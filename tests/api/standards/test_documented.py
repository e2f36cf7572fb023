"""docs/api.md names the forms that there are, by both their names, and the resources that have them."""

import re

from django.conf import settings

from api import standards
from api.urls import RESOURCES


def test_the_forms_of_others_are_documented_with_their_names_and_resources():
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()
    section = text.partition("## Citing and linking\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| .+ \| ([a-z, ]+) \|$", section, flags=re.MULTILINE)
    forms = {form.format: form.media_type for form in (*standards.CITED, standards.JSONLD, standards.Annotations)}
    assert {name: media_type for name, media_type, _resources in rows} == forms
    for name, _media_type, resources in rows:
        having = {
            resource for resource, view in RESOURCES.items() if name in {one.format for one in view.record_formats}
        }
        assert set(resources.split(", ")) == having
