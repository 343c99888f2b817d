from uuid import uuid4

from django.db import migrations

from tests.registry.later import latest


def write(apps, schema_editor):
    """Against the rules: another value each time."""
    schema_editor.execute(f"CREATE TABLE organisation_numbers AS SELECT '{uuid4()}' AS number")


class Migration(migrations.Migration):
    dependencies = [latest()]

    operations = [migrations.RunPython(write)]
