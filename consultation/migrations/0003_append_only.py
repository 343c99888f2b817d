from django.db import migrations

_APPEND_ONLY = [
    "consultation_steprecord",
    "consultation_assignmentreport",
    "consultation_handlerlinkuse",
    "consultation_nudge",
]


class Migration(migrations.Migration):
    """History is added, never edited."""

    dependencies = [("consultation", "0001_initial"), ("organisation", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change();",
            f"DROP TRIGGER {table}_append_only ON {table};",
        )
        for table in _APPEND_ONLY
    ]
