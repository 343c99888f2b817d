from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisation", "9003_index")]

    operations = [migrations.RunSQL("UPDATE organisation_unit SET sign = sign || '?'")]
