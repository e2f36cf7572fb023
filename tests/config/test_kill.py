"""A server that is killed in the middle of edits leaves no half change: with a real process and a real database."""

import itertools
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPException

import pytest
from django.db import connection

from tests.config.installation import Browser, FormFields, PostgreSQL, Server, SQLite

EDITS = 200
KILLED_AFTER = (70, 140)  # answers
THREADS = 4
CLAIMS = 8
PASSWORD = "a long password"
PREPARE = f"""
from django.contrib.auth.models import User
from sources.changes import change_set
from tests.factories import cite, make_claim, make_source

User.objects.create_superuser("ann", password="{PASSWORD}")
with change_set(kind="load", reason="Edit 0."):
    source = make_source("\\n".join(f"Sentence {{number}}." for number in range({CLAIMS})))
    for paragraph in source.paragraphs.all():
        cite(make_claim(text="Edit 0.", note="Edit 0."), paragraph, paragraph.text, note="Edit 0.")
"""
MARKED = ("text", "note", "citations-0-note", "change_reason")
# All that an edit marks, as it is stored: in the records, in the last rows of their histories, in their change sets.
STORED = """
SELECT claim.text, claim.note, cite.note, claim_row.text, claim_row.note, cite_row.note, why.reason, why_cited.reason
FROM reforms_claim claim JOIN reforms_citation cite ON cite.claim_id = claim.id
JOIN reforms_historicalclaim claim_row ON claim_row.history_id =
    (SELECT max(history_id) FROM reforms_historicalclaim WHERE id = claim.id)
JOIN reforms_historicalcitation cite_row ON cite_row.history_id =
    (SELECT max(history_id) FROM reforms_historicalcitation WHERE id = cite.id)
JOIN sources_changeset why ON why.id = claim_row.change_set_id
JOIN sources_changeset why_cited ON why_cited.id = cite_row.change_set_id
"""
CHANGE_SETS = """
SELECT reason, (SELECT count(*) FROM reforms_historicalclaim WHERE change_set_id = made.id),
    (SELECT count(*) FROM reforms_historicalcitation WHERE change_set_id = made.id)
FROM sources_changeset made WHERE kind = 'edit'
"""
ROWS = """
SELECT (SELECT count(*) FROM reforms_historicalclaim), (SELECT count(*) FROM reforms_historicalcitation),
    (SELECT count(*) FROM django_admin_log)
"""
MISQUOTED = """
SELECT cite.id FROM reforms_citation cite JOIN sources_paragraph paragraph ON paragraph.id = cite.paragraph_id
WHERE cite.quote <> substr(paragraph.text, cite.start + 1, cite."end" - cite.start)
"""


@pytest.fixture
def database(transactional_db, tmp_path):
    """A database of the kind that is tested, with empty tables."""
    made = {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor](tmp_path)
    yield made
    made.drop()


@pytest.fixture
def server(database, tmp_path):
    """A server that is not started yet, on a database with the claims to edit."""
    server = Server(database, tmp_path)
    server.prepare(PREPARE)
    yield server
    if server.process:
        server.kill()


