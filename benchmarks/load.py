"""A client that costs little: a few kept connections on plain sockets, in one thread, one request open on each."""

import selectors
import socket
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter
from typing import Any

CONNECTIONS = 4
LONGEST_WAIT = 60  # seconds without any answer


class Refused(Exception):
    """An answer was not what was asked for, or none came."""


@dataclass
class Measured:
    """What one run of requests took. `seconds` by the clock."""

    requests: int
    seconds: float

    @property
    def rate(self):
        """Requests per second."""
        return self.requests / self.seconds


class Connection:
    """One kept connection, and the answer that is being read from it."""

    def __init__(self, port):
        self.port, self.read, self.request = port, b"", b""
        self.socket: Any = None

    def send(self, request):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_WAIT)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.read, self.request = b"", request
        self.socket.sendall(request)

    def receive(self):
        """Read what has come. Return (status, headers, body) once all of it is there, else None."""
        got = self.socket.recv(1 << 18)
        self.read += got
        answer = whole(self.read, ended=not got)
        if not got or (answer and b"connection: close" in answer[1].lower()):
            self.close()
            if answer is None:
                raise Refused(f"No whole answer to {self.request.splitlines()[0]!r}: {self.read[:200]!r}")
        return answer

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def whole(read, *, ended):
    """Return (status, headers, body) of an answer of which `read` are the bytes so far, None where some lack.

    `ended`: whether the server said by closing that there is no more. A chunked body is left as it is.
    """
    headers, found, body = read.partition(b"\r\n\r\n")
    if not found:
        return None
    status, small = int(headers[9:12]), headers.lower() + b"\r\n"
    if status in (204, 304):
        return status, headers, b""
    if (at := small.find(b"\r\ncontent-length:")) >= 0:
        size = int(small[at + 17 : small.index(b"\r\n", at + 17)])
        return (status, headers, body) if len(body) >= size else None
    if b"\r\ntransfer-encoding: chunked" in small:
        return (status, headers, body) if body.endswith(b"0\r\n\r\n") else None
    return (status, headers, body) if ended else None


def get(port, path, **headers):
    """Return the request for `path`, as bytes. A header's name is written with _ for -."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def one(port, request):
    """Return the answer (status, headers, body) to one request on a connection of its own."""
    connection = Connection(port)
    connection.send(request)
    while (answer := connection.receive()) is None:
        pass
    connection.close()
    return answer


def run(port, requests, *, seconds, status=200, again=False):
    """Send `requests` (a list of bytes), round and round where `again`, until they or the `seconds` are over.

    Errors: Refused where an answer has another status than `status`.
    """
    todo, done = (cycle(requests) if again else iter(requests)), 0
    watched = selectors.DefaultSelector()
    started = perf_counter()
    for connection in [Connection(port) for _ in range(CONNECTIONS)]:
        if (request := next(todo, None)) is not None:
            connection.send(request)
            watched.register(connection.socket, selectors.EVENT_READ, connection)
    while watched.get_map():
        if not (ready := watched.select(LONGEST_WAIT)):
            raise Refused(f"No answer within {LONGEST_WAIT} seconds.")
        for key, _ in ready:
            connection = key.data
            if (answer := connection.receive()) is None:
                continue
            if answer[0] != status:
                raise Refused(f"{connection.request.splitlines()[0]!r}: {answer[0]} {answer[2][:300]!r}")
            done += 1
            watched.unregister(key.fileobj)
            request = next(todo, None) if perf_counter() - started < seconds else None
            if request is None:
                connection.close()
            else:
                connection.send(request)
                watched.register(connection.socket, selectors.EVENT_READ, connection)
    return Measured(done, perf_counter() - started)
