"""Who may do what with the audit: all three groups see what it found and run it, an Editor answers."""

from importlib import import_module

from django.db import migrations

groups = import_module("reforms.migrations.0003_groups")

EVERYBODY = ["view_finding", "view_answeredfinding", "run_audit"]
RIGHTS = {
    "Contributor": EVERYBODY,
    "Reviewer": EVERYBODY,
    "Editor": [*EVERYBODY, "add_answeredfinding", "delete_answeredfinding"],
}


def give(apps, schema_editor):
    """Give each group its rights. Errors: KeyError for an unknown permission."""
    for group, permissions in _rights(apps, schema_editor):
        group.permissions.add(*permissions)


def take(apps, schema_editor):
    """Take them back."""
    for group, permissions in _rights(apps, schema_editor):
        group.permissions.remove(*permissions)


def _rights(apps, schema_editor):
    """Each group with the permissions that it gets here. A group that was deleted since gets none."""
    using = schema_editor.connection.alias
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {one.codename: one for one in Permission.objects.using(using).filter(content_type__app_label="reforms")}
    for group in Group.objects.using(using).filter(name__in=RIGHTS):
        yield group, [known[codename] for codename in RIGHTS[group.name]]


class Migration(migrations.Migration):

    dependencies = [('reforms', '0004_audit')]

    operations = [
        migrations.RunPython(groups.make_permissions, migrations.RunPython.noop),
        migrations.RunPython(give, take),
    ]
