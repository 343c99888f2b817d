import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0062_written_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignmentreport",
            name="photos",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, db_default=[], default=list
            ),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE consultation_assignmentreport DISABLE TRIGGER consultation_assignmentreport_append_only;
            UPDATE consultation_assignmentreport r SET photos = kept.keys
                FROM (SELECT report_id, array_agg(photo_id ORDER BY id) AS keys FROM consultation_reportphoto GROUP BY report_id) kept
                WHERE kept.report_id = r.id;
            ALTER TABLE consultation_assignmentreport ENABLE TRIGGER consultation_assignmentreport_append_only;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(
            name="ReportPhoto",
        ),
    ]
