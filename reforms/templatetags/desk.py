"""What templates of the curator's desk ask for by name."""

from django import template

from sources.changes import signature

register = template.Library()
CODED = {"state", "kind", "stage", "stance", "strength", "rank", "status", "effect", "part", "type", "show", "reason"}


@register.filter
def person(user):
    """The full name of a user, else the user name; in words where there is nobody."""
    return signature(user)


@register.filter
def plainly(what):
    """Name what differs (see `Difference.what`) in the words of the pages: a taint is a doubt there."""
    *entry, field = what.split(": ")
    return ": ".join([*entry, {"taint": "doubt", "at": "paragraph"}.get(field, field)])


@register.filter
def uncoded(text, what):
    """Write a value that is chosen from a list as words: `in_review` is “in review”."""
    return text.replace("_", " ") if what.split(" ")[-1] in CODED else text


@register.filter
def readable(runs):
    """Join changes (see `word_runs`) that only white space stands between: first all that went, then all that came.

    Shape:  as of `runs`; before is still same + removed, after same + added.
    """
    joined, changed = [], []
    for at, (act, text) in enumerate(runs):
        inside = changed and not text.strip() and at + 1 < len(runs)
        if act != "same" or inside:
            changed.append((act, text))
        else:
            joined += [*_at_once(changed), (act, text)]
            changed = []
    return joined + _at_once(changed)


def _at_once(changed):
    """The removed words of `changed` as one run, and the added ones; as they are where one of the two is missing."""
    removed, added = ("".join(text for act, text in changed if act in (side, "same")) for side in ("removed", "added"))
    if not (removed.strip() and added.strip()):
        return changed
    return [("removed", removed), ("added", added)]
