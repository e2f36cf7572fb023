"""How gunicorn, the production server, serves the ledger. `manage.py serve` starts it with these settings."""

import logging
import signal

from django.conf import settings

from api import throttling  # noqa: F401 before the workers are forked, which count together
from config.starting import joined, url

wsgi_app = "config.wsgi:application"
chdir = str(settings.BASE_DIR)
workers = 2
threads = 4
limit_request_line = 8190  # the most there is; the API refuses shorter addresses in words
graceful_timeout = 5
control_socket_disable = True  # nothing but HTTP comes in
accesslog = None
loglevel = "warning"
# Django leaves it to the server to drop the body of an answer to HEAD; that is worth no line in the log.
logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)
_host = settings.BIND.strip("[]")
bind = joined(_host, settings.PORT)


def when_ready(server):
    """Say where the ledger is, as soon as it answers there."""
    print(f"Reform Ledger is at {url(_host, settings.PORT)} (Control-C stops it)", flush=True)


def post_worker_init(worker):
    """Leave Control-C to the parent, which then stops its workers: told twice, a worker can hang while it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
