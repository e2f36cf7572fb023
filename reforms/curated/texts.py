"""The documents of the sources as files beside the curated data, byte for byte.

`texts/` holds them as they were received, `canonical/` the texts that their paragraphs count in, where these are not
simply what was received: of web pages, PDF and Word files, of other encodings, of what was split or joined. They are
two folders, since a document may bring any file name with it.
"""

import hashlib
from dataclasses import dataclass

from sources.models import Source

AT_ONCE = 50
RECEIVED, CANONICAL = "texts", "canonical"


class TextsClash(Exception):
    """Two sources need the same file for their texts."""


@dataclass(frozen=True)
class Needed:
    """What a file holds: the `column` of the source with the key `pk`, and its SHA-256."""

    pk: int
    column: str
    sha256: str


def text_name(slug, file_name, received_as=Source.Format.TEXT):
    """Return the name of the file in `texts/` that holds a source as it was received."""
    ending = "txt" if received_as == Source.Format.TEXT else received_as
    return file_name or f"{slug}.{ending}"


def canonical_name(slug):
    """Return the name of the file in `canonical/` that holds the text of a source."""
    return f"{slug}.txt"


def needed_texts():
    """Return the files of all sources.

    Shape:  path below `fixtures/` (`texts/a.html`, `canonical/a.txt`) to Needed.
    Errors: TextsClash.
    """
    needed, slugs = {}, {}
    columns = ("pk", "slug", "file_name", "format", "sha256", "text_sha256")
    for source in Source.objects.order_by("slug").values_list(*columns, named=True):
        name = f"{RECEIVED}/{text_name(source.slug, source.file_name, source.format)}"
        if name in needed:
            raise TextsClash(f"the texts of the sources {slugs[name]} and {source.slug} would both be the file {name}.")
        needed[name], slugs[name] = Needed(source.pk, "received", source.sha256), source.slug
        if source.format != Source.Format.TEXT or source.sha256 != source.text_sha256:
            own = f"{CANONICAL}/{canonical_name(source.slug)}"
            needed[own] = Needed(source.pk, "text", source.text_sha256)
    return needed


def changed_texts(folder, needed):
    """Return those of the `needed` files that are not below `folder` as they should be: path to Needed."""
    return {name: one for name, one in sorted(needed.items()) if _sha256(folder / name) != one.sha256}


def write_texts(folder, changed):
    """Write the files that `changed_texts` found, one after the other: a document may be large."""
    for column in ("received", "text"):
        names = {one.pk: name for name, one in changed.items() if one.column == column}
        for at in range(0, len(names), AT_ONCE):
            some = Source.objects.filter(pk__in=list(names)[at : at + AT_ONCE])
            for pk, data in some.values_list("pk", column).iterator(chunk_size=1):
                path = folder / names[pk]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data.encode() if column == "text" else bytes(data))


def strays(folder, needed):
    """Return the paths below `folder` of the files that are no source's: `texts/a.txt`."""
    found = [f"{name}/{path.name}" for name in (RECEIVED, CANONICAL) for path in (folder / name).glob("*")]
    return sorted(path for path in found if path not in needed)


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
