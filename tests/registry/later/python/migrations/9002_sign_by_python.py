from django.db import migrations


def write(apps, schema_editor):
    """What is written follows from the rows of each compound."""
    for unit in apps.get_model("organisation", "Unit").objects.all():
        unit.sign = f"{unit.name}!"
        unit.save(update_fields=["sign"])


class Migration(migrations.Migration):
    dependencies = [("organisation", "9001_sign")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
