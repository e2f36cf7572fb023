"""Entries to the files of the curated data: the one form that the same knowledge always has."""

from collections import defaultdict

from reforms.curated.emitting import emit
from reforms.curated.proposed import HELD, SHAPES_BY_KIND
from reforms.curated.writing import FILES, in_order
from reforms.models import AnsweredFinding, Claim, Counter, NoClaim, Proposal, RetiredSlug
from reforms.models.naming import ReferencedModel

UNCITED = "uncited"  # the file of claims that cite nothing yet; a source of this name may share it


def files(entries):
    """Return all files of the curated data.

    Shape:  `entries` is pairs of a model and an entry of it (see `writing.entry`), in any order; returned is
            file name (`reforms.yaml`, `claims/<source>.yaml`) to bytes, only for files that hold an entry.
    Errors: yaml.representer.RepresenterError where an entry holds anything but texts, lists and entries.
    """
    found = defaultdict(list)
    for model, entry in entries:
        name, place = _place(model, entry)
        found[name].append((place, emit(_form(model, entry))))
    return {name: "".join(text for _, text in sorted(found[name])).encode() for name in sorted(found)}


def _place(model, entry):
    """The file in which an entry stands, and what it is sorted by there."""
    if model is Claim:
        source, number = entry["cites"][0]["at"].split("#") if entry.get("cites") else (UNCITED, 0)
        return f"claims/{source}.yaml", (int(number), *_by_number(entry["ref"]))
    if model is Counter:
        return "counters.yaml", (entry["name"],)
    if model is NoClaim:
        source, number = entry["at"].split("#")
        return FILES[model], (source, int(number))
    if model is AnsweredFinding:
        return FILES[model], (entry["rule"], entry["record"], entry.get("about", ""))
    if model is RetiredSlug:
        return FILES[model], (entry["kind"], entry["slug"])
    return FILES[model], _by_number(entry["ref"]) if issubclass(model, ReferencedModel) else (entry["slug"],)


def _by_number(ref):
    """C10000 after C9999."""
    return len(ref), ref


def _form(model, entry):
    """The entry without what can be told from the rest, its keys in their order."""
    if model is Claim and "cites" in entry:
        return entry | {"cites": _without_following_numbers(entry["cites"])}
    if model is Proposal:
        shape = SHAPES_BY_KIND[entry["kind"]]
        return entry | {key: in_order(entry[key], shape) for key in HELD if key in entry}
    return entry


def _without_following_numbers(cites):
    """Each citation has its number only where that is not the one before plus one (1 for the first)."""
    before, found = 0, []
    for cite in cites:
        number = int(cite["number"])
        found.append({key: value for key, value in cite.items() if key != "number" or number != before + 1})
        before = number
    return found
