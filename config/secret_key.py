"""The secret key: made once, kept beside the database, readable only by its owner."""

import os
import secrets
import tempfile
from pathlib import Path


def read_or_make(path):
    """Return the key kept at `path`, making one where there is none."""
    if not path.exists():
        part = _write_part(path, secrets.token_urlsafe(50))
        try:
            os.link(part, path)  # two starting at once: the second keeps the key of the first
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text()


def replace(path, key):
    """Keep `key` at `path` instead of what was there, in one step."""
    _write_part(path, key).replace(path)


def _write_part(path, key):
    """Return the path of a whole file holding `key`, readable only by its owner, in the same folder."""
    descriptor, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # mode 600
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return Path(name)
