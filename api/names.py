"""Public names: the records that readers see under them, and where a name that is no longer in use leads."""

import re

from django.db.models import Q

from api.querysets import public
from reforms.models import Claim
from reforms.renaming import slug_in_use

REF = ("claim", "discrepancy", "milestone")
PAIRS = {"paragraph": ("source__slug", "/"), "citation": ("claim__ref", ".")}
NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def keys(kind, names):
    """Return (name → key of the record of `kind` that readers see under it, the first name that leads to none or None).

    One query where all are in use; a few more for each former name.
    """
    found = _in_use(kind, names)
    for name in names:
        if name not in found:
            now = _leads_to(kind, name)
            led = _in_use(kind, [now]) if now != name else {}
            if now not in led:
                return found, name
            found[name] = led[now]
    return found, None


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


def _in_use(kind, names):
    """As `keys`, of names that are in use only. One query."""
    if kind not in PAIRS:
        field = "ref" if kind in REF else "slug"
        return dict(public(kind).filter(**{f"{field}__in": names}).order_by().values_list(field, "pk"))
    owner, sign = PAIRS[kind]
    numbers: dict[str, list[int]] = {}
    for name in names:
        first, _, number = name.rpartition(sign)
        if NUMBER.fullmatch(number):
            numbers.setdefault(first, []).append(int(number))
    if not numbers:
        return {}
    wanted = Q(*(Q(**{owner: first, "number__in": own}) for first, own in numbers.items()), _connector=Q.OR)
    rows = public(kind).filter(wanted).order_by().values_list(owner, "number", "pk")
    return {f"{first}{sign}{number}": pk for first, number, pk in rows}


def _leads_to(kind, name):
    """The name in use to which `name` leads; of a pair, that of its first part."""
    if kind in PAIRS:
        first, sign, number = name.rpartition(PAIRS[kind][1])
        return f"{name_in_use('source' if kind == 'paragraph' else 'claim', first)}{sign}{number}"
    return name_in_use(kind, name)
