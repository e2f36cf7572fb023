"""Backup files: one archive with every row, the secret key, and a manifest that proves them."""

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.core.serializers.base import DeserializationError
from django.db import Error, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config import rows, secret_key

FORMAT = 1
UNREADABLE = (tarfile.TarError, zlib.error, EOFError, OSError, KeyError, ValueError, AttributeError)


@dataclass(frozen=True)
class Archive:
    """A backup file whose contents were proved against its manifest."""

    path: Path
    manifest: dict

    @property
    def total(self):
        return sum(self.manifest["counts"].values())


def folder():
    """Return where backups are kept, making it if need be."""
    path = settings.VAR_DIR / "backups"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def latest():
    """Return the newest backup made by `make backup`.

    Errors: CommandError where there is none.
    """
    found = sorted(folder().glob("ledger-*.tar.gz"))
    if not found:
        raise CommandError(f"There is no backup in {folder()}. Name one: make restore FILE=…")
    return found[-1]


def make(name="ledger"):
    """Write everything into one new file, readable only by its owner, and return it as an Archive."""
    now = timezone.now()
    path = folder() / f"{name}-{now:%Y%m%dT%H%M%S.%fZ}.tar.gz"
    with tempfile.TemporaryDirectory(dir=folder()) as scratch:
        lines, part = Path(scratch, "rows.jsonl"), Path(scratch, "part")
        with lines.open("w", encoding="utf-8", newline="\n") as stream:
            counts = rows.write(stream)
        manifest = {
            "format": FORMAT,
            "made": now.isoformat(timespec="seconds"),
            "migrations": _migrations(),
            "counts": counts,
            "sha256": {"rows.jsonl": _sha256(lines), "secret_key": _sha256(settings.SECRET_KEY)},
        }
        part.touch(mode=0o600)
        with tarfile.open(part, "w:gz") as tar:
            _add(tar, "manifest.json", json.dumps(manifest, indent=1))
            _add(tar, "secret_key", settings.SECRET_KEY)
            tar.add(lines, "rows.jsonl", filter=_anonymous)
        part.replace(path)  # whole, or not there
    return Archive(path, manifest)


def _add(tar, name, text):
    member = _anonymous(tarfile.TarInfo(name))
    member.size = len(text.encode())
    tar.addfile(member, io.BytesIO(text.encode()))


def _anonymous(member):
    """Leave out who made the file, and on which machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _sha256(what):
    """Return the SHA-256 of a file or of a text, in hex."""
    if isinstance(what, str):
        return hashlib.sha256(what.encode()).hexdigest()
    with what.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _migrations():
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


@contextmanager
def _unpacked(path):
    """Give the folder that holds the three members of `path`, which are unpacked under their known names only.

    Errors: CommandError where the file cannot be read to its end.
    """
    with tempfile.TemporaryDirectory(dir=folder()) as scratch:
        try:
            with tarfile.open(path, "r:gz") as tar:
                for name in ("manifest.json", "secret_key", "rows.jsonl"):
                    with Path(scratch, name).open("wb") as file:
                        shutil.copyfileobj(tar.extractfile(name) or io.BytesIO(), file)
        except UNREADABLE as error:
            raise CommandError(f"{path} is no whole backup of the ledger; nothing was changed.") from error
        yield Path(scratch)


def restore(path, *, before):
    """Put everything of the backup at `path` in the place of what is there, and return it as an Archive.

    `before` is called once the file is proved good and nothing has been changed yet.
    Errors: CommandError where the file is broken or of another version; nothing is changed then.
    """
    with _unpacked(path) as folder:
        archive = Archive(Path(path), _proved(path, folder))
        before()
        try:
            with transaction.atomic(), (folder / "rows.jsonl").open(encoding="utf-8", newline="\n") as stream:
                rows.replace(stream)
                _compare(archive, folder)
        except (DeserializationError, Error) as error:
            raise CommandError(f"{path} cannot be restored; nothing was changed. {error}") from error
        if not settings.SECRET_KEY_GIVEN:
            secret_key.replace(settings.SECRET_KEY_FILE, (folder / "secret_key").read_text())
    return archive


def _proved(path, folder):
    """Return the manifest of the unpacked backup.

    Errors: CommandError where a member is not what the manifest says, or the tables are of another version.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        right = manifest["format"] == FORMAT and all(
            _sha256(folder / name) == manifest["sha256"][name] for name in ("rows.jsonl", "secret_key")
        )
        theirs, ours = set(manifest["migrations"]), set(_migrations())
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} has no manifest that can be read; nothing was changed.") from error
    if not right:
        raise CommandError(f"{path} is not what its manifest says; nothing was changed.")
    if theirs != ours:
        raise CommandError(
            f"{path} was made by another version of the ledger (tables differ by "
            f"{', '.join(sorted(theirs ^ ours))}); nothing was changed. Restore it with the version that made it."
        )
    return manifest


def _compare(archive, folder):
    """Errors: CommandError where what is stored now is not what the backup held, to the byte."""
    again = folder / "again.jsonl"
    with again.open("w", encoding="utf-8", newline="\n") as stream:
        counts = rows.write(stream)
    if counts != archive.manifest["counts"] or _sha256(again) != archive.manifest["sha256"]["rows.jsonl"]:
        raise CommandError(f"{archive.path} did not come back as it was saved; nothing was changed.")
