"""`manage.py backup` and `manage.py restore`: everything goes and everything comes back, or nothing is changed."""

import hashlib
import io
import json
import stat
import tarfile

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import CommandError

from config import archive, rows
from reforms.models import Citation, Claim, Reform
from sources.models import ChangeSet, Source
from tests.factories import make_claim, make_reform, make_source, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installation(settings, tmp_path):
    """A folder of its own, with a secret key in it."""
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    settings.SECRET_KEY_FILE = settings.VAR_DIR / "secret_key"
    settings.SECRET_KEY_FILE.write_text(settings.SECRET_KEY)
    settings.SECRET_KEY_GIVEN = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


@pytest.fixture
def kept():
    """A backup of a base with one claim on its words, and a user in a group."""
    make_claim(make_source().paragraphs.first(), reforms=[make_reform()])
    user = User.objects.create_user("ann", password="a long password")
    user.groups.add(Group.objects.create(name="curators"))
    return archive.make().path


def lines():
    """Every row that is stored."""
    stream = io.StringIO()
    rows.write(stream)
    return stream.getvalue()


def rewritten(path, **changed):
    """The backup at `path` with some members changed (None: left out) and a manifest that fits the new rows."""
    with tarfile.open(path) as old:
        members = {member.name: old.extractfile(member).read() for member in old}
    manifest = json.loads(members["manifest.json"])
    if "rows" in changed:
        members["rows.jsonl"] = changed["rows"](members["rows.jsonl"].decode()).encode()
        manifest["sha256"]["rows.jsonl"] = hashlib.sha256(members["rows.jsonl"]).hexdigest()
    members["manifest.json"] = json.dumps(manifest | changed.get("manifest", {})).encode()
    members = {name: content for name, content in members.items() if name != changed.get("without")}
    new = path.with_name("changed.tar.gz")
    with tarfile.open(new, "w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return new


@pytest.mark.django_db(transaction=True)
def test_everything_comes_back_as_it_was(kept):
    make_world(2)
    kept, before = archive.make().path, lines()
    counts = Claim.history.count(), ChangeSet.objects.count(), Citation.objects.count()
    assert min(counts) > 0
    make_reform("made-later")
    User.objects.get(username="ann").delete()
    call_command("restore", kept, "--yes")
    assert lines() == before
    assert (Claim.history.count(), ChangeSet.objects.count(), Citation.objects.count()) == counts
    ann = User.objects.get(username="ann")
    assert ann.check_password("a long password")
    assert [group.name for group in ann.groups.all()] == ["curators"]


def test_moments_come_back_to_the_microsecond(kept):
    moment = ChangeSet.objects.latest("at").at.replace(microsecond=123456)
    changed = ChangeSet.objects.create(at=moment)
    call_command("restore", archive.make().path, "--yes")
    assert ChangeSet.objects.get(pk=changed.pk).at == moment


def test_a_restored_base_goes_on_counting(kept):
    call_command("restore", kept, "--yes")
    assert make_reform("made-afterwards").pk > max(Reform.objects.exclude(slug="made-afterwards").values_list("pk"))[0]


def test_two_backups_of_the_same_base_hold_the_same_bytes(kept):
    with tarfile.open(kept) as one, tarfile.open(archive.make().path) as two:
        assert one.extractfile("rows.jsonl").read() == two.extractfile("rows.jsonl").read()


def test_a_backup_is_readable_only_by_its_owner(kept):
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, kept.parent)] == [0o600, 0o700]
    assert list(kept.parent.iterdir()) == [kept]


def test_the_latest_backup_is_restored_unless_one_is_named(kept):
    make_reform("made-later")
    archive.make()
    Reform.objects.get(slug="made-later").delete()
    call_command("restore", "--yes")
    assert Reform.objects.filter(slug="made-later").exists()


def test_without_any_backup_it_says_so():
    with pytest.raises(CommandError, match="There is no backup"):
        call_command("restore")


