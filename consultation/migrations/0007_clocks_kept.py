from django.db import migrations

_APPEND_ONLY = ["consultation_clockchange", "consultation_escalation"]


class Migration(migrations.Migration):
    """What moved a clock and what went up is added, never edited."""

    dependencies = [("consultation", "0006_scoring_guards"), ("organisation", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change();",
            f"DROP TRIGGER {table}_append_only ON {table};",
        )
        for table in _APPEND_ONLY
    ]
