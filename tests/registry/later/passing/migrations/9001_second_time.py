from django.db import migrations

from tests.registry.later import latest


class Migration(migrations.Migration):
    """The second time, which is the trial of the recording, the server is out of memory."""

    dependencies = [latest()]

    operations = [
        migrations.RunSQL(
            "DO $$ BEGIN IF nextval('public.times') = 2 THEN "
            "RAISE EXCEPTION 'out of shared memory' USING ERRCODE = '53200'; END IF; END $$"
        )
    ]
