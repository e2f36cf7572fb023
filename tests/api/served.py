"""The site behind a real address, on the connection of the test, so that what the test made is there."""

import threading
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, connections


class Quiet(WSGIRequestHandler):
    """Says nothing of what is asked."""

    def log_message(self, *_):
        pass


@contextmanager
def served():
    """Give the address, `http://127.0.0.1:<port>`. The test waits while an answer is made, so they can share."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), WSGIServer, Quiet)

    def serve():
        connections["default"] = connection_of_the_test
        server.serve_forever(poll_interval=0.01)

    connection_of_the_test = connections["default"]
    connection.inc_thread_sharing()
    for signal in (request_started, request_finished):  # which would end the transaction of the test
        signal.disconnect(close_old_connections)
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        connection.dec_thread_sharing()
