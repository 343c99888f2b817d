import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0063_report_photos"),
        ("organisation", "0050_own_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="voice",
            name="rating_hash",
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="voice",
            name="rating_link_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.person",
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE consultation_voice v SET rating_hash = l.token_hash, rating_link_by_id = l.made_by_id
                FROM consultation_ratinglink l WHERE l.voice_id = v.id AND l.revoked_at IS NULL;
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rating_hash__isnull", True), ("rating_link_by__isnull", True)),
                    models.Q(("rating_hash__isnull", False), ("rating_link_by__isnull", False)),
                    _connector="OR",
                ),
                name="rating_link_made_by_somebody",
            ),
        ),
        migrations.RemoveField(
            model_name="ratinglink",
            name="issue",
        ),
        migrations.RemoveField(
            model_name="ratinglink",
            name="made_by",
        ),
        migrations.RemoveField(
            model_name="ratinglink",
            name="voice",
        ),
        migrations.DeleteModel(
            name="RatingLink",
        ),
    ]
