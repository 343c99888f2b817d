from django.db import migrations

_APPEND_ONLY = ["consultation_assignmentreport", "consultation_handlerlinkuse", "consultation_nudge"]


class Migration(migrations.Migration):
    """Each task's one report becomes the first of its report rows; what is reported is added, never edited."""

    dependencies = [("consultation", "0007_handle"), ("organisation", "0002_append_only")]

    operations = [
        # A report that did not pass has lost its time and its name; whoever accepted the task gave it.
        migrations.RunSQL(
            "INSERT INTO consultation_assignmentreport (assignment_id, kind, text, at, by_id, handler_name) "
            "SELECT id, 'done', report, COALESCE(reported_at, updated_at), COALESCE(reported_by_id, accepted_by_id), '' "
            "FROM consultation_assignment "
            "WHERE report <> '' AND COALESCE(reported_by_id, accepted_by_id) IS NOT NULL;",
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change();",
                f"DROP TRIGGER {table}_append_only ON {table};",
            )
            for table in _APPEND_ONLY
        ),
    ]
