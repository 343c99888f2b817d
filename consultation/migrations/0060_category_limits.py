import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0051_witnesses"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="categorylimit",
            name="one_limit_per_category_and_step",
        ),
        migrations.RemoveConstraint(
            model_name="categorylimit",
            name="category_limit_within_a_year",
        ),
        migrations.AddField(
            model_name="category",
            name="evaluate_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)],
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="meet_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)],
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="propose_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)],
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="referred_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)],
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="visit_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)],
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE consultation_category c SET visit_days = l.working_days FROM consultation_categorylimit l WHERE l.category_id = c.id AND l.step = 'visit';
            UPDATE consultation_category c SET propose_days = l.working_days FROM consultation_categorylimit l WHERE l.category_id = c.id AND l.step = 'propose';
            UPDATE consultation_category c SET meet_days = l.working_days FROM consultation_categorylimit l WHERE l.category_id = c.id AND l.step = 'meet';
            UPDATE consultation_category c SET evaluate_days = l.working_days FROM consultation_categorylimit l WHERE l.category_id = c.id AND l.step = 'evaluate';
            UPDATE consultation_category c SET referred_days = l.working_days FROM consultation_categorylimit l WHERE l.category_id = c.id AND l.step = 'referred';
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("visit_days__range", (1, 250)),
                    ("propose_days__range", (1, 250)),
                    ("meet_days__range", (1, 250)),
                    ("evaluate_days__range", (1, 250)),
                    ("referred_days__range", (1, 250)),
                ),
                name="category_limits_within_a_year",
            ),
        ),
        migrations.DeleteModel(
            name="CategoryLimit",
        ),
    ]
