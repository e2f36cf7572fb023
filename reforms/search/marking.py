"""The found words marked in a text, in the same way on both databases. A template escapes each piece as any other."""

from reforms.search.language import Phrase
from reforms.search.words import places

SHOWN, BEFORE = 300, 90  # characters of a long text, and those before the first found word


def marked(text, tree):
    """Return all of `text` as pieces: (whether it was looked for, words)."""
    return list(_pieces(text, 0, len(text), _spans(text, tree)))


def excerpt(text, tree):
    """Return `text` as pieces; of a long one the part with the first found word, an ellipsis where it is cut."""
    spans = _spans(text, tree)
    start, end = _window(text, spans[0][0] if spans else 0)
    pieces = list(_pieces(text, start, end, spans))
    return [*([(False, "… ")] if start else []), *pieces, *([(False, " …")] if end < len(text) else [])]


def _window(text, first):
    """The part that is shown, from a blank to a blank where there is one near."""
    if len(text) <= SHOWN + BEFORE:
        return 0, len(text)
    start = max(0, min(first - BEFORE, len(text) - SHOWN))
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = start + SHOWN
    if end < len(text):
        end = max(text.rfind(" ", start + SHOWN // 2, end), -1)
    return start, end if end > start else min(start + SHOWN, len(text))


def _pieces(text, start, end, spans):
    at = start
    for first, last in spans:
        if first >= at and last <= end:
            if first > at:
                yield False, text[at:first]
            yield True, text[first:last]
            at = last
    if at < end:
        yield False, text[at:end]


def _spans(text, tree):
    """Where what is looked for stands in `text`, in order: (start, end), none within another."""
    found = list(places(text))
    if tree is None or not found:
        return []
    single = {phrase.words[0] for phrase in _phrases(tree) if len(phrase.words) == 1 and not phrase.prefix}
    spans = [(start, end) for start, end, word in found if word in single]
    longer = {phrase for phrase in _phrases(tree) if len(phrase.words) > 1 or phrase.prefix}
    spans += [span for phrase in longer for span in _standing(phrase, found)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _phrases(tree):
    if isinstance(tree, Phrase):
        yield tree
    else:
        for part in tree.parts:
            yield from _phrases(part)


def _standing(phrase, found):
    """Each place of `phrase` among the words `found` of a text."""
    *others, last = phrase.words
    for at in range(len(found) - len(others)):
        run = [word for _, _, word in found[at : at + len(phrase.words)]]
        if run[:-1] == others and (run[-1].startswith(last) if phrase.prefix else run[-1] == last):
            yield found[at][0], found[at + len(others)][1]
