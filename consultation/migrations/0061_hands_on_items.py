import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0060_category_limits"),
        ("organisation", "0050_own_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="abstained",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="against",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="hands_counted_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.person",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="in_favour",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.RunSQL(
            """
            UPDATE consultation_agendaitem i
                SET in_favour = h.in_favour, against = h.against, abstained = h.abstained, hands_counted_by_id = h.recorded_by_id
                FROM consultation_showofhands h WHERE h.item_id = i.id;
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("abstained", None), ("against", None), ("hands_counted_by", None), ("in_favour", None)),
                    models.Q(
                        ("in_favour", None),
                        ("against", None),
                        ("abstained", None),
                        ("hands_counted_by", None),
                        _connector="OR",
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="hands_counted_whole_by_somebody",
            ),
        ),
        migrations.RemoveField(
            model_name="showofhands",
            name="item",
        ),
        migrations.RemoveField(
            model_name="showofhands",
            name="recorded_by",
        ),
        migrations.DeleteModel(
            name="ShowOfHands",
        ),
    ]
