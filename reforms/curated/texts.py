"""The texts of the sources as files, byte for byte."""

import hashlib

from sources.models import Source

AT_ONCE = 50


class TextsClash(Exception):
    """Two sources need the same file for their texts."""


def text_name(slug, file_name):
    """Return the name of the file that holds the text of a source."""
    return file_name or f"{slug}.txt"


def needed_texts():
    """Return the file of each source's text.

    Shape:  file name to (key of the source, SHA-256 of what was received).
    Errors: TextsClash.
    """
    needed, slugs = {}, {}
    for pk, slug, file_name, sha256 in Source.objects.order_by("slug").values_list("pk", "slug", "file_name", "sha256"):
        name = text_name(slug, file_name)
        if name in needed:
            raise TextsClash(f"the texts of the sources {slugs[name]} and {slug} would both be the file {name}.")
        needed[name], slugs[name] = (pk, sha256), slug
    return needed


def changed_texts(folder, needed):
    """Return those of the `needed` texts that are not in `folder` as they were received: file name to key."""
    return {name: pk for name, (pk, sha256) in sorted(needed.items()) if _sha256(folder / name) != sha256}


def write_texts(folder, changed):
    """Write the texts that `changed_texts` found, a few at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {pk: name for name, pk in changed.items()}
    for at in range(0, len(names), AT_ONCE):
        some = list(names)[at : at + AT_ONCE]
        for pk, received in Source.objects.filter(pk__in=some).values_list("pk", "received"):
            (folder / names[pk]).write_bytes(bytes(received))


def strays(folder, needed):
    """Return the names of the files in `folder` that are no source's text."""
    return sorted(path.name for path in folder.glob("*") if path.name not in needed)


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
