from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0065_issue_numbers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="paperentry",
            name="keyed_once_per_person",
        ),
        migrations.AddField(
            model_name="papersheet",
            name="keyed",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.RunSQL(
            """
            UPDATE consultation_papersheet s SET keyed = e.keyed
                FROM (SELECT sheet_id, jsonb_object_agg(keyed_by_id, lines) AS keyed FROM consultation_paperentry GROUP BY sheet_id) e
                WHERE e.sheet_id = s.id;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="papersheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("counted", False), ("keyed", {}), _connector="OR"),
                name="nothing_keyed_stays_of_a_counted_sheet",
            ),
        ),
        migrations.DeleteModel(
            name="PaperEntry",
        ),
    ]
