"""Import documents from files and folders as drafts, which wait in the admin to be looked at and accepted."""

import logging
import os
import stat
import sys
from collections import Counter
from contextlib import nullcontext

from django.contrib.auth import get_user_model
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from reforms.near import near_sources
from sources.models import Paragraph, Source
from sources.reading import MOST_BYTES, refuse_size
from sources.receiving import kinds_of, receive

log = logging.getLogger(__name__)
BAR = 30  # characters


class Refused(Exception):
    """A file that is not looked at, with the reason in words."""


class Command(BaseCommand):
    help = "Import documents (text, HTML, PDF, DOCX) as drafts; each waits in the admin to be accepted."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="FILE", help="a file, or a folder with all that is in it")
        parser.add_argument("--dry-run", action="store_true", help="store nothing; only say what would come of it")
        parser.add_argument("--slug", default="", help="its public name, of one file; without, proposed from its title")
        parser.add_argument("--name", default="", help="our own short label, of one file")
        parser.add_argument("--supersedes", metavar="SLUG", help="the accepted edition before, of one file")
        parser.add_argument("--by", metavar="USER", help="the user name of who imports")

    def handle(self, *, paths, dry_run, by, slug, name, supersedes, **options):
        files = list(_files(paths))
        if len(files) != 1 and (slug or name or supersedes):
            raise CommandError(f"--slug, --name and --supersedes are of one file; these are {len(files)}.")
        given = {"by": _one(get_user_model(), "user", username=by)} if by else {}
        if supersedes:
            given["supersedes"] = _one(Source, "accepted source", slug=supersedes, accepted=True)
        self.imported = "would be imported" if dry_run else "imported"
        with transaction.atomic() if dry_run else nullcontext():  # together, so that the same twice is told
            refused = self.take_all(files, given | {"slug": slug, "name": name})
            if dry_run:
                transaction.set_rollback(True)
        self.stdout.write(f"{len(files) - refused} {self.imported}, {refused} refused.")
        if not dry_run and refused < len(files):
            drafts = f"{reverse('admin:sources_source_changelist')}?accepted__exact=0"
            self.stdout.write(f"They wait to be looked at and accepted: {drafts}")
        if refused:
            raise CommandError(f"Refused: {refused} of {len(files)}.")

    def take_all(self, files, given):
        """Take one file after the other, and say of each what came of it. Return how many were refused."""
        refused = 0
        for number, (path, problem) in enumerate(files, start=1):
            self.draw_bar(number - 1, len(files))
            try:
                said = f"{self.imported} as {self.take(path, problem, given)}"
            except Refused as error:
                refused, said = refused + 1, f"refused: {error}"
            self.draw_bar(None, len(files))
            self.stdout.write(f"{_shown(path)}: {said}")
        return refused

    def take(self, path, problem, given):
        """Import one file, and describe the draft in words. Errors: Refused, whatever the file is."""
        try:
            if problem is not None:
                raise problem
            data, name = _bytes(path), os.path.basename(path)
            with transaction.atomic():
                return _described(receive(data, name, **given))
        except ValidationError as error:
            raise Refused("; ".join(_words(error))) from error
        except OSError as error:
            raise Refused(f"{error.strerror or 'It cannot be read'}.") from error
        except Refused:
            raise
        except Exception as error:  # a file that nobody foresaw does not keep the others out
            log.exception("A file could not be imported.")
            raise Refused(f"It cannot be imported ({type(error).__name__}).") from error

    def draw_bar(self, done, all_of_them):
        """Draw how far it is, where somebody looks at a terminal; None takes the bar away."""
        if sys.stderr.isatty():
            at = BAR * (done or 0) // all_of_them
            bar = "" if done is None else f"[{'#' * at}{'.' * (BAR - at)}] {done}/{all_of_them}"
            sys.stderr.write(f"\r\x1b[K{bar}")
            sys.stderr.flush()


def _files(paths):
    """Yield (path, what hinders: an exception or None) of each file that `paths` name, folders in order of names."""
    for path in paths:
        if not os.path.isdir(path):
            yield path, None
            continue
        closed: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=closed.append):
            folders.sort()
            links = {name for name in folders if os.path.islink(os.path.join(folder, name))}
            for name in sorted([*names, *links]):
                linked = Refused("It is a link to a folder, which is not followed.") if name in links else None
                yield os.path.join(folder, name), linked
        yield from ((error.filename, error) for error in closed)


def _bytes(path):
    """Return what a file holds. Errors: OSError; Refused where it is none; ValidationError where it is too large."""
    about = os.stat(path)
    if not stat.S_ISREG(about.st_mode):
        raise Refused("It is not a file that can be read to its end.")
    if not about.st_size:
        raise Refused("It is empty.")
    refuse_size(about.st_size)
    with open(path, "rb") as file:
        return file.read(MOST_BYTES + 1)


def _described(source):
    kinds = Counter(kind for kind, _ in kinds_of(source))
    counted = ", ".join(f"{n} {Paragraph.Kind(kind).label}" for kind, n in kinds.most_common())
    many = f"{kinds.total()} paragraph{'' if kinds.total() == 1 else 's'}"
    said = f"{source.slug} ({source.get_format_display()}, {many}: {counted})"
    same = Source.objects.filter(text_sha256=source.text_sha256).exclude(pk=source.pk).values_list("slug", flat=True)
    near = [f"{one.record.slug} ({one.score:.0f}%)" for one in near_sources(source.text, leaving_out=[source.pk])]
    said += f"; the same text as {', '.join(same)}" if same else ""
    return said + (f"; near to {', '.join(near)}" if near else "")


def _words(error):
    """Yield what a ValidationError says, each with the field it is about."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        yield from (message if name == NON_FIELD_ERRORS else f"{name}: {message}" for message in messages)


def _shown(path):
    """Return a path as one line that every terminal can show."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in str(path))


def _one(model, kind, **lookups):
    if (found := model._default_manager.filter(**lookups).first()) is None:
        raise CommandError(f"There is no {kind} “{next(iter(lookups.values()))}”.")
    return found
