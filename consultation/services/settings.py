"""Changing the weights of the points and the limits of the steps; what was changed is written down."""

from datetime import datetime
from typing import Any

from django.db import transaction

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import SettingsChangedMeanwhile
from consultation.models import ConsultationSettings


@transaction.atomic
def change(*, seen: datetime, by: Person, **values: int) -> ConsultationSettings:
    """Set weights and limits; sortings made before keep theirs. ``seen`` is when the row that ``by`` saw was changed.

    Raises SettingsChangedMeanwhile.
    """
    row = ConsultationSettings.objects.select_for_update().get(pk=1)
    if row.updated_at != seen:
        raise SettingsChangedMeanwhile
    changed: dict[str, Any] = {
        name: {"old": getattr(row, name), "new": value} for name, value in values.items() if getattr(row, name) != value
    }
    if not changed:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    audit.record("settings.weigh", about=row, by=by, **changed)
    touch("settings")
    return row
