from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("organisation", "9002_sign_by_python")]

    operations = [AddIndexConcurrently("unit", models.Index(fields=["name"], name="unit_by_name_alone"))]
