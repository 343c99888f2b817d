"""What programmes, venues and partners have in common: a name of their own, changed with what was there before."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction

from volunteers.errors.activities import NameTaken


def kept[Result](name: str, write: Callable[[], Result]) -> Result:
    """Write, and say it plainly where the name is taken. Raises NameTaken."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if "_name_" not in str(error):
            raise
        raise NameTaken(name=name) from error


def set_on(row: models.Model, facts: Mapping[str, Any]) -> list[str]:
    """Give the row these facts. Returns which of them are new."""
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    return changed
