"""Reading in a process of its own: a hostile document can neither take the server down nor reach anything from it."""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from sources.reading.document import CannotRead, Document, Found

ROOT = Path(__file__).parents[2]
MEMORY = 1024  # megabytes of address space
WORK = 30  # seconds of the processor
WAIT = 45  # seconds in all
ANSWER = 64  # megabytes


def read_apart(document_format, data, *, wait=WAIT):
    """Read `data` as `document_format` in a process with limits. Returns a Document. Errors: CannotRead."""
    command = [sys.executable, "-m", "sources.reading", document_format]
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(  # noqa: S603 our own module; what was received goes in as bytes
                command,
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=wait,
                cwd=ROOT,
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise CannotRead(f"Reading the document takes longer than {wait} seconds. {SMALLER}") from error
        answer.seek(0)
        if ended.returncode:
            raise CannotRead(f"{ENDS.get(ended.returncode, 'The document is broken: reading it fails.')} {SMALLER}")
        return unpack(json.loads(answer.read()))


SMALLER = "Save it again, or bring it in smaller parts."
TOO_MUCH_MEMORY = f"Reading the document takes more than {MEMORY:,} MB of memory."
ENDS = {
    -24: f"Reading the document takes more than {WORK} seconds of work.",  # SIGXCPU
    -9: f"Reading the document takes more than {WORK} seconds of work, or more memory than there is.",
    3: TOO_MUCH_MEMORY,
    4: f"The text of the document is larger than {ANSWER} MB.",
}


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
