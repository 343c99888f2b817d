import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0061_hands_on_items"),
        ("organisation", "0050_own_titles"),
        ("photos", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="writtenconsent",
            name="one_written_answer_per_party",
        ),
        migrations.RemoveConstraint(
            model_name="writtenconsent",
            name="a_written_refusal_says_why",
        ),
        migrations.AddField(
            model_name="seatanswer",
            name="given_by",
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
            model_name="seatanswer",
            name="given_on",
            field=models.DateField(blank=True, null=True, verbose_name="signed on"),
        ),
        migrations.AddField(
            model_name="seatanswer",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="photos.photo",
            ),
        ),
        migrations.AddField(
            model_name="seatanswer",
            name="recorded_by",
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
            INSERT INTO consultation_seatanswer
                (created_at, updated_at, decision_id, party, answer, remark, given_on, given_by_id, paper_id, recorded_by_id)
            SELECT created_at, updated_at, decision_id, party, CASE WHEN agrees THEN 'agree' ELSE 'no' END, remark,
                given_on, given_by_id, paper_id, recorded_by_id
            FROM consultation_writtenconsent ORDER BY created_at, id;
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="seatanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_by", None), ("given_on", None), ("paper", None), ("recorded_by", None)),
                    models.Q(
                        ("given_on", None),
                        ("given_by", None),
                        ("paper", None),
                        ("recorded_by", None),
                        _connector="OR",
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="written_answer_is_signed_and_kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given_on", None),
                    ("answer", "agree"),
                    models.Q(("answer", "no"), models.Q(("remark", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_written_refusal_says_why",
            ),
        ),
        migrations.DeleteModel(
            name="WrittenConsent",
        ),
    ]
