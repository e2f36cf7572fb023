"""What is looked for, as each database understands it. Words are letters and digits: nothing to escape."""

from reforms.search.language import AllOf, AnyOf, Phrase
from reforms.search.words import LONGEST


def fts5(tree):
    """Return `tree` as an FTS5 expression."""
    if isinstance(tree, Phrase):
        return f'"{" ".join(tree.words)}"{"*" if tree.prefix or _cut(tree) else ""}'
    return _joined(tree, fts5, " AND ", " OR ")


def tsquery(tree):
    """Return `tree` as a tsquery that finds all of it, and where a phrase is looked for also more: see `exact`."""
    if isinstance(tree, Phrase):
        *others, last = tree.words
        return f"({' & '.join([*others, last + ':*' if tree.prefix else last])})"
    return _joined(tree, tsquery, " & ", " | ")


def exact(tree, column):
    """Return `tree` as a condition on the folded words in `column`: (SQL, parameters).

    A tsvector counts no words after the 16,383rd and no more than 255 places of one word; this has no such limit.
    """
    if isinstance(tree, Phrase):
        return f"{column} LIKE %s", [f"% {' '.join(tree.words)}{'' if tree.prefix else ' '}%"]
    conditions = [exact(part, column) for part in tree.parts]
    word = " AND " if isinstance(tree, AllOf) else " OR "
    return f"({word.join(sql for sql, _ in conditions)})", [value for _, values in conditions for value in values]


def has_phrase(tree):
    """Whether `tsquery` finds more than `tree` says."""
    if isinstance(tree, Phrase):
        return len(tree.words) > 1
    return any(map(has_phrase, tree.parts))


def _joined(tree, compiled, every, some):
    word = some if isinstance(tree, AnyOf) else every
    return f"({word.join(map(compiled, tree.parts))})"


def _cut(phrase):
    """Whether the last word is kept shorter on PostgreSQL: there it stands for all that begin like it."""
    return len(phrase.words[-1]) >= LONGEST
