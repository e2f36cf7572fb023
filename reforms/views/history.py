"""The history of a claim as readers may know it: what they saw change, in words, by whom, and why."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from reforms.differences import differences
from reforms.histories import versions
from reforms.models import Actor, Citation, Claim, Event, Law, Reform
from sources.changes import ChangeSet
from sources.models import Paragraph, Source

USUAL = {"stance": Citation.Stance.SUPPORTS.value, "strength": Citation.Strength.STATES.value}
LOADED, UNDONE = ChangeSet.Kind.LOAD, ChangeSet.Kind.UNDO


@dataclass(frozen=True)
class Step:
    """One change set that changed what readers saw of a claim: `act` says what it did to the whole of it."""

    act: str
    reason: str
    change_set: ChangeSet
    differences: list


def with_its_beginning(claims):
    """`claims` with `beginning`, the type of the first row of their history, for `public_history`."""
    rows = Claim.history.filter(id=OuterRef("pk")).order_by("history_id")
    return claims.annotate(beginning=Subquery(rows.values("history_type")[:1]))


def first_published(claim):
    """Return the change set by which readers first saw `claim` (with its `beginning`), None where it is not known."""
    if claim.beginning != "+":
        return None
    rows = claim.history.filter(state=Claim.State.PUBLISHED).select_related("change_set__by")
    first = rows.order_by("history_id").first()
    return first and first.change_set


def public_history(claim):
    """Return what readers saw change of `claim` (with its `beginning`), as a list of Step, newest first.

    It begins with the first publication. What was done while the claim was not public is left out, reasons included;
    where it is published again, its words are set against those that were public last. The number of queries does not
    grow with the changes.
    """
    moves = []
    last: dict[str, Any] | None = None
    for version in versions(claim):
        was, now = _if_public(version.before), _if_public(version.entry)
        if was or now:
            moves.append((version, was, last, now))
            last = now or last
    pairs = [(last, now) for _, _, last, now in moves if last and now]
    names = _names(pairs)
    hidden = names["hidden"]
    steps = []
    for version, was, last, now in moves:
        if was and now and _as_read(was, now, names) == _as_read(now, was, names):
            continue
        both = (
            (_as_read(last, now, names, hidden), _as_read(now, last, names, hidden)) if last and now else (None, None)
        )
        told = _act(version, was, last, now), _reason(version, now), version.change_set, differences(*both)
        steps.append(Step(*told))
    if steps and moves[0][0].before is None and claim.beginning != "+":
        steps[0] = replace(steps[0], act=_("First recorded; what came before is not known"))
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
            return _("Merged into %(ref)s") % {"ref": version.entry["merged_into"]}
        return {Claim.State.RETRACTED: _("Retracted"), "": _("Removed")}.get(state, _("Taken back"))
    if last is None:
        return _("Loaded with the shipped knowledge") if kind == LOADED else _("Published")
    if was is None:
        return _("Published again")
    return {LOADED: _("Changed with the shipped knowledge"), UNDONE: _("Changed back")}.get(kind, _("Changed"))


def _reason(version, now):
    """Why: a retraction has a reason of its own."""
    own = version.entry.get("retraction_reason", "") if version.entry and now is None else ""
    return own or version.change_set.reason


def _as_read(entry, other, names, hidden=frozenset()) -> dict[str, Any]:
    """`entry` in the words that readers know, to be set against `other`; without events that they do not see."""
    events = (names["events"].get(slug) for slug in entry.get("events", []))
    return {
        _("text"): entry["text"],
        _("kind"): str(Claim.Kind(entry["kind"]).label),
        _("note"): entry.get("note", ""),
        _("mark of doubt"): entry.get("taint", ""),
        _("reforms"): [names["reforms"].get(slug, slug) for slug in entry.get("reforms", [])],
        _("laws"): [names["laws"].get(slug, slug) for slug in entry.get("laws", [])],
        _("events"): [title for title in events if title],
        _("actors"): [_part(one, names["actors"]) for one in entry.get("actors", [])],
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
        slug, _mark, number = cite["at"].rpartition("#")
        usual = {key: word for key, word in USUAL.items() if key in others.get(cite["number"], {})}
        own = {key: cite[key] for key in ("number", "stance", "strength", "note") if key in cite}
        quote = _("not shown: rights") if cite["at"] in hidden else cite["quote"]
        found.append({"at": f"{names.get(slug, slug)} ¶{number}", "quote": quote, **usual, **own})
    return found


def _names(pairs):
    """Return what the slugs in `pairs` of entries stand for: key of an entry → slug → words, if readers see it.

    Under `hidden`: the paragraphs (`source#20`) whose words may not be shown, since they are cited no more.
    """
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
    parts = [_rows(key, records.filter(slug__in=slugs[key]), words) for key, (records, words) in asked.items()]
    kept = Paragraph.objects.filter(source__slug__in=slugs["sources"], source__show=Source.Show.CITED)
    uncited = kept.exclude(citations__in=Citation.objects.public())
    found: dict[str, dict[str, str]] = {key: {} for key in (*asked, "hidden")}
    for key, slug, words in parts[0].union(*parts[1:], _rows("hidden", uncited, "number", "source__slug"), all=True):
        found[key][f"{slug}#{words}" if key == "hidden" else slug] = words
    return found


def _rows(key, records, words, slug="slug"):
    """Rows of `key`, a slug and words, alike for all kinds of records, so that one query can ask for all."""
    text = TextField()
    return records.order_by().values_list(Value(key, output_field=text), Cast(slug, text), Cast(words, text))


def _cited_sources(pairs):
    return {cite["at"].rpartition("#")[0] for pair in pairs for entry in pair for cite in entry.get("cites", [])}
