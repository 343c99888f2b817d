from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0050_own_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisationsettings",
            name="quiet_from",
            field=models.TimeField(blank=True, null=True, verbose_name="quiet from"),
        ),
        migrations.AddField(
            model_name="organisationsettings",
            name="quiet_until",
            field=models.TimeField(blank=True, null=True, verbose_name="quiet until"),
        ),
    ]
