"""Two people at the curator's desk, each with a browser of their own."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.factories import make_each, make_source
from tests.reforms.claiming import TEXT


@pytest.fixture
def ann(db):
    return User.objects.create_superuser("ann")


@pytest.fixture
def ben(db):
    return User.objects.create_superuser("ben")


@pytest.fixture(scope="module")
def made_once(kept, django_db_blocker):
    with django_db_blocker.unblock():
        return make_each()


@pytest.fixture
def each(db, made_once):
    """A public record of every kind, by kind (see `make_each`), made once for all tests of a module."""
    return {kind: type(record)._default_manager.get(pk=record.pk) for kind, record in made_once.items()}


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ann_browses(ann):
    return browser(ann)


@pytest.fixture
def ben_browses(ben):
    return browser(ben)


@pytest.fixture
def cat(db):
    """Browses as a Contributor only."""
    user = User.objects.create_user("cat", is_staff=True)
    user.groups.add(Group.objects.get(name="Contributor"))
    return browser(user)


@pytest.fixture
def claimed(db):
    """The paragraphs of a source, by number: 1 is a heading, the words of 2 are to be claimed."""
    source = make_source(f"Heading\n{TEXT}\nThey clap.", kinds={1: ("heading", 1)})
    return {paragraph.number: paragraph for paragraph in source.paragraphs.all()}
