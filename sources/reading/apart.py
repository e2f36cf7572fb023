"""Reading in a process of its own: a hostile document can neither take the server down nor reach anything from it."""

import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from sources.reading.document import CannotRead, Document, Found

ROOT = Path(__file__).parents[2]
MEMORY = 1024  # megabytes of address space
WORK = 30  # seconds of the processor
WAIT = 1.5  # as long in all, for each second of work
ANSWER = 64  # megabytes
NO_MEMORY, NO_ROOM = 3, 4  # how the process ends where it has too little of them
SMALLER = "Save it again, or bring it in smaller parts."


def read_apart(document_format, data, *, work=WORK):
    """Read `data` as `document_format` in a process with limits. Returns a Document. Errors: CannotRead."""
    command = [sys.executable, "-m", "sources.reading", document_format, str(work)]
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(  # noqa: S603 our own module; what was received goes in as bytes
                command,
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=WAIT * work,
                cwd=ROOT,
                env={},  # it needs nothing of it, and there are secrets in it
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise CannotRead(f"Reading the document takes longer than {WAIT * work:g} seconds. {SMALLER}") from error
        answer.seek(0)
        if ended.returncode:
            raise CannotRead(f"{why(ended.returncode, work)} {SMALLER}")
        return unpack(json.loads(answer.read()))


def why(code, work):
    """Say why a process that ended with `code` gave no document."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"Reading the document takes more than {work} seconds of work, or more memory than there is."
    if code == NO_MEMORY:
        return f"Reading the document takes more than {MEMORY:,} MB of memory."
    if code == NO_ROOM:
        return f"The text of the document is larger than {ANSWER} MB."
    return "The document is broken: reading it fails."


def pack(document):
    """The Document as plain values."""
    return asdict(document)


def unpack(values):
    """The Document of plain values. Errors: CannotRead where they are a refusal."""
    if refused := values.get("refused"):
        raise CannotRead(refused)
    values["kinds"] = [tuple(one) for one in values["kinds"]]
    values["found"] = [Found(**one) for one in values["found"]]
    return Document(**values)
