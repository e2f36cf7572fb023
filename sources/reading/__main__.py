"""The process in which a document is read: bytes in, JSON out, within limits, and with nothing to reach."""

import json
import os
import resource
import sys

from sources.reading.apart import ANSWER, MEMORY, NO_MEMORY, NO_ROOM, pack
from sources.reading.document import CannotRead
from sources.reading.parsing import parser

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
STARTING = ("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.spawn")


def limit(work):
    """Put limits on this process: memory, work, the size of what it writes, and no dump of what it held."""
    megabyte = 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY * megabyte,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (work, work + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER * megabyte,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse(event, arguments):
    """An audit hook: no socket, no other program, no file written."""
    if event.startswith(("socket.", "subprocess.", "ctypes.", *STARTING)):
        raise PermissionError(f"Reading a document asks for {event}.")
    if event == "open" and (arguments[2] or 0) & WRITING:
        raise PermissionError("Reading a document writes to a file.")


def main(document_format, work):
    """Read what stands on the standard input, and write its Document, or why there is none. Returns the exit code."""
    sys.dont_write_bytecode = True
    limit(int(work))
    parse = parser(document_format)  # before the hook: libraries look around in the system when they are loaded
    sys.addaudithook(refuse)
    try:
        answer = pack(parse(sys.stdin.buffer.read()))
    except CannotRead as error:
        answer = {"refused": error.messages[0]}
    except MemoryError:
        return NO_MEMORY
    try:
        sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
        sys.stdout.buffer.flush()
    except OSError:
        return NO_ROOM
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
