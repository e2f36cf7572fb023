"""What all tests share: templates that refuse unknown names, and counted queries."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext

from reforms.curated.records import KNOWLEDGE
from reforms.models import Counter


class Undefined(str):
    """As `string_if_invalid`: a name the view did not give fails the test instead of printing nothing."""

    def __contains__(self, text):
        return text == "%s"

    def __mod__(self, name):
        raise AssertionError(f"template asks for {name}, which no view gives")


@pytest.fixture(autouse=True)
def strict_templates(monkeypatch, request):
    """Names that no view gives fail; not in the admin, whose own templates ask for optional names."""
    if "admin" not in request.node.nodeid:
        monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined("%s"))


@pytest.fixture(autouse=True)
def quick_settings(settings):
    """No collected files in tests, and passwords that are quick to check."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def count_queries(client):
    """Count the queries of a GET that must succeed."""

    def count(url):
        with CaptureQueriesContext(connection) as seen:
            response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        return len(seen)

    return count


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """Keep what is made inside for all tests of the module; each of them still undoes its own changes."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def empty(db):
    """A base that holds nothing, whatever is kept for the module: for one test only."""
    histories = [model.history.model for model in KNOWLEDGE]
    for model in [*histories, *reversed(KNOWLEDGE), Counter]:
        model.objects.all().order_by()._raw_delete(using="default")


@pytest.fixture(scope="module")
def knowledge(kept):
    """The shipped knowledge base, loaded once for a whole module."""
    call_command("load_knowledge", verbosity=0)
