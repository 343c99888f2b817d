"""Changing weights, time limits and the scoring's days of this compound; what was changed is written down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import SettingsChangedMeanwhile
from consultation.models import Category, ConsultationSettings
from consultation.steps import LIMITS, Step
from notices import reminders


@transaction.atomic
def change(*, seen: datetime, by: Person, **values: int) -> ConsultationSettings:
    """Set weights; sortings made before keep theirs. ``seen`` is when the row that ``by`` saw was changed.

    Raises SettingsChangedMeanwhile.
    """
    row, changed = _change(seen, values)
    if changed:
        audit.record("settings.weigh", about=row, by=by, **changed)
    return row


@transaction.atomic
def change_limits(*, seen: datetime, by: Person, **values: int | None) -> ConsultationSettings:
    """Set time limits; None: the district's. Clocks that run keep their date. Raises SettingsChangedMeanwhile."""
    row, changed = _change(seen, values)
    if changed:
        audit.record("settings.clocks", about=row, by=by, **changed)
        reminders.look_again()
    return row


@transaction.atomic
def change_scoring(*, seen: datetime, by: Person, **values: int) -> ConsultationSettings:
    """Set how long rounds that open later are scored, and their results hang. Raises SettingsChangedMeanwhile."""
    row, changed = _change(seen, values)
    if changed:
        audit.record("settings.scoring", about=row, by=by, **changed)
    return row


@transaction.atomic
def set_category_limits(category: Category, days: dict[Step, int | None], *, by: Person) -> None:
    """Working days of steps for one category; None: the compound's. Clocks that run keep their date."""
    row = Category.objects.select_for_update().get(pk=category.pk)
    before = row.own_limits
    for step in LIMITS:
        setattr(row, f"{step.value}_days", days.get(step))
    if before == row.own_limits:
        return
    row.save()
    audit.record("category.limits", about=row.name, by=by, before=before, after=row.own_limits)
    touch("settings")


def _change(seen: datetime, values: Mapping[str, int | None]) -> tuple[ConsultationSettings, dict[str, Any]]:
    """The row, locked and changed, and of what changed what it was and is. Raises SettingsChangedMeanwhile."""
    row = ConsultationSettings.objects.select_for_update().get(pk=1)
    if row.updated_at != seen:
        raise SettingsChangedMeanwhile
    changed = {
        name: {"old": getattr(row, name), "new": value} for name, value in values.items() if getattr(row, name) != value
    }
    if changed:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        touch("settings")
    return row, changed
