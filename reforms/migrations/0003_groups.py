"""The three groups of people who keep the ledger, and what each may do.

What is public is guarded by the admin as well: there a save of a contributor becomes a proposal.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

# (app, actions, models)
EVERYBODY = [
    ("sources", "view", "source paragraph changeset"),
    ("reforms", "view", "topic actor actoralias"),
    ("reforms", "view", "claim citation claimreform claimlaw claimevent claimactor"),
    ("reforms", "view", "event reform reformtopic milestone"),
    ("reforms", "view", "law lawdate lawlink"),
    ("reforms", "view", "package packageitem parameter parameterchange"),
    ("reforms", "view", "discrepancy discrepancyclaim noclaim retiredslug proposal"),
]
GROUPS = {
    "Contributor": [
        ("reforms", "add change delete", "claim citation claimreform claimlaw claimevent claimactor"),
        ("reforms", "add change delete", "event reform reformtopic milestone"),
        ("reforms", "add change delete", "law lawdate lawlink"),
        ("reforms", "add change delete", "package packageitem parameter parameterchange"),
        ("reforms", "add change delete", "discrepancy discrepancyclaim"),
        ("reforms", "add change", "noclaim"),
    ],
    "Reviewer": [
        ("reforms", "publish", "claim"),
        ("reforms", "approve", "proposal"),
        ("reforms", "clear", "taint"),
    ],
    "Editor": [
        ("sources", "add change delete", "source"),
        ("sources", "change", "paragraph"),
        ("sources", "undo", "changeset"),
        ("reforms", "add change delete", "topic actor actoralias"),
        ("reforms", "delete", "noclaim"),
        ("reforms", "retract merge", "claim"),
    ],
}


def make_permissions(apps, schema_editor):
    """Make the permissions, which otherwise come only after the last migration."""
    for label in ("sources", "reforms"):
        app = apps.get_app_config(label)
        app.models_module = True  # a migration's app has none, and would be passed over
        create_permissions(app, apps=apps, verbosity=0, using=schema_editor.connection.alias)


def make_groups(apps, schema_editor):
    """Make the groups, or give them back exactly what they may do. Errors: KeyError for an unknown permission."""
    using = schema_editor.connection.alias
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    permissions = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for name, rights in GROUPS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(
            permissions[app, f"{action}_{model}"]
            for app, actions, models in [*EVERYBODY, *rights]
            for action in actions.split()
            for model in models.split()
        )


def remove_groups(apps, schema_editor):
    """Remove the groups. Their members stay, and may do nothing that came from a group."""
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('reforms', '0002_editorial'),
        ('sources', '0002_editorial'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(make_permissions, migrations.RunPython.noop),
        migrations.RunPython(make_groups, remove_groups),
    ]