def test_what_is_stored_is_replaced_only_when_told_so_and_kept_first(kept):
    make_reform("made-later")
    later = lines()
    with pytest.raises(CommandError, match="make restore YES=1"):
        call_command("restore", kept)
    assert lines() == later
    call_command("restore", kept, "--yes")
    assert not Reform.objects.filter(slug="made-later").exists()
    (safe,) = kept.parent.glob("before-restore-*")
    call_command("restore", safe, "--yes")
    assert lines() == later


def test_an_empty_base_is_filled_without_asking(kept):
    before = lines()
    rows.replace(io.StringIO())
    assert rows.is_empty()
    call_command("restore", kept)
    assert lines() == before
    assert not list(kept.parent.glob("before-restore-*"))


@pytest.mark.parametrize(
    ("given", "after"),
    [pytest.param(False, "the old key", id="kept-beside-the-base"), pytest.param(True, "here", id="from-environment")],
)
def test_the_secret_key_comes_back_unless_the_environment_gives_it(settings, given, after):
    settings.SECRET_KEY = "the old key"
    path = archive.make().path
    settings.SECRET_KEY_FILE.write_text("here")
    settings.SECRET_KEY_GIVEN = given
    call_command("restore", path, "--yes")
    assert settings.SECRET_KEY_FILE.read_text() == after


def cut(path):
    path.write_bytes(path.read_bytes()[:-2000])
    return path


def no_archive(path):
    path.write_text("not a backup")
    return path


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        pytest.param(cut, "is no whole backup", id="cut-off"),
        pytest.param(no_archive, "is no whole backup", id="no-archive"),
        pytest.param(lambda path: path.with_name("none"), "is no whole backup", id="no-file"),
        pytest.param(lambda path: rewritten(path, without="secret_key"), "is no whole backup", id="no-key"),
        pytest.param(lambda path: rewritten(path, manifest={"format": 9}), "not what its manifest says", id="newer"),
        pytest.param(
            lambda path: rewritten(path, manifest={"sha256": {"rows.jsonl": "0" * 64, "secret_key": ""}}),
            "not what its manifest says",
            id="wrong-digest",
        ),
        pytest.param(lambda path: rewritten(path, manifest={"sha256": None}), "no manifest", id="no-digests"),
        pytest.param(
            lambda path: rewritten(path, manifest={"migrations": ["reforms.9999_later"]}),
            "made by another version",
            id="other-tables",
        ),
        pytest.param(
            lambda path: rewritten(path, rows=lambda text: text.replace('"reforms.reform"', '"reforms.nothing"')),
            "cannot be restored",
            id="unknown-model",
        ),
        pytest.param(
            lambda path: rewritten(path, rows=lambda text: text.replace('"quote": "', '"quote": "Not ')),
            "cannot be restored",
            id="quote-that-is-not-its-span",
        ),
        pytest.param(
            lambda path: rewritten(path, rows=lambda text: text.split("\n", 1)[1]),
            "cannot be restored|did not come back",
            id="a-row-less",
        ),
    ],
)
def test_a_backup_that_is_not_right_changes_nothing(kept, broken, message):
    path = broken(kept)
    before = lines()
    with pytest.raises(CommandError, match=message) as refused:
        call_command("restore", path, "--yes")
    assert "nothing was changed" in str(refused.value)
    assert lines() == before
    assert Source.objects.exists()


def test_backup_says_where_the_file_is_and_that_it_is_private(capsys):
    call_command("backup")
    said = capsys.readouterr().out
    assert str(archive.latest()) in said
    assert "only you" in said


def test_tables_of_an_older_version_are_not_backed_up_by_halves(monkeypatch):
    monkeypatch.setattr(rows, "write", lambda stream: pytest.fail("written"))
    monkeypatch.setattr("config.starting.waiting_migrations", lambda: 2)
    with pytest.raises(CommandError, match="The tables lack 2 migrations"):
        call_command("backup")
