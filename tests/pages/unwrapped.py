"""Finds words that no catalogue could translate: those outside ⟦…⟧ where every message is put between these."""

import re
from html.parser import HTMLParser

from django.utils import translation
from django.utils.translation import trans_real

from reforms.curated.records import KNOWLEDGE
from sources.changes import ChangeSet

OPEN, CLOSE = "⟦⟧"
SPOKEN = ("alt", "aria-label", "placeholder", "title")
VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "circle", "path", "line", "use"}
SILENT = {"script", "style", "template"}
QUOTING = {"mark", "blockquote", "del", "ins"}
# Names and signs that are the same in every language, and what is shown of addresses and references.
SAME = r"Reform|Ledger|UTC|JSON|Atom|EDTF|SHA-256|\b[CMD]\d{4,}(\.\d+)?\b|https?://\S+|/[\w./-]+/|[0-9a-f]{64}"


def wrapped(monkeypatch):
    """Put every message that is translated from here on into ⟦…⟧."""
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        own = getattr(trans_real, name)
        monkeypatch.setattr(
            translation._trans, name, lambda *given, own=own: f"{OPEN}{own(*given)}{CLOSE}", raising=False
        )


def data():
    """Every text that records hold, the longest first: data is shown as it is."""
    texts = set()
    for model in (*KNOWLEDGE, ChangeSet):
        names = [field.name for field in model._meta.fields if field.get_internal_type() in ("CharField", "TextField")]
        for row in model.objects.order_by().values_list(*[name for name in names if not _is_choice(model, name)]):
            texts |= {" ".join(str(text).split()) for text in row if text}
    return sorted(texts, key=len, reverse=True)


def _is_choice(model, name):
    return bool(model._meta.get_field(name).choices)


class Words(HTMLParser):
    """Reads a page. `outside`: its words, spoken attributes included, that stand in no message."""

    def __init__(self, known):
        super().__init__()
        self.known, self.outside, self.open, self.depth = known, [], [], 0
        self.quoted = 0  # how deep the element stands that holds the words of a paragraph, which marks cut
        self.whole = " ".join(known)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in SPOKEN and value:
                self.judge(re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", " ", self._innermost(value)))
        if tag not in VOID:
            self.open.append(tag)
            if "words" in (dict(attributes).get("class") or "").split():
                self.quoted = len(self.open)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass
            self.quoted = self.quoted if self.quoted <= len(self.open) else 0

    def handle_data(self, text):
        if SILENT & set(self.open):
            return
        for part in re.split(f"([{OPEN}{CLOSE}])", text):
            if part in (OPEN, CLOSE):
                self.depth += 1 if part == OPEN else -1
            elif not self.depth:
                self.judge(part)

    def judge(self, text):
        """Keep of `text` what is no data: all that is left when known texts, names and signs are taken out."""
        left = " ".join(text.split())
        if (self.quoted or QUOTING & set(self.open)) and left in self.whole:
            return
        for one in self.known:
            if one in left and (len(one) > 3 or one == left):
                left = left.replace(one, " ")
        left = re.sub(SAME, " ", left)
        if re.search(r"[^\W\d_]{2}", left):
            self.outside.append(" ".join(left.split()))

    @staticmethod
    def _innermost(value):
        """`value` without the messages inside of messages."""
        while (less := re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", value)) != value:
            value = less
        return value


def unwrapped(page, known):
    """Return the words of `page` (HTML) that no catalogue could translate, each once, in their order."""
    reader = Words(known)
    reader.feed(page)
    return list(dict.fromkeys(reader.outside))
