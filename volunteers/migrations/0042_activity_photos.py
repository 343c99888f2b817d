import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("volunteers", "0040_honours"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="photos",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, db_default=[], default=list
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE volunteers_activity a SET photos = kept.keys
                FROM (SELECT activity_id, array_agg(photo_id ORDER BY id) AS keys FROM volunteers_activityphoto GROUP BY activity_id) kept
                WHERE kept.activity_id = a.id;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(
            name="ActivityPhoto",
        ),
    ]
