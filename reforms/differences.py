"""What differs between two states of an entry, in words: for proposals, histories, and edits that collide."""

import difflib
import re
from dataclasses import dataclass

# By which keys one inner entry is known again in another state of its list.
KNOWN_BY = {
    "cites": ("number",),
    "actors": ("actor", "part"),
    "milestones": ("ref",),
    "dates": ("kind", "claim"),
    "reforms": ("reform", "effect", "claim"),
    "items": ("position",),
    "changes": ("claim", "after", "scope"),
}
IN_WORDS = {
    "cites": "citation", "actors": "actor", "milestones": "milestone", "dates": "date", "reforms": "reform",
    "items": "item", "changes": "change of value", "laws": "law", "events": "event", "topics": "topic",
    "aliases": "alias", "claims": "claim", "at": "paragraph", "carries": "in the place of citation",
    "not_carried": "nothing in its place",
}  # fmt: skip
WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what it is, and its text before and after; "" where it was or is not there."""

    what: str
    before: str
    after: str

    @property
    def act(self):
        """`added`, `removed` or `changed`."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"

    @property
    def runs(self):
        """The words of both: see `word_runs`."""
        return word_runs(self.before, self.after)


def word_runs(before, after):
    """Compare two texts word by word.

    Shape:  list of (act, text): act is "same", "removed" or "added"; before is same + removed, after same + added.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    runs = []
    for act, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            runs.append(("same", "".join(old[i:j])))
            continue
        runs += [(word, "".join(words)) for word, words in (("removed", old[i:j]), ("added", new[k:m])) if words]
    return runs


def differences(before, after):
    """Return what changed from one entry to another, as a list of Difference; either may be None: not there."""
    before, after = before or {}, after or {}
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key, ""), after.get(key, "")
        if old == new:
            continue
        if isinstance(old or new, str):
            found.append(Difference(IN_WORDS.get(key, key.replace("_", " ")), old, new))
        elif isinstance(old or new, dict):
            found += [Difference(f"{key} {one.what}", one.before, one.after) for one in differences(old, new)]
        else:
            found += _of_lists(key, old or [], new or [])
    return found


def _of_lists(key, before, after):
    old, new = ({_known_by(key, item): item for item in items} for items in (before, after))
    for known in [*old, *(name for name in new if name not in old)]:
        was, now = old.get(known), new.get(known)
        if was == now:
            continue
        what = _named(key, known)
        if isinstance(was or now, str):
            yield Difference(IN_WORDS.get(key, key), was or "", now or "")
        elif was and now:
            for one in differences(was, now):
                yield Difference(f"{what}: {one.what}", one.before, one.after)
        else:
            yield Difference(what, _told(was), _told(now))


def _known_by(key, item):
    return item if isinstance(item, str) else tuple(item.get(name, "") for name in KNOWN_BY[key])


def _named(key, known):
    name = " ".join(part for part in known if part)
    return f"{IN_WORDS.get(key, key)} {name}"


def _told(item):
    """An inner entry in one line: a citation as its words, another one as its texts."""
    if not item:
        return ""
    if "quote" in item:
        others = " ".join(item[key] for key in ("stance", "strength") if key in item)
        return f"“{item['quote']}” ({' '.join(part for part in (item['at'], others) if part)})"
    return ", ".join(item.values())


def rebased(public, proposed, now):
    """Return `now` with the changes that lead from `public` to `proposed`; where both changed, the proposal's words.

    What others removed meanwhile and the proposal changes is there again, as the proposal has it.
    """
    result = dict(now)
    for key in {**public, **proposed}:
        old, new = public.get(key), proposed.get(key)
        if old == new:
            continue
        lists = isinstance(old or new, list)
        merged = _rebased_list(key, old or [], new or [], now.get(key, [])) if lists else new
        if merged:
            result[key] = merged
        else:
            result.pop(key, None)
    return result


def _rebased_list(key, public, proposed, now):
    old, new, here = ({_known_by(key, item): item for item in items} for items in (public, proposed, now))
    for name in {**old, **new}:
        if old.get(name) == new.get(name):
            continue
        if name not in new:
            here.pop(name, None)
        elif isinstance(new[name], str) or name not in here:
            here[name] = new[name]
        else:
            here[name] = rebased(old.get(name, {}), new[name], here[name])
    return list(here.values())
