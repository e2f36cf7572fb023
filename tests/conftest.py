"""What all tests share: templates that refuse unknown names, counted queries, and groups that outlive a flush."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate
from django.template import engines
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings

from reforms.curated.records import KNOWLEDGE
from reforms.models import Counter

# How fast a machine draws examples says nothing about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


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
    """No collected files in tests, passwords that are quick to check, and as many requests as there are tests."""
    settings.API_REQUESTS_PER_MINUTE = settings.API_EXPORTS_PER_MINUTE = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Put the groups back after every flush, as migrating the empty base made them.

    `kept` and every test with real transactions flush, which takes all rows; permissions come back by themselves.
    """
    with django_db_blocker.unblock():
        made = {group.name: {one.natural_key() for one in group.permissions.all()} for group in Group.objects.all()}

    def put_back(plan=None, **_):
        if plan is None:  # a flush; a migration has a plan
            permissions = Permission.objects.select_related("content_type")
            known = {permission.natural_key(): permission for permission in permissions}
            for name, keys in made.items():
                Group.objects.get_or_create(name=name)[0].permissions.set(known[key] for key in keys)

    sender = apps.get_app_config("reforms")  # the last one whose permissions the groups have
    post_migrate.connect(put_back, sender=sender)
    yield
    post_migrate.disconnect(put_back, sender=sender)


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


def pytest_collection_modifyitems(items):
    """Put what needs the shipped knowledge base last, where it is loaded once for all of it."""
    items.sort(key=lambda item: "knowledge" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def knowledge(django_db_setup, django_db_blocker):
    """The shipped knowledge base, loaded once; each test undoes its own changes, and no other test comes after."""
    with django_db_blocker.unblock():
        call_command("load_knowledge", verbosity=0)
