"""`make bench`: measure, print the table, and keep it in the folder of the base. Always ends well: it is no test."""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random

from benchmarks import asked, servers, table
from benchmarks.load import Refused, get, one, run

ROUNDS = 3
AGAIN = 40  # addresses that are asked again and again
LONGEST_WARMING = 30  # seconds
SPAN = 10 * 2**40  # where paragraphs begin in the search index


def base_of(sources):
    """Return the folder of the synthetic base of so many sources; make it where it is not there."""
    var = Path(os.environ.get("VAR_DIR") or servers.ROOT / "var").resolve()
    folder = var / f"benchmark-{sources}"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "made").exists():
        (folder / "ledger.sqlite3").unlink(missing_ok=True)
        command = ["manage.py", "make_base", "--settings", "benchmarks.settings", "--sources", str(sources)]
        environment = os.environ | {"VAR_DIR": str(folder), "DATABASE_URL": ""}
        subprocess.run([sys.executable, *command], cwd=servers.ROOT, env=environment, check=True)  # noqa: S603
        (folder / "made").touch()
    return folder


class Bench:
    """One run: both servers, what is asked of them, and what was measured so far."""

    def __init__(self, servers, seconds):
        self.servers = servers  # port to process, the ledger first
        self.own, self.other = servers
        self.seconds, self.rows = seconds, {(row.request, row.when): row for row in table.rows()}

    def rate(self, port, paths, *, again, status=200, headers=()):
        """Return (requests per second, milliseconds of the core to a request) of asking for `paths`."""
        requests = [get(port, path, **header) for path, header in zip(paths, headers or [{}] * len(paths), strict=True)]
        if again and port == self.own:
            run(port, requests * 8, seconds=LONGEST_WARMING, status=status)  # every worker has seen every address
        before = servers.cpu_seconds(self.servers[port])
        measured = run(port, requests, seconds=self.seconds, status=status, again=again)
        used = servers.cpu_seconds(self.servers[port]) - before
        return measured.rate, 1000 * used / measured.requests

    def put(self, row, ours, its, usual=None):
        if usual:
            row.usual.append(usual[0])
        for (rate, cost), rates, costs in ((ours, row.ours, row.ours_cost), (its, row.its, row.its_cost)):
            rates.append(rate)
            costs.append(cost)

    def ask(self, one, at):
        """Measure one Asked in round `at`."""
        both = list(zip(*filter(None, (one.ours, one.theirs, one.usual)), strict=True))
        Random(1).shuffle(both)  # noqa: S311
        again, first = both[:AGAIN], both[AGAIN + at :: ROUNDS]
        for when, pairs in (("again", again), ("first", first)):  # so no thread is new to it when it is asked first
            ports = (self.own, self.other, self.other)[: len(pairs[0])]
            measured = [
                self.rate(port, [each[which] for each in pairs], again=when == "again")
                for which, port in enumerate(ports)
            ]
            self.put(self.rows[one.name, when], *measured)

    def ask_unchanged(self, paths):
        """Measure what asks only whether something changed, beside the empty view."""
        etags = [asked.etag(self.own, path) for path in paths]
        if not all(etags):
            return
        headers = [{"If-None-Match": etag} for etag in etags]
        ours = self.rate(self.own, paths, again=True, status=304, headers=headers)
        self.put(self.rows["unchanged", "again"], ours, self.rate(self.own, ["/empty/"], again=True))


def measure(folder, seconds):
    """Return the Rows of the base in `folder`."""
    with sqlite3.connect(folder / "ledger.sqlite3") as database:
        claims = database.execute("SELECT id, ref FROM reforms_claim ORDER BY id").fetchall()
        kinds = [kind for (kind,) in database.execute("SELECT DISTINCT kind FROM reforms_claim ORDER BY kind")]
    database.close()
    own, other = servers.free_ports()
    with servers.ledger(folder, own) as ledger, servers.datasette(folder, other) as datasette:
        os.sched_setaffinity(0, {servers.LOAD_CORE})
        bench = Bench({own: ledger, other: datasette}, seconds)
        questions = [asked.records(claims), asked.lists(own, kinds, 120)]
        searches = asked.searches(SPAN, SPAN + 2**40 - 1)
        if one(own, get(own, searches.ours[0]))[0] != 404:
            questions.append(searches)
        for at in range(ROUNDS):
            for question in questions:
                bench.ask(question, at)
            bench.ask_unchanged(questions[0].ours[:AGAIN])
            print(f"Round {at + 1} of {ROUNDS} measured.", file=sys.stderr)
    return list(bench.rows.values())


def main():
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sources", type=int, default=500, help="of the synthetic base, with 40 paragraphs each")
    parser.add_argument("--seconds", type=float, default=3, help="of each measuring")
    options = parser.parse_args()
    folder = base_of(options.sources)
    try:
        measured = measure(folder, options.seconds)
    except Refused as error:
        print(f"Not measured: {error}", file=sys.stderr)
        return
    told = table.markdown(measured)
    (folder / "measured.md").write_text(told)
    (folder / "measured.json").write_text(json.dumps([row.as_dict() for row in measured], indent=1) + "\n")
    print(f"\n{told}\nKept in {folder}/measured.md and measured.json.")


if __name__ == "__main__":
    main()
