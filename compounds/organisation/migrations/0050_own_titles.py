from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0040_letter_box"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisationsettings",
            name="post_titles",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.RunSQL(
            """
            INSERT INTO organisation_organisationsettings (id, created_at, updated_at)
                SELECT 1, now(), now() WHERE EXISTS (SELECT FROM organisation_posttitle) ON CONFLICT DO NOTHING;
            UPDATE organisation_organisationsettings SET post_titles = coalesce(
                (SELECT jsonb_object_agg(kind, jsonb_build_array(title, title_en)) FROM organisation_posttitle), '{}'
            );
            """,
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(
            name="PostTitle",
        ),
    ]
