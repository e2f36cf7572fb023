"""The groups that migrations make, and what each may do: nothing less and nothing more."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import rows

BEFORE = "0002_editorial"

EVERYBODY = {
    "sources.view_source",
    "sources.view_paragraph",
    "sources.view_changeset",
    "reforms.view_topic",
    "reforms.view_actor",
    "reforms.view_actoralias",
    "reforms.view_claim",
    "reforms.view_citation",
    "reforms.view_event",
    "reforms.view_reform",
    "reforms.view_reformtopic",
    "reforms.view_law",
    "reforms.view_lawdate",
    "reforms.view_lawlink",
    "reforms.view_milestone",
    "reforms.view_package",
    "reforms.view_packageitem",
    "reforms.view_parameter",
    "reforms.view_parameterchange",
    "reforms.view_claimreform",
    "reforms.view_claimlaw",
    "reforms.view_claimevent",
    "reforms.view_claimactor",
    "reforms.view_discrepancy",
    "reforms.view_discrepancyclaim",
    "reforms.view_noclaim",
    "reforms.view_retiredslug",
    "reforms.view_proposal",
    "reforms.view_finding",
    "reforms.view_answeredfinding",
    "reforms.run_audit",
}
CONTRIBUTOR = {
    *("reforms.add_claim", "reforms.change_claim", "reforms.delete_claim"),
    *("reforms.add_citation", "reforms.change_citation", "reforms.delete_citation"),
    *("reforms.add_claimreform", "reforms.change_claimreform", "reforms.delete_claimreform"),
    *("reforms.add_claimlaw", "reforms.change_claimlaw", "reforms.delete_claimlaw"),
    *("reforms.add_claimevent", "reforms.change_claimevent", "reforms.delete_claimevent"),
    *("reforms.add_claimactor", "reforms.change_claimactor", "reforms.delete_claimactor"),
    *("reforms.add_event", "reforms.change_event", "reforms.delete_event"),
    *("reforms.add_reform", "reforms.change_reform", "reforms.delete_reform"),
    *("reforms.add_reformtopic", "reforms.change_reformtopic", "reforms.delete_reformtopic"),
    *("reforms.add_milestone", "reforms.change_milestone", "reforms.delete_milestone"),
    *("reforms.add_law", "reforms.change_law", "reforms.delete_law"),
    *("reforms.add_lawdate", "reforms.change_lawdate", "reforms.delete_lawdate"),
    *("reforms.add_lawlink", "reforms.change_lawlink", "reforms.delete_lawlink"),
    *("reforms.add_package", "reforms.change_package", "reforms.delete_package"),
    *("reforms.add_packageitem", "reforms.change_packageitem", "reforms.delete_packageitem"),
    *("reforms.add_parameter", "reforms.change_parameter", "reforms.delete_parameter"),
    *("reforms.add_parameterchange", "reforms.change_parameterchange", "reforms.delete_parameterchange"),
    *("reforms.add_discrepancy", "reforms.change_discrepancy", "reforms.delete_discrepancy"),
    *("reforms.add_discrepancyclaim", "reforms.change_discrepancyclaim", "reforms.delete_discrepancyclaim"),
    *("reforms.add_noclaim", "reforms.change_noclaim"),
}
REVIEWER = {"reforms.publish_claim", "reforms.approve_proposal", "reforms.clear_taint"}
EDITOR = {
    *("sources.add_source", "sources.change_source", "sources.delete_source"),
    *("sources.change_paragraph", "sources.undo_changeset"),
    *("reforms.add_topic", "reforms.change_topic", "reforms.delete_topic"),
    *("reforms.add_actor", "reforms.change_actor", "reforms.delete_actor"),
    *("reforms.add_actoralias", "reforms.change_actoralias", "reforms.delete_actoralias"),
    *("reforms.add_answeredfinding", "reforms.delete_answeredfinding"),
    *("reforms.delete_noclaim", "reforms.retract_claim", "reforms.merge_claim"),
}
MADE = {
    "Contributor": EVERYBODY | CONTRIBUTOR,
    "Reviewer": EVERYBODY | REVIEWER,
    "Editor": EVERYBODY | EDITOR,
}


def stored():
    """What each group may do, as `user.has_perm` asks for it."""
    return {
        group.name: {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()}
        for group in Group.objects.all()
    }


@pytest.fixture
def migrate(transactional_db):
    """Migrate this app to a migration, or to its last one; and to its last one at the end, whatever happened."""

    def to(*name):
        call_command("migrate", "reforms", *name, verbosity=0)

    yield to
    to()


@pytest.mark.django_db
def test_migrating_an_empty_base_gives_three_groups_that_may_do_exactly_this():
    assert stored() == MADE


@pytest.mark.django_db
def test_a_base_that_was_only_migrated_is_empty_although_it_has_groups():
    assert Group.objects.exists()
    assert rows.is_empty()


def test_a_member_may_do_what_the_group_may(db):
    ann = User.objects.create_user("ann")
    ann.groups.add(Group.objects.get(name="Reviewer"))
    assert ann.get_all_permissions() == MADE["Reviewer"]


def test_groups_are_made_also_where_no_permission_is_there_yet(migrate):
    migrate(BEFORE)
    Permission.objects.filter(content_type__app_label__in=["sources", "reforms"]).delete()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("reforms"))  # without what `migrate` does afterwards
    assert stored() == MADE


def test_back_and_forth_takes_the_groups_and_gives_them_again(migrate):
    Group.objects.create(name="Guests")
    migrate(BEFORE)
    assert stored() == {"Guests": set()}
    migrate()
    assert stored() == MADE | {"Guests": set()}


def test_migrating_gives_a_group_of_this_name_exactly_what_it_may_do(migrate):
    migrate(BEFORE)
    editor = Group.objects.create(name="Editor")
    editor.permissions.set(Permission.objects.filter(codename__in=["delete_user", "view_source"]))
    migrate()
    assert stored() == MADE


def test_a_flush_leaves_the_groups_for_the_tests_after_it(transactional_db):
    call_command("flush", interactive=False, verbosity=0)
    assert stored() == MADE
