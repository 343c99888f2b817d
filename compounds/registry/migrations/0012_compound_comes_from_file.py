from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_compound_phone")]

    operations = [
        migrations.AddField(
            model_name="compound",
            name="comes_from_file",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
