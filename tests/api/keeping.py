"""Requests for views that are called without a server, and addresses that tests of what is kept ask for."""

from django.test import RequestFactory

REFORMS = "/api/v1/reforms/"
ONE = "/api/v1/reforms/a-reform/"
TOPICS = "/api/v1/topics/"


def asked(method="get", path=REFORMS, **headers):
    """A request with these headers."""
    return getattr(RequestFactory(), method)(path, headers=headers)
