from django.db import migrations, models

from tests.registry.later import latest


class Migration(migrations.Migration):
    dependencies = [latest()]

    operations = [
        migrations.AddField("unit", "sign", models.CharField(max_length=80, db_default="")),
        migrations.AddIndex("unit", models.Index(fields=["sign"], name="unit_by_sign")),
    ]
