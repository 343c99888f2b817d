from django.db import migrations

_APPEND_ONLY = ["consultation_clockchange", "consultation_escalation"]


class Migration(migrations.Migration):
    """What moved and what went up is added, never edited; what a compound left as it came is the district's now.

    A matter of before keeps its due date, as if it had been promised. Nobody asks for limits of before from old code: a
    limit that is empty there leaves a matter without a due date until it moves on.
    """

    dependencies = [("consultation", "0021_scoring_guards"), ("organisation", "0002_append_only")]

    operations = [
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change();",
                f"DROP TRIGGER {table}_append_only ON {table};",
            )
            for table in _APPEND_ONLY
        ),
        migrations.RunSQL(
            "UPDATE consultation_consultationsettings SET visit_days = NULLIF(visit_days, 3), "
            "propose_days = NULLIF(propose_days, 5), meet_days = NULLIF(meet_days, 20), "
            "evaluate_days = NULLIF(evaluate_days, 10), referred_days = NULLIF(referred_days, 20)",
            "UPDATE consultation_consultationsettings SET visit_days = COALESCE(visit_days, 3), "
            "propose_days = COALESCE(propose_days, 5), meet_days = COALESCE(meet_days, 20), "
            "evaluate_days = COALESCE(evaluate_days, 10), referred_days = COALESCE(referred_days, 20)",
        ),
        migrations.RunSQL(
            "UPDATE consultation_issue SET clock_from = due_on, clock_days = 0 WHERE due_on IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
