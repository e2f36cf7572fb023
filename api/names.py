"""Public names: the record that readers see under a name, and where a name that is no longer in use leads."""

import re

from api.querysets import public
from reforms.models import Claim
from reforms.renaming import slug_in_use

LOOKUPS = {"claim": "ref", "discrepancy": "ref"}
PARAGRAPH = re.compile(r"([a-z-]{1,100})/([1-9][0-9]{0,8})")


def find(kind, name):
    """Return the record of `kind` that readers see under `name`, or None. A former name finds it too."""
    if kind == "paragraph":
        return _find_paragraph(name)
    return public(kind).filter(**{LOOKUPS.get(kind, "slug"): name_in_use(kind, name)}).first()


def name_in_use(kind, name):
    """Return the name to which a retired slug or a merged claim's reference leads, else `name` itself."""
    if kind == "claim":
        last = last_claim(name)
        return last.ref if last else name
    return slug_in_use(kind, name)


def last_claim(ref):
    """Return the claim under `ref`, or the one into which it was merged in the end; None where there is none."""
    claim = Claim.objects.filter(ref=ref).first()
    return claim and claim.in_use


def _find_paragraph(name):
    """The paragraph under `<source>/<number>`."""
    if not (parts := PARAGRAPH.fullmatch(name)):
        return None
    slug, number = parts.groups()
    return public("paragraph").filter(source__slug=slug_in_use("source", slug), number=number).first()
