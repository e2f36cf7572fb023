"""BibTeX.

Letters stay as they are, in UTF-8: what TeX reads since 2018, and what no command stands for in every script.
Source: https://ctan.org/pkg/bibtex (btxdoc)
"""

from api.standards.cited import Cited
from api.standards.dating import day_of
from sources.dates import in_words

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Braces as commands: BibTeX counts those that a backslash stands before, too.
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
} | {sign: f"\\{sign}" for sign in "&%$#_"}
TABLE = str.maketrans(ESCAPES)


class BibTeX(Cited):
    """A claim or source as a @misc entry under its public name."""

    media_type, format, extension = "application/x-bibtex", "bibtex", "bib"

    def entry(self, work):
        held = f"{work.within}, {work.key}" if work.within else work.publisher
        year, others = dated(work.date)
        fields = {
            "author": _whole(work.author),
            "key": _braced(work.within),  # where there is no author to sort by
            "title": _whole(work.title),
            "howpublished": _braced(held),
            **year,
            "language": _braced(work.language),
            "note": _braced(" ".join([*others, *work.notes])),
            "url": f"{{{work.url}}}",
        }
        lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
        return f"@misc{{{work.key},\n{lines}}}\n"


def dated(edtf):
    """Return what BibTeX can say of a date, as fields, and what it cannot, as sentences."""
    if not edtf:
        return {}, []
    if (day := day_of(edtf)) and not day.about:
        names = ("year", "month", "day")
        values = [_braced(f"{day.parts[0]:04d}"), *(MONTHS[month - 1] for month in day.parts[1:2])]
        return dict(zip(names, [*values, *(_braced(str(one)) for one in day.parts[2:])], strict=False)), []
    words = in_words(edtf)
    # The year may be in words that end with it: "about 1984".
    return ({"year": _braced(words)}, []) if words[-4:].isdecimal() else ({}, [f"Published: {words}."])


def escaped(text):
    """Return `text` so that TeX prints it as it is."""
    return text.translate(TABLE)


def _braced(text):
    return f"{{{escaped(text)}}}" if text else ""


def _whole(text):
    """Braced twice: a title keeps its capitals, and a name, which is as printed, is not taken apart."""
    return f"{{{_braced(text)}}}" if text else ""
