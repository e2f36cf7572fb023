"""RIS.

Source: https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from api.standards.cited import Cited
from api.standards.dating import day_of
from sources.dates import in_words


class RIS(Cited):
    """A claim or source: lines of a tag and a value, none of which can begin another line."""

    media_type, format, extension = "application/x-research-info-systems", "ris", "ris"

    def entry(self, work):
        date, others = dated(work.date)
        lines = [
            ("TY", "ELEC" if work.within else "GEN"),
            ("ID", work.key),
            ("AU", work.author),
            ("TI", work.title),
            ("T2", work.within),
            ("AN", work.within and work.key),
            ("PB", work.publisher),
            *date,
            ("LA", work.language),
            *(("N1", note) for note in [*others, *work.notes]),
            ("UR", work.url),
        ]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def dated(edtf):
    """Return what RIS can say of a date, as lines, and what it cannot, as sentences."""
    if not edtf:
        return [], []
    if (day := day_of(edtf)) is None:
        return [], [f"Published: {in_words(edtf)}."]
    year, *rest = day.parts
    date = "/".join([f"{year:04d}", *(f"{part:02d}" for part in rest), *[""] * (2 - len(rest))])
    words = in_words(edtf) if day.about else ""
    return [*([] if day.about else [("PY", f"{year:04d}")]), ("DA", f"{date}/{words}")], []
