from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0080_own_photos"),
        ("organisation", "0051_quiet_hours"),
    ]

    operations = [
        migrations.RunSQL(
            """
            INSERT INTO organisation_organisationsettings (id, created_at, updated_at)
                SELECT 1, now(), now() WHERE EXISTS (SELECT FROM notices_remindersettings) ON CONFLICT DO NOTHING;
            UPDATE organisation_organisationsettings o SET quiet_from = r.quiet_from, quiet_until = r.quiet_until
                FROM notices_remindersettings r;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.RemoveConstraint(
            model_name="remindersettings",
            name="one_row_of_reminder_settings",
        ),
        migrations.DeleteModel(
            name="ReminderSettings",
        ),
    ]
