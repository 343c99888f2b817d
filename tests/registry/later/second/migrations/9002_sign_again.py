from django.db import migrations, models


class Migration(migrations.Migration):
    """Looks names up in the catalogue, writes rows, then changes the table whose rows were written."""

    dependencies = [("organisation", "9001_sign")]

    operations = [
        migrations.RunSQL("UPDATE organisation_unit SET sign = name || ' 100%'"),
        migrations.AlterField("unit", "sign", models.CharField(max_length=90, db_default="", unique=True)),
    ]
