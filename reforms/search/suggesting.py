"""What might be meant, where nothing is found: other questions, each of which finds something."""

import re
from functools import partial

from rapidfuzz import fuzz, process

from reforms.search.engine import ask, drawn, hits_of
from reforms.search.language import AnyOf, Phrase
from reforms.search.words import words

TRIED, READ = 3, 200  # questions that are tried, and records in which a like word is looked for
ALIKE = 74  # of 100


def suggestions(answer, *, sources=()):
    """Return other questions than the one that `answer` finds nothing for: a list of (text, number of hits).

    At most `TRIED`, and eleven queries.
    """
    tried = list(dict.fromkeys(_others(answer.question)))[:TRIED]
    found = [(text, len(ask(text).of(sources=sources))) for text in tried if text != answer.question.text]
    return [(text, count) for text, count in found if count]


def _others(question):
    """Yield questions that are like `question`: spelled otherwise, without the quotes, with fewer conditions."""
    wanted = [one.text for one in question.wanted]
    if question.unwanted:
        yield " ".join(wanted)
    if like := _like(question):
        yield like
    if '"' in question.text:
        yield " ".join(word for one in question.wanted for word in one.phrase.words)
    if len(wanted) > 2:
        yield max(wanted, key=len)  # the longest word is most often the rarest: "who is Beketayev"
    if len(wanted) > 1:
        for at in range(len(wanted)):
            yield " ".join(wanted[:at] + wanted[at + 1 :])


def _like(question):
    """Return the text of `question` with words that stand nowhere replaced by the likest that begin alike, or ""."""
    typed = {word for one in question.wanted for word in one.phrase.words if len(word) > 3 and word.isalpha()}
    if not typed:
        return ""
    beginning = AnyOf(tuple(Phrase((word[:3],), prefix=True) for word in sorted(typed)))
    read = drawn(hits_of(beginning)[:READ])
    met = {word for record in read for word in words(f"{record.title} {record.text}") if len(word) > 3}
    text = " ".join(one.text for one in question.wanted)
    for word in sorted(typed - met):
        if likest := process.extractOne(word, sorted(met), scorer=fuzz.ratio, score_cutoff=ALIKE):
            text = re.sub(rf"(?i)\b{word}\b", partial(_spelled_like, likest[0]), text)
    return text if words(text) != tuple(word for one in question.wanted for word in one.phrase.words) else ""


def _spelled_like(word, match):
    return word.capitalize() if match[0][0].isupper() else word
