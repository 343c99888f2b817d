from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0004_escalated"),
    ]

    operations = [
        migrations.AddField(
            model_name="openitem",
            name="on_board",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="openitem",
            name="for_members",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
