from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="posting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("result", "what was agreed"),
                    ("completion", "what was done"),
                    ("refusal", "why it is not taken up again"),
                    ("scoring", "what the quarter's scoring found"),
                ],
                max_length=10,
            ),
        ),
    ]
