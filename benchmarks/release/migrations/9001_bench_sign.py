from pathlib import Path

from django.db import migrations, models

from benchmarks.release import COLUMN
from compounds.organisation import migrations as real

_LATEST = max(path.stem for path in Path(real.__path__[0]).glob("0*.py"))


class Migration(migrations.Migration):
    dependencies = [("organisation", _LATEST)]

    operations = [migrations.AddField("unit", COLUMN, models.CharField(max_length=80, db_default=""))]
