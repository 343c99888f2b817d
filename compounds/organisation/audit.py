"""Writing down corrections, settings and appointments, in the compound they belong to."""

from typing import Any

from compounds.organisation.models import AuditEntry, Person, Post
from compounds.registry.office import Office


def record(action: str, *, about: object, by: Person | Office | None, **facts: Any) -> AuditEntry:
    """Add one entry; ``about`` is kept as text and ``facts`` as JSON, neither with phone numbers.

    Where an office of the district did it, its name stands among the facts, for it has nobody in the compound.
    """
    person = about.person if isinstance(about, Post) else about if isinstance(about, Person) else None
    if isinstance(by, Office):
        by, facts = None, {**facts, "office": str(by)}
    return AuditEntry.objects.create(action=action, about=str(about)[:200], person=person, by=by, facts=facts)
