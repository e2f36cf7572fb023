"""Public claims in the order of their references, so that a page of a great many needs no sort."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reforms", "0005_audit_rights")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["state", "ref"], name="claim_in_order"),
        ),
    ]
