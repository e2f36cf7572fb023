"""The history of a claim as readers may know it: what they saw change, in words, by whom, and why."""

from dataclasses import dataclass, replace
from typing import Any

from reforms.differences import differences
from reforms.histories import versions
from reforms.models import Actor, Citation, Claim, Event, Law, Reform
from sources.changes import ChangeSet
from sources.models import Paragraph, Source

NOT_SHOWN = "not shown: rights"
USUAL = {"stance": Citation.Stance.SUPPORTS.value, "strength": Citation.Strength.STATES.value}
LOADED, UNDONE = ChangeSet.Kind.LOAD, ChangeSet.Kind.UNDO


@dataclass(frozen=True)
class Step:
    """One change set that changed what readers saw of a claim: `act` says what it did to the whole of it."""

    act: str
    reason: str
    change_set: ChangeSet
    differences: list


def public_history(claim):
    """Return what readers saw change of `claim`, as a list of Step, newest first, from its first publication on.

    What was done while it was not public is left out, reasons included; where it is published again, its words
    are set against those that were public last. The number of queries does not grow with the changes.
    """
    moves = []
    last: dict[str, Any] | None = None
    for version in versions(claim):
        was, now = _if_public(version.before), _if_public(version.entry)
        if was or now:
            moves.append((version, was, last, now))
            last = now or last
    pairs = [(last, now) for _, _, last, now in moves if last and now]
    names, hidden = _names(pairs), _hidden(pairs)
    steps = []
    for version, was, last, now in moves:
        if was and now and _as_read(was, now, names) == _as_read(now, was, names):
            continue
        both = (
            (_as_read(last, now, names, hidden), _as_read(now, last, names, hidden)) if last and now else (None, None)
        )
        told = _act(version, was, last, now), _reason(version, now), version.change_set, differences(*both)
        steps.append(Step(*told))
    if steps and moves[0][0].before is None and not _has_its_beginning(claim):
        steps[0] = replace(steps[0], act="First recorded; what came before is not known")
    return steps[::-1]


def _if_public(entry):
    """`entry` where readers see it, else None. An entry leaves out what is usual, and so the state `published`."""
    return entry if entry and entry.get("state", Claim.State.PUBLISHED) == Claim.State.PUBLISHED else None


def _act(version, was, last, now):
    """What the change set did, by what was public before it, what was public last, and what is public after it."""
    kind = version.change_set.kind
    if now is None:
        state = version.entry["state"] if version.entry else ""
        if state == Claim.State.MERGED:
            return f"Merged into {version.entry['merged_into']}"
        return {Claim.State.RETRACTED: "Retracted", "": "Removed"}.get(state, "Taken back")
    if last is None:
        return "Loaded with the shipped knowledge" if kind == LOADED else "Published"
    if was is None:
        return "Published again"
    return {LOADED: "Changed with the shipped knowledge", UNDONE: "Changed back"}.get(kind, "Changed")


def _reason(version, now):
    """Why: a retraction has a reason of its own."""
    own = version.entry.get("retraction_reason", "") if version.entry and now is None else ""
    return own or version.change_set.reason


def _has_its_beginning(claim):
    """Whether the history tells of the claim's making: it does not where `loaddata` made it."""
    return claim.history.order_by("history_id").values_list("history_type", flat=True).first() == "+"


def _as_read(entry, other, names, hidden=frozenset()) -> dict[str, Any]:
    """`entry` in the words that readers know, to be set against `other`; without events that they do not see."""
    events = (names["events"].get(slug) for slug in entry.get("events", []))
    return {
        "text": entry["text"],
        "kind": str(Claim.Kind(entry["kind"]).label),
        "note": entry.get("note", ""),
        "mark of doubt": entry.get("taint", ""),
        "reforms": [names["reforms"].get(slug, slug) for slug in entry.get("reforms", [])],
        "laws": [names["laws"].get(slug, slug) for slug in entry.get("laws", [])],
        "events": [title for title in events if title],
        "actors": [_part(one, names["actors"]) for one in entry.get("actors", [])],
        "cites": _cites(entry, other, names["sources"], hidden),
    }


def _part(one, names):
    told = (names.get(one["actor"], one["actor"]), one["part"], one.get("office"))
    return ", ".join(words for words in told if words)


def _cites(entry, other, names, hidden):
    """The citations of `entry`, with what is usual said where `other` has the same one otherwise."""
    others = {cite["number"]: cite for cite in other.get("cites", [])}
    found = []
    for cite in entry.get("cites", []):
        slug, _, number = cite["at"].rpartition("#")
        usual = {key: word for key, word in USUAL.items() if key in others.get(cite["number"], {})}
        own = {key: cite[key] for key in ("number", "stance", "strength", "note") if key in cite}
        quote = NOT_SHOWN if cite["at"] in hidden else cite["quote"]
        found.append({"at": f"{names.get(slug, slug)} ¶{number}", "quote": quote, **usual, **own})
    return found


def _names(pairs):
    """Return what the slugs in `pairs` of entries stand for: key of an entry → slug → words, if readers see it."""
    entries = [entry for pair in pairs for entry in pair]
    slugs = {key: {slug for entry in entries for slug in entry.get(key, [])} for key in ("reforms", "laws", "events")}
    slugs["actors"] = {one["actor"] for entry in entries for one in entry.get("actors", [])}
    slugs["sources"] = _cited_sources(pairs)
    asked = {
        "reforms": (Reform.objects.public(), "title"),
        "laws": (Law.objects.public(), "name"),
        "events": (Event.objects.public(), "title"),
        "actors": (Actor.objects.public(), "name"),
        "sources": (Source.objects.accepted(), "name"),
    }
    return {
        key: dict(records.filter(slug__in=slugs[key]).order_by().values_list("slug", words))
        for key, (records, words) in asked.items()
    }


def _hidden(pairs):
    """Return the paragraphs (`source#20`) cited in `pairs` whose words may not be shown: they are cited no more."""
    kept = Paragraph.objects.filter(source__slug__in=_cited_sources(pairs), source__show=Source.Show.CITED)
    uncited = kept.exclude(citations__in=Citation.objects.public())
    return {f"{slug}#{number}" for slug, number in uncited.order_by().values_list("source__slug", "number")}


def _cited_sources(pairs):
    return {cite["at"].rpartition("#")[0] for pair in pairs for entry in pair for cite in entry.get("cites", [])}