class Edits:
    """200 edits, each of a claim and its citation in one request, by threads that have claims of their own.

    `answered`: the marks of those that the server said were stored; `lost`: of those that got no answer;
    `refused`: of those whose form came back, with what it said.
    """

    def __init__(self, browser, claims):
        self.browser, self.claims, self.numbers = browser, claims, iter(range(1, EDITS + 1))
        self.in_flight, self.answered, self.lost, self.refused = set(), set(), set(), {}

    def go_on(self, look, after=EDITS, due=lambda: False, kill=None):
        """Edit, and `look` all the while; once `after` are answered, `kill` as soon as others are in flight and `due`.

        What others see at a moment is what a kill at that moment would leave, so looking finds what two kills miss.
        """
        with ThreadPoolExecutor(THREADS) as pool:
            threads = [pool.submit(self.edit, self.claims[own::THREADS]) for own in range(THREADS)]
            editing = lambda: not all(thread.done() for thread in threads)  # noqa: E731
            while editing() and len(self.answered) < after:
                look()
                time.sleep(0.05)
            while editing() and not (len(self.in_flight) > 1 and due()):
                time.sleep(0.001)
            if editing():
                kill()
            for thread in threads:
                thread.result()

    def edit(self, claims):
        """Edit `claims` in turn until all edits are made, or the server is gone."""
        with suppress(OSError, HTTPException):
            for claim in itertools.cycle(claims):
                path = f"/admin/reforms/claim/{claim}/change/"
                status, page, _ = self.browser.ask(path)
                assert status == 200, page
                if (number := next(self.numbers, None)) is None:
                    return
                self.save(path, FormFields(page, "claim_form").fields, f"Edit {number}.")

    def save(self, path, fields, mark):
        """Post the form with `mark` in it. Errors: OSError, HTTPException where no answer comes."""
        assert fields.keys() >= set(MARKED)
        self.in_flight.add(mark)
        try:
            status, page, _ = self.browser.ask(path, fields | dict.fromkeys(MARKED, mark))
        except (OSError, HTTPException):
            self.lost.add(mark)
            raise
        finally:
            self.in_flight.discard(mark)
        assert status in (200, 302), page
        if status == 302:
            self.answered.add(mark)
        else:
            self.refused[mark] = re.findall(r"errorlist.*?</ul>", page, re.DOTALL)


def rows(opened, query):
    """Return all rows that `query` gives."""
    cursor = opened.cursor()
    cursor.execute(query)
    return cursor.fetchall()


def assert_nothing_is_half(opened):
    """Each claim and its citation bear the same mark, and so do the last rows of their histories, and their reasons."""
    stored = rows(opened, STORED)
    assert len(stored) == CLAIMS
    assert [claim for claim in stored if len(set(claim)) > 1] == []


def assert_nothing_is_lost(opened, edits):
    """Each edit that was answered is stored, with a row in each history; one that was not, so too, or not at all."""
    change_sets = rows(opened, CHANGE_SETS)
    reasons = [reason for reason, *_ in change_sets]
    assert [made for made in change_sets if made[1:] != (1, 1)] == []
    assert len(reasons) == len(set(reasons)), "an edit was stored twice"
    assert edits.answered <= set(reasons) <= edits.answered | edits.lost
    assert rows(opened, ROWS) == [(CLAIMS + len(reasons), CLAIMS + len(reasons), len(reasons))]


def assert_whole(database, edits):
    """What the killed server left is a database without half changes and without lost ones."""
    with closing(database.open_what_is_left()) as opened:
        assert_nothing_is_half(opened)
        assert_nothing_is_lost(opened, edits)
        assert rows(opened, MISQUOTED) == []
        if connection.vendor == "sqlite":
            assert rows(opened, "PRAGMA integrity_check") == [("ok",)]
            assert rows(opened, "PRAGMA foreign_key_check") == []


@pytest.mark.django_db(transaction=True)
def test_killing_the_server_in_the_middle_of_200_edits_leaves_no_half_change(database, server):
    def look():
        with closing(database.open()) as opened:
            assert_nothing_is_half(opened)

    with closing(database.open()) as opened:
        edits = Edits(Browser(server.port), [key for (key,) in rows(opened, "SELECT id FROM reforms_claim")])
    server.start()
    edits.browser.log_in("ann", PASSWORD)  # once: the session outlives the kills
    for after in KILLED_AFTER:
        lost = len(edits.lost)
        edits.go_on(look, after, database.is_being_written, server.kill)
        assert server.process is None, "the edits came to an end before the kill"
        assert len(edits.lost) > lost, "nothing was in flight"
        assert_whole(database, edits)
        server.start()
    answered = len(edits.answered)
    edits.go_on(look)
    server.kill()
    assert_whole(database, edits)
    assert len(edits.answered) > answered, "the server that was started again takes no edit"
    assert edits.refused == {}
    assert len(edits.answered | edits.lost) == EDITS
