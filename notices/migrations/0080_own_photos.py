import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0060_channels"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="photos",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, db_default=[], default=list
            ),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE notices_notice DISABLE TRIGGER notices_notice_kept;
            UPDATE notices_notice n SET photos = kept.keys
                FROM (SELECT notice_id, array_agg(photo_id ORDER BY id) AS keys FROM notices_noticephoto GROUP BY notice_id) kept
                WHERE kept.notice_id = n.id;
            ALTER TABLE notices_notice ENABLE TRIGGER notices_notice_kept;
            DROP TRIGGER notices_noticephoto_kept ON notices_noticephoto;
            DROP FUNCTION keep_notice_photo();
            """,
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(
            name="NoticePhoto",
        ),
    ]
