"""Records to entries: the form of the curated data, written from what is stored. The way back of `compiling`."""

import json
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from reforms.curated.schema import CLAIMS, SHAPES, Shape
from reforms.entries import OWNED, Rows, kind_of, stored
from reforms.models import (
    Actor,
    ActorAlias,
    AnsweredFinding,
    Citation,
    Claim,
    ClaimActor,
    ClaimEvent,
    ClaimLaw,
    ClaimReform,
    Discrepancy,
    DiscrepancyClaim,
    Event,
    Law,
    LawDate,
    LawLink,
    Milestone,
    NoClaim,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Proposal,
    Reform,
    ReformTopic,
    RetiredSlug,
    Topic,
)
from sources.anchoring import select_words
from sources.models import Paragraph, Source
from sources.segmentation import segment

FILES = {
    Source: "sources.yaml", Topic: "topics.yaml", Actor: "actors.yaml", Event: "events.yaml", Reform: "reforms.yaml",
    Law: "laws.yaml", Package: "packages.yaml", Parameter: "parameters.yaml", Discrepancy: "discrepancies.yaml",
    NoClaim: "no_claims.yaml", AnsweredFinding: "answers.yaml", RetiredSlug: "retired_slugs.yaml",
    Proposal: "proposals.yaml",
}  # fmt: skip
# Under which key an entry lists what it owns: the model, and the field that is written where that is all.
LISTS: dict[Any, dict[str, tuple[Any, str | None]]] = {
    Actor: {"aliases": (ActorAlias, "name")},
    Claim: {
        "reforms": (ClaimReform, "reform"), "laws": (ClaimLaw, "law"), "events": (ClaimEvent, "event"),
        "actors": (ClaimActor, None), "cites": (Citation, None),
    },
    Reform: {"topics": (ReformTopic, "topic"), "milestones": (Milestone, None)},
    Law: {"dates": (LawDate, None), "reforms": (LawLink, None)},
    Package: {"items": (PackageItem, None)},
    Parameter: {"changes": (ParameterChange, None)},
    Discrepancy: {"claims": (DiscrepancyClaim, "claim")},
}  # fmt: skip
GONE = "(no longer here)"


def shape_of(model) -> Shape:
    """The Shape of the entries of `model`."""
    return CLAIMS if model is Claim else SHAPES[FILES[model]]


def written(record):
    """Return the entry of a stored record, as it is now: see `entry`."""
    return entry(stored([record])[0])


def entry(rows: Rows):
    """Return `rows` as an entry of the curated data.

    Shape:  key to text, to a list of texts, or to a list of such entries; the keys in their order, those that
            say nothing left out. Each citation has its number, and the words around its quote that make it unique.
    """
    model = type(rows.root)
    if model is Paragraph:  # no entry of its own: its source's says what was decided about it
        return {"at": rows.root.ref, "kind": _kind(rows.root)}
    shape = shape_of(model)
    found = _texts(rows.root, shape)
    for key, (part, only) in LISTS.get(model, {}).items():
        records = sorted(rows.of(part), key=_place)
        values = [_text(one, only) if only else _texts(one, shape.inner[key]) for one in records]
        if values:
            found[key] = values
    if model is Source and (kinds := _kinds(rows)):
        found["kinds"] = kinds
    if model is Proposal:
        held = next(shape_of(model) for model in OWNED if kind_of(model) == rows.root.kind)
        entries = {key: getattr(rows.root, key) for key in ("public", "proposed")}
        found |= {key: in_order(value, held) for key, value in entries.items() if value}
    return found


def in_order(entry, shape):
    """Return `entry` with its keys in the order of `shape`, which no database need keep."""
    known = shape.order()
    keys = sorted(entry, key=lambda key: (known.index(key) if key in known else len(known), key))
    return {
        key: [in_order(item, shape.inner[key]) for item in entry[key]] if key in shape.inner else entry[key]
        for key in keys
    }


def _texts(record, shape):
    required = shape.required()
    values = {key: (_text(record, key), default) for key, default in shape.defaults().items() if key not in ODD}
    return {key: value for key, (value, default) in values.items() if key in required or value not in ("", default)}


ODD = ("kinds", "public", "proposed")  # keys that hold no text


def _text(record, key):
    """What stands under `key` of a record's entry, as text; "" for nothing."""
    try:
        if key == "at":
            return record.paragraph.ref
        if key in ("prefix", "suffix"):
            return getattr(select_words(record.paragraph.text, record.start, record.end), key)
        value = getattr(record, key)
        if key == "carries" and value is not None:
            return str(value.number)
    except ObjectDoesNotExist:
        return "" if key in ("prefix", "suffix") else GONE
    if value is None and getattr(record, f"{key}_id", None) is not None:
        return GONE
    if isinstance(value, Model):
        return value.natural_key()[0]  # type: ignore[attr-defined]
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _place(record):
    """By natural key, numbers as numbers."""
    if isinstance(record, Citation):
        return (record.number,)
    if isinstance(record, PackageItem):
        return (record.position,)
    return tuple(_text(record, lookup.split("__")[0]) for lookup in record.KEY)


def _kinds(rows):
    """Paragraph number, or first and last of several, to the kind that was decided otherwise than proposed."""
    proposed = {one.number: (one.kind, None) for one in segment(rows.root.text)}
    runs: list[tuple[int, int, str]] = []
    for paragraph in sorted(rows.of(Paragraph), key=lambda paragraph: paragraph.number):
        if proposed.get(paragraph.number) == (paragraph.kind, paragraph.level):
            continue
        words = _kind(paragraph)
        if runs and runs[-1][1:] == (paragraph.number - 1, words):
            runs[-1] = (runs[-1][0], paragraph.number, words)
        else:
            runs.append((paragraph.number, paragraph.number, words))
    return {str(first) if first == last else f"{first}-{last}": words for first, last, words in runs}


def _kind(paragraph):
    """`heading 2`, `paragraph`."""
    return f"{paragraph.kind} {paragraph.level or ''}".strip()
