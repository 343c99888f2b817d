from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "9001_sign")]

    operations = [
        migrations.AddConstraint(
            "unit", models.CheckConstraint(condition=models.Q(position__lt=100), name="few_positions")
        )
    ]
