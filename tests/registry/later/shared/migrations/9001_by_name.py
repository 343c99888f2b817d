from pathlib import Path

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from tests.registry.later.shared.migrations import REAL


class Migration(migrations.Migration):
    """Of public alone, and it refuses a transaction."""

    atomic = False
    dependencies = [("registry", max(path.stem for path in Path(REAL[0]).glob("0*.py")))]

    operations = [AddIndexConcurrently("compound", models.Index(fields=["name"], name="compound_by_name"))]
