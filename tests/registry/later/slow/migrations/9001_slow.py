from django.db import migrations

from tests.registry.later import latest


class Migration(migrations.Migration):
    """Half a second in each compound, so that a test can kill it on the way."""

    dependencies = [latest()]

    operations = [
        migrations.RunSQL("UPDATE organisation_unit SET position = position + 10"),
        migrations.RunSQL("SELECT pg_sleep(0.5)"),
    ]
