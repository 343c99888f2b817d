"""Keeping the kinds of honours right. Each change is written down with what was there before."""

from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit
from compounds.organisation.models import Person
from volunteers.errors.honours import KindTaken
from volunteers.models import HonourKind


@transaction.atomic
def add(*, by: Person, **values: Any) -> HonourKind:
    """One more honour. Raises KindTaken."""
    kind = HonourKind(**values)
    _save(kind)
    audit.record("honour_kind.add", about=kind.name, by=by)
    return kind


@transaction.atomic
def change(kind: HonourKind, *, by: Person, **values: Any) -> HonourKind:
    """Other words or rules from now on; what was given stays given. Raises KindTaken."""
    kind = HonourKind.objects.select_for_update().get(pk=kind.pk)
    before = {key: getattr(kind, key) for key, value in values.items() if getattr(kind, key) != value}
    if not before:
        return kind
    after = {key: values[key] for key in before}
    for key, value in after.items():
        setattr(kind, key, value)
    _save(kind)
    audit.record("honour_kind.change", about=kind.name, by=by, before=before, after=after)
    return kind


def _save(kind: HonourKind) -> None:
    try:
        with transaction.atomic():
            kind.save()
    except IntegrityError as error:
        raise KindTaken(actions=[(_("Kinds of honours"), reverse_lazy("settings_honour_kinds"))]) from error
