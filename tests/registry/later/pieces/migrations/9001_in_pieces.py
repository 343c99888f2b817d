from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from tests.registry.later import latest


class Migration(migrations.Migration):
    """Commits after each operation; the first of them keeps everybody from the table."""

    atomic = False
    dependencies = [latest()]

    operations = [
        migrations.AddField("unit", "sign", models.CharField(max_length=80, db_default="")),
        AddIndexConcurrently("unit", models.Index(fields=["sign"], name="unit_by_sign")),
    ]
