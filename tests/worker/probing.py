"""A kind of work for these tests, known to the test's process and to the worker's (``--include``).

Its effect is a row that is added each time, so that work done twice shows; it stands still in the middle while the
test keeps a gate closed.
"""

import time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compounds.jobs import runs
from compounds.organisation.models import Unit
from compounds.oversight.models import Outbox
from compounds.oversight.outbox import touch
from compounds.registry.context import compound_context

KIND = "probing"


def leave_a_trace(schema_name: str, period: str) -> None:
    with compound_context(schema_name), transaction.atomic():
        assert Unit.objects.exists()
        touch(f"{KIND} {period}")
        inside(schema_name).touch()
        while gate(schema_name).exists():
            time.sleep(0.02)


def gate(schema_name: str) -> Path:
    """While this file is there, work in that compound does not end."""
    return settings.VAR_DIR / f"gate-{schema_name}"


def inside(schema_name: str) -> Path:
    """This file appears when somebody works in that compound."""
    return settings.VAR_DIR / f"inside-{schema_name}"


def traces(period: str) -> dict[str, int]:
    """How often which compound was worked on."""
    schemas = list(Outbox.objects.filter(kind=f"{KIND} {period}").values_list("schema_name", flat=True))
    return {schema: schemas.count(schema) for schema in schemas}


runs.register(KIND, leave_a_trace, title=_("Figures"))
