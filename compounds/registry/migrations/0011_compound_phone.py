from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_appointments"),
    ]

    operations = [
        migrations.AddField(
            model_name="compound",
            name="phone",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Where residents ring the branch. It stands on every page that is open to all.",
                max_length=20,
                verbose_name="phone for residents",
            ),
        ),
    ]
