from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes the table whose rows the migration before has just written, in the same transaction when replayed."""

    atomic = False
    dependencies = [("organisation", "9001_lamps")]

    operations = [
        migrations.AddField("lamp", "bright", models.BooleanField(db_default=True)),
        AddIndexConcurrently("lamp", models.Index(fields=["name"], name="lamp_by_name")),
    ]
