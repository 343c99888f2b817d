import django.db.models.deletion
import django.db.models.expressions
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0066_paper_entries"),
        ("notices", "0081_quiet_hours"),
        ("organisation", "0051_quiet_hours"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="scoringresult",
            name="scores_add_up_to_what_they_can",
        ),
        migrations.RemoveConstraint(
            model_name="scoringresult",
            name="fair_mean_has_a_place",
        ),
        migrations.RemoveConstraint(
            model_name="scoringcorrection",
            name="correction_names_both_numbers_or_none",
        ),
        migrations.AddField(
            model_name="scoringcorrection",
            name="subject",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="consultation.scoringsubject",
            ),
        ),
        migrations.AddField(
            model_name="scoringsubject",
            name="abstained",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="scoringsubject",
            name="fair_mean",
            field=models.DecimalField(decimal_places=2, max_digits=3, null=True),
        ),
        migrations.AddField(
            model_name="scoringsubject",
            name="place",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="scoringsubject",
            name="scores",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="scoringsubject",
            name="total",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE consultation_scoringsubject DISABLE TRIGGER consultation_scoringsubject_while_open;
            ALTER TABLE consultation_scoringcorrection DISABLE TRIGGER consultation_scoringcorrection_append_only;
            UPDATE consultation_scoringsubject s
                SET scores = r.scores, abstained = r.abstained, total = r.total, fair_mean = r.fair_mean, place = r.place
                FROM consultation_scoringresult r WHERE r.subject_id = s.id;
            UPDATE consultation_scoringcorrection c SET subject_id = r.subject_id
                FROM consultation_scoringresult r WHERE r.id = c.result_id;
            SET CONSTRAINTS ALL IMMEDIATE;
            ALTER TABLE consultation_scoringsubject ENABLE TRIGGER consultation_scoringsubject_while_open;
            ALTER TABLE consultation_scoringcorrection ENABLE TRIGGER consultation_scoringcorrection_append_only;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="scoringcorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scores__isnull", True), ("subject__isnull", True), ("total__isnull", True)),
                    models.Q(
                        ("scores__isnull", False),
                        ("subject__isnull", False),
                        ("total__gte", models.F("scores")),
                        (
                            "total__lte",
                            django.db.models.expressions.CombinedExpression(models.Value(5), "*", models.F("scores")),
                        ),
                    ),
                    _connector="OR",
                ),
                name="correction_names_both_numbers_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoringsubject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("abstained__isnull", True), ("scores__isnull", True), ("total__isnull", True)),
                    models.Q(("abstained__isnull", False), ("scores__isnull", False)),
                    _connector="OR",
                ),
                name="counted_whole_or_not_at_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoringsubject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fair_mean__isnull", True), ("place__isnull", True), ("total__isnull", True)),
                    models.Q(
                        ("total__gte", models.F("scores")),
                        (
                            "total__lte",
                            django.db.models.expressions.CombinedExpression(models.Value(5), "*", models.F("scores")),
                        ),
                    ),
                    _connector="OR",
                ),
                name="scores_add_up_to_what_they_can",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoringsubject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fair_mean__isnull", True), ("place__isnull", True)),
                    models.Q(("fair_mean__range", (Decimal("1"), Decimal("5"))), ("place__gte", 1)),
                    _connector="OR",
                ),
                name="fair_mean_has_a_place",
            ),
        ),
        migrations.RemoveField(
            model_name="scoringcorrection",
            name="result",
        ),
        migrations.DeleteModel(
            name="ScoringResult",
        ),
    ]
