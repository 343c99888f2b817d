from typing import Any

from django.db import migrations


def plant(apps: Any, schema_editor: Any) -> None:
    """Compounds opened before there were settings get the district's defaults; a second run changes nothing."""
    apps.get_model("consultation", "ConsultationSettings").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    """Weights and limits of the compounds that are there already; new ones are planted by ``COMPOUND_SEEDS``."""

    dependencies = [("consultation", "0010_propose")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
